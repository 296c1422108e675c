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
import { createServer } from './http/server.js';
import { listen } from './listen.js';
import { type ServeWireOptions, serveWire, type WireEndpoint } from './serve-wire.js';
import { ValidationService } from './validation/validation-service.js';

/** A running gateway. */
export interface Gateway {
  /** Where it listens: http://127.0.0.1:4000. */
  readonly url: string;
  /** Where the AWS wire of the same engine listens; undefined where none is served. */
  readonly wireUrl?: string | undefined;
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
  const [subgraph, provider] = await Promise.all([
    buildSubgraph(),
    config.adapter === 'aws' ? openAws(config, now) : openEngine(config, clock),
  ]);
  const connect = wrap(provider.connect);
  const validation = new ValidationService({ families: familiesOf(config), now });
  const instances = instanceTable(config.instanceId, config.instances);
  const contextOf = (call: CallOptions): GatewayContext => ({
    connect,
    validation,
    instances,
    loaders: createLoaders(connect, call),
    chainTasks: config.quotas.chainTasks,
    answerSize: new AnswerSize(),
    call,
  });
  let endpoint: WireEndpoint | undefined;
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
      logger,
    });
    const url = await listen(server.app, 'HOST, PORT', config);
    return {
      url,
      wireUrl: endpoint?.url,
      async close() {
        await Promise.all([server.drain(config.drainTimeoutMs), endpoint?.close()]);
        await connect.close();
      },
    };
  } catch (error) {
    await endpoint?.close();
    await connect.close();
    throw error;
  }
}

/** Who provides Amazon Connect. The controls steer the engine alone. */
type Provider = Pick<ServeWireOptions, 'connect' | 'steers'>;

/** The engine on this machine. @throws an Error where it does not hold an instance that the settings name */
async function openEngine(config: Config, clock: AdjustableClock): Promise<Provider> {
  const engine = await openEmbeddedConnect({ ...engineOptions(config), now: clock.now });
  for (const { id } of config.instances) {
    if (await engine.hasInstance(id)) continue;
    await engine.close();
    const setting = config.instances.length > 1 ? 'CONNECT_INSTANCES' : 'CONNECT_INSTANCE_ID';
    throw new Error(
      `${setting}: the database ${shownDatabaseUrl(config.databaseUrl)} holds no instance ${id}. Leave it out to use the sample instance.`,
    );
  }
  return { connect: engine, steers: steering(engine, clock, config.databaseUrl) };
}

/** A real instance. The SDK is large: whoever does without it does not load it. */
async function openAws(config: Config, now: () => number): Promise<Provider> {
  const { openAwsConnect } = await import('./connect/aws/open.js');
  return { connect: await openAwsConnect({ ...config.aws, chainTasks: config.quotas.chainTasks, now }) };
}

/** Where the reference is silent, a real instance has its own reading: ours is judged before it only on request. */
function familiesOf({ adapter, strict }: Config): readonly RuleFamily[] {
  return adapter === 'aws' && !strict ? ['api', 'gateway'] : ['api', 'gateway', 'engine'];
}
