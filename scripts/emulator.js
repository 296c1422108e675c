/** Builds the server if it is out of date and starts the emulator. */
import { isNeededNode } from './node.js';

if (isNeededNode('npm run emulator')) {
  const { buildServer } = await import('./build.js');
  try {
    await buildServer();
    await import('../dist/emulator.js');
  } catch (error) {
    console.error(`The build failed: ${error.message}`);
    process.exitCode = 1;
  }
}
