/** The emulator's process. What it needs of Node is checked before anything else is loaded. */
import { isNeededNode } from './needed-node.js';

if (isNeededNode('npm run emulator')) {
  const { keepCompiledCode } = await import('./compile-cache.js');
  keepCompiledCode();
  const given = process.argv.slice(2);
  if (given.length === 0) {
    const { startEmulator } = await import('./start-emulator.js');
    await startEmulator();
  } else {
    const { keepUp } = await import('./upkeep.js');
    await keepUp(given);
  }
}
