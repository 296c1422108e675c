import 'reflect-metadata';
import { type Config, readConfig } from '../config/config.js';
import { shownDatabaseUrl } from '../util/database-url.js';
import { openLog } from '../telemetry/log.js';
import { isLoopback } from '../util/loopback.js';
import { type Announcement, announce, type Fact } from './announce.js';
import { type Gateway, startGateway } from './gateway.js';
import { drainOnSignal, reportFailedStart } from './shutdown.js';

/** Starts the gateway, announces its URL, and drains it on SIGTERM or SIGINT. */
export async function start(): Promise<void> {
  try {
    const config = readConfig();
    const log = openLog(config.logLevel);
    const gateway = await startGateway(config, { log });
    drainOnSignal('gateway', gateway, config.drainTimeoutMs, log.logger);
    announce(announcementOf(config, gateway), log.logger);
  } catch (error) {
    reportFailedStart('gateway', error);
  }
}

/** Writes the announcement of a gateway. */
export function announcementOf(config: Config, { url, wireUrl, metricsUrl }: Gateway): Announcement {
  const flow = config.adapter === 'aws' ? 'ID_OF_A_CONTACT_FLOW' : SAMPLE_CONTACT_FLOW_ID;
  return {
    message: 'The gateway is ready.',
    facts: [
      config.exposure.graphiql
        ? { name: 'graphiql', title: 'GraphiQL', value: `${url}/graphql`, hint: 'open it in a browser' }
        : { name: 'graphql', title: 'GraphQL', value: `${url}/graphql` },
      { name: 'callers', title: 'Callers', value: callersOf(config) },
      ...(config.adapter === 'aws' ? awsFacts(config) : engineFacts(config)),
      { name: 'instance', title: 'Instance', value: config.instanceId },
      ...(wireUrl === undefined
        ? []
        : [{ name: 'awsApi', title: 'AWS API', value: wireUrl, hint: '--endpoint-url of AWS CLI and SDKs' }]),
      ...(metricsUrl === undefined ? [] : [{ name: 'metrics', title: 'Metrics', value: metricsUrl }]),
    ],
    example: `Create a task:

  mutation {
    createTaskContact(input: {
      name: "Call Ana back"
      flow: { contactFlowId: "${flow}" }
    }) {
      contact { id state expiresAt }
      errors { code message path }
    }
  }`,
  };
}

const SAMPLE_CONTACT_FLOW_ID = '20000000-0000-4000-8000-000000000001';

/** Says whether and how callers are identified. */
function callersOf({ auth, host, tls }: Config): string {
  const certificates = tls?.clientCaFile === undefined ? '' : 'client certificates';
  const tokens = auth === undefined ? '' : `tokens of ${auth.issuer} for ${auth.audience}`;
  if (certificates || tokens) return `identified by ${[certificates, tokens].filter(Boolean).join(' and ')}`;
  return isLoopback(host)
    ? 'not identified: every program of this machine may create tasks'
    : 'not identified (AUTH=none): everyone who reaches this address may create tasks';
}

function engineFacts({ databaseUrl }: Config): readonly Fact[] {
  const embedded = "embedded: Amazon Connect's rules on this machine, no AWS account needed";
  return [
    { name: 'adapter', title: 'Adapter', value: embedded },
    { name: 'database', title: 'Database', value: shownDatabaseUrl(databaseUrl) },
  ];
}

function awsFacts({ aws, instances }: Config): readonly Fact[] {
  const bySdk = 'as the AWS SDK finds it';
  const regions = new Set(instances.map(({ region }) => region ?? aws.region ?? bySdk));
  return [
    { name: 'adapter', title: 'Adapter', value: 'aws: a real instance, whose agents receive each task' },
    { name: 'endpoint', title: 'Endpoint', value: aws.endpoint ?? bySdk },
    { name: 'region', title: 'Region', value: [...regions].join(', ') },
  ];
}
