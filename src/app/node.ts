import module from 'node:module';
import { fileURLToPath } from 'node:url';

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

/**
 * Lets Node keep what it compiles beside the built files, so that the next start need not compile it again: a sixth of
 * the time until the gateway is ready, for some 12 MB of memory. Written when the process ends; where the folder cannot
 * be written nothing is kept. Not the folder for temporary files, Node's own choice: others may write there, and what is
 * kept is code. NODE_COMPILE_CACHE names another folder, NODE_DISABLE_COMPILE_CACHE=1 does without.
 */
export function keepCompiledCode(): void {
  module.enableCompileCache(fileURLToPath(new URL('../.compiled/', import.meta.url)));
}
