/** The oldest Node that the project runs on. */
const NEEDED_MAJOR = 24;

/**
 * Reports whether this Node is new enough. If not, prints what to do and sets exit code 1. Scripts import this file
 * alone and load the rest after the check: an older Node fails on a static import of a name it lacks.
 *
 * @param {string} command the npm command that starts the script
 */
export function isNeededNode(command) {
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR) return true;
  console.error(
    `This program needs Node ${NEEDED_MAJOR} or newer, but runs on ${process.versions.node}. Run \`npm ci\`, which installs a suitable Node, then \`${command}\`.`,
  );
  process.exitCode = 1;
  return false;
}
