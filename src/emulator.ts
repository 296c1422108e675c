/** The emulator's process. What it needs of Node is checked before anything else is loaded. */
import { isNeededNode } from './needed-node.js';

if (isNeededNode('npm run emulator')) {
  const { startEmulator } = await import('./start-emulator.js');
  await startEmulator();
}
