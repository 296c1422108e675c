/** Builds the server if it is out of date and starts the emulator. */
import { isNeededNode } from './node.js';

if (isNeededNode('npm run emulator')) {
  const { isBuilt } = await import('./built.js');
  if (await isBuilt()) await import('../dist/emulator.js');
}
