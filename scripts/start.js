/**
 * Builds the server if it is out of date and starts the gateway; then builds GraphiQL's page, if that is. Whoever opens
 * GraphiQL before its page is ready waits for it; whoever came for the API need not.
 */
import { buildServer, preparePage } from './build.js';

const buildPage = preparePage();
try {
  await buildServer();
  await import('../dist/main.js');
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exitCode = 1;
}
await buildPage().catch((error) => console.error(`GraphiQL could not be built: ${error.message}`));
