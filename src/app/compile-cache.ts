import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Lets Node keep what it compiles beside the built files, so that the next start need not compile it again: a sixth of
 * the time until the gateway is ready, for some 12 MB of memory. Written when the process ends; where the folder cannot
 * be written nothing is kept. Not the folder for temporary files, Node's own choice: others may write there, and what is
 * kept is code. NODE_COMPILE_CACHE names another folder, NODE_DISABLE_COMPILE_CACHE=1 does without.
 */
export function keepCompiledCode(): void {
  enableCompileCache(fileURLToPath(new URL('../.compiled/', import.meta.url)));
}
