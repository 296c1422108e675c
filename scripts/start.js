/**
 * Builds the server if it is out of date and starts the gateway, then builds GraphiQL's page if that is out of date. The
 * API does not wait for the page; a browser that opens GraphiQL earlier does.
 */
import { isNeededNode } from './node.js';

if (isNeededNode('npm start')) {
  const { buildServer, preparePage } = await import('./build.js');
  const isStart = process.argv.length === 2;
  const buildPage = isStart ? preparePage() : async () => {};
  try {
    await buildServer();
    await import('../dist/main.js');
  } catch (error) {
    console.error(`The build failed: ${error.message}`);
    process.exitCode = 1;
  }
  await buildPage().catch((error) => console.error(`GraphiQL could not be built: ${error.message}`));
}
