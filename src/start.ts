import 'reflect-metadata';
import { type Config, readConfig } from './config.js';
import { shownDatabaseUrl } from './connect/embedded/database-url.js';
import { type Gateway, startGateway } from './gateway.js';

/** Starts the gateway, says where it is, and drains it on SIGTERM or SIGINT. */
export async function start(): Promise<void> {
  // Whoever read the greeting may be gone when there is more to say: no reason to break off what is under way.
  process.stdout.on('error', () => {});
  try {
    const config = readConfig();
    const gateway = await startGateway(config);
    drainOnSignal(gateway);
    process.stdout.write(greeting(config, gateway));
  } catch (error) {
    // Whoever starts the program reads this: the message says what to do, and a stack would hide it.
    console.error(`The gateway did not start.\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

function drainOnSignal(gateway: Gateway): void {
  const drain = (signal: string) => {
    process.stdout.write(`${signal}: answering what was accepted, then ending.\n`);
    gateway.close().catch((error: unknown) => {
      console.error('The gateway did not end cleanly.', error);
      process.exitCode = 1;
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, drain);
}

function greeting(config: Config, { url }: Gateway): string {
  return `
Connect task gateway is ready.

  GraphiQL   ${url}/graphql  (open it in a browser)
  Adapter    ${config.adapter}: Amazon Connect's rules on this machine, no AWS account needed
  Database   ${shownDatabaseUrl(config.databaseUrl)}
  Instance   ${config.instanceId}

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
