/** What the program needs of Node. This file is loaded before anything else: an older Node cannot even read the rest. */
const NEEDED_MAJOR = 24;

/** Whether this Node can run the program; where not, says so and sets the exit code. */
export function isNeededNode(command: string): boolean {
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR) return true;
  console.error(
    `This program needs Node ${NEEDED_MAJOR} or newer, but runs on ${process.versions.node}. Start it with \`${command}\`: a suitable Node comes with \`npm ci\`.`,
  );
  process.exitCode = 1;
  return false;
}
