import { type Logger, pino } from 'pino';
import type { Config } from './config.js';
import type { CallOptions, Connect } from './connect/connect.js';
import { shownDatabaseUrl } from './connect/embedded/database-url.js';
import { AdjustableClock } from './connect/controls/adjustable-clock.js';
import { steering } from './connect/controls/steering.js';
import { openEmbeddedConnect } from './connect/embedded/open.js';
import type { RuleFamily } from './connect/violation.js';
import { engineOptions } from './engine-options.js';
import { AnswerSize } from './graphql/answer-size.js';
import { type GatewayContext, instanceTable } from './graphql/context.js';
import { createLoaders } from './graphql/loaders.js';
import { buildSubgraph } from './graphql/schema.js';
import { createMetricsServer } from './http/metrics.js';
import { createServer } from './http/server.js';
import { listen } from './listen.js';
import { type ServeWireOptions, serveWire, type WireEndpoint } from './serve-wire.js';
import { observedPort } from './observation/observed-port.js';
import { type Observation, openObservation } from './observation/open.js';
import { ValidationService } from './validation/validation-service.js';

/** A running gateway. */
export interface Gateway {
  /** Where it listens: http://127.0.0.1:4000. */
  readonly url: string;
  /** Where the AWS wire of the same engine listens; undefined where none is served. */
  readonly wireUrl?: string | undefined;
  /** Where /metrics is served; undefined where it is not. */
  readonly metricsUrl?: string | undefined;
  /** Answers what was accepted, then lets go of everything. */
  close(): Promise<void>;
}

/** What may stand in for the real things. */
export interface GatewayParts {
  /** The clock, in milliseconds since the epoch. Omitted: the system's. */
  readonly now?: () => number;
  /** Omitted: JSON lines on standard error. */
  readonly logger?: Logger;
  /** Wraps the port, for instance to count its calls. */
  readonly wrap?: (connect: Connect) => Connect;
}

/**
 * Puts the rooms together and listens.
 *
 * @example
 * const gateway = await startGateway(readConfig());
 * console.log(gateway.url);
 * await gateway.close();
 *
 * @throws an Error with a message for whoever starts the program: the database cannot be used, the port is taken
 */
export async function startGateway(config: Config, parts: GatewayParts = {}): Promise<Gateway> {
  const {
    now: systemNow = Date.now,
    logger = pino({ level: config.logLevel }, pino.destination(2)),
    wrap = (same) => same,
  } = parts;
  const clock = new AdjustableClock(systemNow);
  const { now } = clock;
  const observation = await openObservation(config, logger);
  const [subgraph, provider] = await Promise.all([
    buildSubgraph(),
    config.adapter === 'aws' ? openAws(config, now, observation) : openEngine(config, clock, observation),
  ]);
  const connect = wrap(provider.observed);
  const validation = new ValidationService({ families: familiesOf(config), now });
  const instances = instanceTable(config.instanceId, config.instances);
  const contextOf = (call: CallOptions): GatewayContext => ({
    connect,
    validation,
    instances,
    loaders: createLoaders(connect, call),
    chainTasks: config.quotas.chainTasks,
    answerSize: new AnswerSize(),
    ...(observation && { refused: (codes: readonly string[]) => observation.observer.errors('payload', codes) }),
    call,
  });
  let endpoint: WireEndpoint | undefined;
  let metricsServer: ReturnType<typeof createMetricsServer> | undefined;
  const letGo = async () => {
    await Promise.all([endpoint?.close(), metricsServer?.close()]);
    await connect.close();
    await observation?.observer.close();
  };
  try {
    // The wire tells the engine's own words: what wraps the port is for the gateway's callers.
    endpoint =
      config.wire &&
      (await serveWire({
        ...provider,
        config,
        wire: config.wire,
        // Clients sign by the real time, wherever the engine's clock was moved to.
        now: systemNow,
        logger,
      }));
    const server = await createServer({
      schema: subgraph.schema,
      contextOf,
      ready: () => connect.ready(),
      maxRequests: config.maxRequests,
      observer: observation?.observer,
      measured: config.metrics?.port === undefined ? observation?.metrics : undefined,
      logger,
    });
    observation?.metrics?.gauge({
      name: 'requests_under_way',
      help: 'Requests that are being executed',
      read: server.underWay,
    });
    const url = await listen(server.app, 'HOST, PORT', config);
    let metricsUrl = observation?.metrics && `${url}/metrics`;
    if (observation?.metrics && config.metrics?.port !== undefined) {
      metricsServer = createMetricsServer(observation.metrics, logger);
      const { host } = config;
      metricsUrl = `${await listen(metricsServer, 'HOST, METRICS_PORT', { host, port: config.metrics.port })}/metrics`;
    }
    return {
      url,
      wireUrl: endpoint?.url,
      metricsUrl,
      async close() {
        await Promise.all([server.drain(config.drainTimeoutMs), endpoint?.close()]);
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

/** Who provides Amazon Connect. The controls steer the engine alone. */
type Provider = Pick<ServeWireOptions, 'connect' | 'steers'> & {
  /** What the gateway's own callers reach: the same, watched where anything watches. */
  readonly observed: Connect;
};

/** The engine on this machine. @throws an Error where it does not hold an instance that the settings name */
async function openEngine(
  config: Config,
  clock: AdjustableClock,
  observation: Observation | undefined,
): Promise<Provider> {
  const engine = await openEmbeddedConnect({
    ...engineOptions(config),
    now: clock.now,
    observer: observation?.observer,
  });
  for (const { id } of config.instances) {
    if (await engine.hasInstance(id)) continue;
    await engine.close();
    const setting = config.instances.length > 1 ? 'CONNECT_INSTANCES' : 'CONNECT_INSTANCE_ID';
    throw new Error(
      `${setting}: the database ${shownDatabaseUrl(config.databaseUrl)} holds no instance ${id}. Leave it out to use the sample instance.`,
    );
  }
  const { metrics, observer } = observation ?? {};
  metrics?.gauge({
    name: 'engine_waiting_requests',
    help: 'Changes that wait for a batch',
    read: () => engine.waiting,
  });
  metrics?.gauge({
    name: 'engine_wal_bytes',
    help: "Bytes of SQLite's write-ahead log",
    read: () => engine.logBytes(),
  });
  return {
    connect: engine,
    observed: observer ? observedPort(engine, observer) : engine,
    steers: steering(engine, clock, config.databaseUrl),
  };
}

/** A real instance. The SDK is large: whoever does without it does not load it. */
async function openAws(config: Config, now: () => number, observation: Observation | undefined): Promise<Provider> {
  const { openAwsConnect } = await import('./connect/aws/open.js');
  const { aws, instanceId, quotas } = config;
  const instances = config.instances.toSorted((a, b) => Number(b.id === instanceId) - Number(a.id === instanceId));
  const connect = await openAwsConnect({
    ...aws,
    instances,
    chainTasks: quotas.chainTasks,
    now,
    observer: observation?.observer,
  });
  return { connect, observed: connect };
}

/** Where the reference is silent, a real instance has its own reading: ours is judged before it only on request. */
function familiesOf({ adapter, strict }: Config): readonly RuleFamily[] {
  return adapter === 'aws' && !strict ? ['api', 'gateway'] : ['api', 'gateway', 'engine'];
}
