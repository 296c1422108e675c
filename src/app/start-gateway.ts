import 'reflect-metadata';
import { type Config, readConfig } from '../config/config.js';
import { shownDatabaseUrl } from '../engine/database-url.js';
import { drainOnSignal, reportFailedStart } from './shutdown.js';
import { type Gateway, startGateway } from './gateway.js';

/** Starts the gateway, prints its URL, and drains it on SIGTERM or SIGINT. */
export async function start(): Promise<void> {
  try {
    const config = readConfig();
    const gateway = await startGateway(config);
    drainOnSignal('gateway', gateway, config.drainTimeoutMs);
    process.stdout.write(greeting(config, gateway));
  } catch (error) {
    reportFailedStart('gateway', error);
  }
}

function greeting(config: Config, { url, wireUrl, metricsUrl }: Gateway): string {
  const facts = {
    ...(config.exposure.graphiql
      ? { GraphiQL: `${url}/graphql  (open it in a browser)` }
      : { GraphQL: `${url}/graphql` }),
    ...(config.adapter === 'aws' ? awsFacts(config) : engineFacts(config)),
    Instance: config.instanceId,
    ...(wireUrl !== undefined && { 'AWS API': `${wireUrl}  (--endpoint-url of AWS CLI and SDKs)` }),
    ...(metricsUrl !== undefined && { Metrics: metricsUrl }),
  };
  const lines = Object.entries(facts).map(([name, value]) => `  ${name.padEnd(10)} ${value}`);
  const flow = config.adapter === 'aws' ? 'ID_OF_A_CONTACT_FLOW' : SAMPLE_CONTACT_FLOW_ID;
  return `
Connect task gateway is ready.

${lines.join('\n')}

Create a task:

  mutation {
    createTaskContact(input: {
      name: "Call Ana back"
      flow: { contactFlowId: "${flow}" }
    }) {
      contact { id state expiresAt }
      errors { code message path }
    }
  }

Stop with Ctrl+C.

`;
}

const SAMPLE_CONTACT_FLOW_ID = '20000000-0000-4000-8000-000000000001';

function engineFacts({ databaseUrl }: Config) {
  return {
    Adapter: "embedded: Amazon Connect's rules on this machine, no AWS account needed",
    Database: shownDatabaseUrl(databaseUrl),
  };
}

function awsFacts({ aws, instances }: Config) {
  const regions = new Set(instances.map(({ region }) => region ?? aws.region ?? 'as the AWS SDK finds it'));
  return {
    Adapter: 'aws: a real instance, whose agents receive each task',
    Endpoint: aws.endpoint ?? 'as the AWS SDK finds it',
    Region: [...regions].join(', '),
  };
}
