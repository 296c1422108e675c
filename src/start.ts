import 'reflect-metadata';
import { type Config, readConfig } from './config.js';
import { shownDatabaseUrl } from './connect/embedded/database-url.js';
import { drainOnSignal, tellFailedStart } from './drain-on-signal.js';
import { type Gateway, startGateway } from './gateway.js';

/** Starts the gateway, says where it is, and drains it on SIGTERM or SIGINT. */
export async function start(): Promise<void> {
  // Whoever read the greeting may be gone when there is more to say: no reason to break off what is under way.
  process.stdout.on('error', () => {});
  try {
    const config = readConfig();
    const gateway = await startGateway(config);
    drainOnSignal('gateway', gateway);
    process.stdout.write(greeting(config, gateway));
  } catch (error) {
    tellFailedStart('gateway', error);
  }
}

function greeting(config: Config, { url, wireUrl }: Gateway): string {
  return `
Connect task gateway is ready.

  GraphiQL   ${url}/graphql  (open it in a browser)
  Adapter    ${config.adapter}: Amazon Connect's rules on this machine, no AWS account needed
  Database   ${shownDatabaseUrl(config.databaseUrl)}
  Instance   ${config.instanceId}${wireUrl === undefined ? '' : `\n  AWS wire   ${wireUrl}  (--endpoint-url of AWS CLI and SDKs)`}

Create a task:

  mutation {
    createTaskContact(input: {
      name: "Call Ana back"
      flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" }
    }) {
      contact { id state expiresAt }
      errors { code message path }
    }
  }

Stop with Ctrl+C.

`;
}
