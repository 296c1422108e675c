/** Builds the server if it is out of date and starts the emulator: nothing but the AWS wire of the embedded engine. */
import { buildServer } from './build.js';

try {
  await buildServer();
  await import('../dist/emulator.js');
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exitCode = 1;
}
