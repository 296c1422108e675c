import { type Logger, pino } from 'pino';
import type { Config } from './config.js';
import type { Connect } from './connect/connect.js';
import { shownDatabaseUrl } from './connect/embedded/database-url.js';
import { AdjustableClock } from './connect/controls/adjustable-clock.js';
import { steering } from './connect/controls/steering.js';
import { openEmbeddedConnect } from './connect/embedded/open.js';
import { engineOptions } from './engine-options.js';
import { AnswerSize } from './graphql/answer-size.js';
import { type GatewayContext, singleInstance } from './graphql/context.js';
import { createLoaders } from './graphql/loaders.js';
import { buildSubgraph } from './graphql/schema.js';
import { createServer } from './http/server.js';
import { listen } from './listen.js';
import { serveWire, type WireEndpoint } from './serve-wire.js';
import { ValidationService } from './validation/validation-service.js';
import { within } from './within.js';

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
  const [subgraph, engine] = await Promise.all([
    buildSubgraph(),
    openEmbeddedConnect({ ...engineOptions(config), now }),
  ]);
  if (!(await engine.hasInstance(config.instanceId))) {
    await engine.close();
    throw new Error(
      `CONNECT_INSTANCE_ID: the database ${shownDatabaseUrl(config.databaseUrl)} holds no instance ${config.instanceId}. Leave it out to use the sample instance.`,
    );
  }
  const connect = wrap(engine);
  const validation = new ValidationService({ families: ['api', 'gateway', 'engine'], now });
  const instances = singleInstance(config.instanceId);
  const contextOf = (signal: AbortSignal): GatewayContext => ({
    connect,
    validation,
    instances,
    loaders: createLoaders(connect, { signal }),
    chainTasks: config.quotas.chainTasks,
    answerSize: new AnswerSize(),
    signal,
  });
  let endpoint: WireEndpoint | undefined;
  try {
    // The wire tells the engine's own words: what wraps the port is for the gateway's callers.
    endpoint =
      config.wire &&
      (await serveWire({
        connect: engine,
        config,
        wire: config.wire,
        // Clients sign by the real time, wherever the engine's clock was moved to.
        now: systemNow,
        steers: steering(engine, clock, config.databaseUrl),
        logger,
      }));
    const server = await createServer({ schema: subgraph.schema, contextOf, ready: () => connect.ready(), logger });
    const url = await listen(server.app, 'HOST, PORT', config);
    return {
      url,
      wireUrl: endpoint?.url,
      async close() {
        await Promise.all([
          within(config.drainTimeoutMs, server.drain(), () => server.app.server.closeAllConnections()),
          endpoint?.close(),
        ]);
        await connect.close();
      },
    };
  } catch (error) {
    await endpoint?.close();
    await connect.close();
    throw error;
  }
}
