/**
 * Builds the server if it is out of date and starts the gateway, then builds GraphiQL's page if that is out of date and
 * served. The API does not wait for the page; a browser that opens GraphiQL earlier does.
 */
import { isNeededNode } from './node.js';

if (isNeededNode('npm start')) {
  const { preparePage } = await import('./build.js');
  const { isBuilt } = await import('./built.js');
  if (await isBuilt()) {
    const isStart = !process.argv.includes('--help') && !process.argv.includes('-h');
    const buildPage = isStart && (await servesPage()) ? preparePage() : async () => {};
    await import('../dist/main.js');
    await buildPage().catch(reportPage);
  }
}

/** Reads the settings. The program itself reports what is wrong with them. */
async function servesPage() {
  const { readConfig } = await import('../dist/config/config.js');
  try {
    return readConfig().exposure.graphiql;
  } catch {
    return false;
  }
}

/** A signal also ends the gateway, which reports it. */
function reportPage(error) {
  if (error.signal === undefined) console.error(`The build of GraphiQL failed: ${error.message}`);
}
