import { buildServer } from './build.js';

/**
 * Builds the server if it is out of date. A build that fails is reported, with exit code 1; a signal that ends it ends
 * this process too.
 *
 * @returns {Promise<boolean>} whether the server can start
 */
export async function isBuilt() {
  try {
    await buildServer();
    return true;
  } catch (error) {
    if (error.signal) process.kill(process.pid, error.signal);
    console.error(`The build failed: ${error.message}`);
    process.exitCode = 1;
    return false;
  }
}
