/** The emulator's process. What it needs of Node is checked before anything else is loaded. */
import { isNeededNode, keepCompiledCode } from './app/node.js';

if (isNeededNode('npm run emulator')) {
  keepCompiledCode();
  const given = process.argv.slice(2);
  if (given.length === 0) {
    const { startEmulator } = await import('./app/start-emulator.js');
    await startEmulator();
  } else {
    const { keepUp } = await import('./app/maintenance.js');
    await keepUp(given);
  }
}
