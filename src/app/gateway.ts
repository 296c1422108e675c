import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { engineOptions } from '../config/engine.js';
import type { ChangeLog } from '../connect/contact-change.js';
import type { CallOptions, Connect } from '../connect/connect.js';
import type { RuleFamily } from '../connect/violation.js';
import { AdjustableClock } from '../controls/adjustable-clock.js';
import { steering } from '../controls/controls.js';
import { databaseKind } from '../util/database-url.js';
import { openEmbeddedConnect } from '../engine/open.js';
import { describedByList } from '../policies/around-port/described-by-list.js';
import { MemoryChangeLog } from '../feed/memory-change-log.js';
import { Traffic } from '../jobs/traffic.js';
import { throttled } from '../policies/around-port/throttle.js';
import type { GatewayContext } from '../graphql/context.js';
import { instanceTable } from '../graphql/instances.js';
import { AnswerBudget, AnswerSize } from '../graphql/loading/answer-size.js';
import { createLoaders } from '../graphql/loading/loaders.js';
import { buildSubgraph, type Subgraph } from '../graphql/schema.js';
import { createMetricsServer } from '../http/metrics.js';
import type { RequestFacts } from '../http/request-context.js';
import { createServer } from '../http/server.js';
import { openPersistedDocuments } from '../pipeline/documents/persisted-documents.js';
import { type LimitCalls, limitCalls, reportCalls, weightsBy } from '../pipeline/upstream-calls/limit-calls.js';
import { systemClock } from '../policies/clock.js';
import { loggedEvents, type PolicyEvents } from '../policies/events.js';
import { type Policies, policies } from '../policies/policies.js';
import { auditLog } from '../telemetry/audit-log.js';
import { type Log, logOf, openLog } from '../telemetry/log.js';
import { type Observation, observedPort, openObservation } from '../telemetry/open.js';
import { attachmentLog } from '../telemetry/attachment-log.js';
import { storeLog } from '../telemetry/store-log.js';
import { isLoopback } from '../util/loopback.js';
import { loadOptional } from '../util/optional-package.js';
import { ValidationService } from '../validation/validation-service.js';
import { type Events, openEvents, openFeed } from './contact-events.js';
import { downloadsOf } from './downloads-of.js';
import { listen } from './listen.js';
import { sendEvents } from './send-events.js';
import type { ServeWireOptions, WireEndpoint } from './serve-wire.js';
import { openJobs } from './open-jobs.js';
import { checkServedInstances } from './served-instances.js';

/** A running gateway. */
export interface Gateway {
  /** URL of the gateway, such as http://127.0.0.1:4000. */
  readonly url: string;
  /** URL of the AWS API server on the same engine; undefined without one. */
  readonly wireUrl?: string | undefined;
  /** URL of /metrics; undefined with metrics off. */
  readonly metricsUrl?: string | undefined;
  /** Executes the JSON body of a GraphQL request without a connection. Returns the body of the answer. */
  execute(body: object): Promise<object>;
  /** Answers the accepted requests, then closes all connections, the database and the traces. */
  close(): Promise<void>;
}

/** Replacements for parts of a gateway. */
export interface GatewayParts {
  /** The clock, in milliseconds since the epoch. Default: the system's. */
  readonly now?: () => number;
  /** Default: JSON lines on standard error. */
  readonly log?: Log;
  /** The same for a logger that loses no line. */
  readonly logger?: Logger;
  /** Wraps the port, for instance to count its calls. */
  readonly wrap?: (connect: Connect) => Connect;
  /** Receives the events of the policies before a real instance, as the log does. Default: none. */
  readonly policyEvents?: PolicyEvents;
  /** An opened port with the changes of its contacts, in place of the adapter of the settings. The gateway closes it. */
  readonly opened?: { readonly connect: Connect; readonly changes: ChangeLog };
  /** The schema, which gateways of one process can share. Default: builds it. */
  readonly subgraph?: Subgraph;
  /** Whether it listens; without that `execute` alone reaches it, and `url` is empty. Default: true. */
  readonly listens?: boolean;
}

/**
 * Starts a gateway: opens the adapter, wires the rooms together and listens.
 *
 * @example
 * const gateway = await startGateway(readConfig());
 * console.log(gateway.url);
 * await gateway.close();
 *
 * @throws an Error whose message states what to do, for instance if the database cannot be used or the port is in use
 */
export async function startGateway(config: Config, parts: GatewayParts = {}): Promise<Gateway> {
  const { now: systemNow = Date.now, wrap = (same) => same } = parts;
  const log = parts.log ?? (parts.logger ? logOf(parts.logger) : openLog(config.logLevel));
  const { logger } = log;
  const clock = new AdjustableClock(systemNow);
  const { now } = clock;
  const observation = await openObservation(config, logger);
  const events = loggedEvents(logger, { ...observation?.metrics?.policies, ...parts.policyEvents });
  const before = await openPolicies(config, events);
  const persisted = await openPersistedDocuments(config.persisted);
  const [subgraph, provider]: readonly [Subgraph, Provider] = await Promise.all([
    parts.subgraph ?? buildSubgraph(),
    parts.opened
      ? { ...parts.opened, observed: parts.opened.connect }
      : config.adapter === 'aws'
        ? openAws(config, now, before, observation)
        : openEngine(config, clock, observation, logger),
  ]);
  const connect = before.around(wrap(provider.observed));
  const validation = new ValidationService({
    families: familiesOf(config),
    edition: config.adapter === 'aws' ? 'service' : 'reference',
    strict: config.strict,
    now,
    scheduleAheadDays: config.quotas.scheduleAheadDays,
  });
  const instances = instanceTable(config.instanceId, config.instances);
  const elapsed = parts.now ?? (() => performance.now());
  const tokens = config.auth && (await openTokens(config.auth, { now: systemNow, elapsed }, logger));
  const keep = config.audit && auditLog(log, config.audit);
  const { changes, reported } = provider;
  const onResync = observation?.metrics?.onResync;
  const feed = openFeed({ config, policies: before, connect, changes, reported, onResync });
  const answerBudget = new AnswerBudget(config.limits.answerBytesInProgress);
  const traffic = new Traffic();
  const jobs = openJobs({
    config,
    connect,
    now,
    traffic,
    logger,
    audit: keep,
    metrics: observation?.metrics,
    // The database of the settings belongs to another engine.
    ...(parts.opened && { databaseUrl: undefined }),
  });
  const contextOf = (call: CallOptions, { id, caller, identity }: RequestFacts): GatewayContext => {
    const answerSize = new AnswerSize(config.limits.answerBytes, answerBudget);
    return {
      connect,
      validation,
      instances: identity?.instances
        ? instanceTable(config.instanceId, config.instances, identity.instances)
        : instances,
      feed,
      jobs,
      loaders: createLoaders(connect, call, answerSize),
      chainTasks: config.quotas.chainTasks,
      answerSize,
      members: new Map(),
      ...(observation && { refused: (codes: readonly string[]) => observation.observer.errors('payload', codes) }),
      call,
      identity,
      audit: keep && ((record) => keep({ id, caller: caller.key, identity }, record)),
    };
  };
  let endpoint: WireEndpoint | undefined;
  let contactEvents: Events | undefined;
  let metricsServer: ReturnType<typeof createMetricsServer> | undefined;
  const closeAll = async () => {
    await contactEvents?.close();
    feed.close();
    await Promise.all([endpoint?.close(), metricsServer?.close(), jobs.close()]);
    await provider.endSending?.();
    await connect.close();
    await before.close();
    await observation?.observer.close();
  };
  try {
    // The AWS API server calls the engine itself: the decorators of the port are for the gateway's callers.
    // Clients sign by the real time, even if the engine's clock was moved.
    endpoint = config.wire && (await openWire({ ...provider, config, wire: config.wire, now: systemNow, logger }));
    contactEvents = await openEvents({
      config,
      policies: before,
      log: reported,
      observer: observation?.metrics?.events,
      logger,
    });
    const { intake } = contactEvents;
    const { key: eventsKey } = config.events;
    const server = await createServer({
      schema: subgraph.schema,
      contextOf,
      authentication:
        tokens !== undefined || config.tls?.clientCaFile !== undefined
          ? {
              certificates: config.tls?.clientCaFile !== undefined,
              tokens: tokens &&
                config.auth && {
                  identify: tokens.identify,
                  resource: { issuer: config.auth.issuer, url: config.auth.resourceUrl },
                },
            }
          : undefined,
      tls: config.tls,
      requestTimeoutMs: config.requestTimeoutMs,
      now: systemClock.now,
      async ready() {
        await Promise.all([connect.ready(), tokens?.ready()]);
      },
      logger,
      limitCalls: callLimit(config, logger),
      limits: config.limits,
      exposure: config.exposure,
      pages: { origins: config.corsOrigins, isLocal: isLoopback(config.host) },
      callbackOrigins: config.callbackOrigins,
      connectEvents:
        eventsKey === undefined ? undefined : { key: eventsKey, take: (event) => intake.take(event, 'WEBHOOK') },
      persisted,
      onlyPersisted: config.persisted.only,
      maxRequests: config.maxRequests,
      observer: observation?.observer,
      measured: config.metrics?.port === undefined ? observation?.metrics : undefined,
    });
    observation?.metrics?.gauge('requests_under_way', server.underWay);
    observation?.metrics?.gauge('subscriptions', server.streams);
    observation?.metrics?.gauge('log_dropped_lines', log.droppedLines);
    if (provider.downloads) {
      const { downloads } = await import('../controls/downloads.js');
      await server.app.register(downloads, provider.downloads);
    }
    observation?.metrics?.gauge('jobs_running', async () => (await jobs.count())?.running);
    observation?.metrics?.gauge('job_items_waiting', async () => (await jobs.count())?.waiting);
    // Jobs leave the process to requests: the first listener, because others may end the request.
    server.app.server.prependListener('request', () => traffic.note());
    await jobs.start();
    const url = parts.listens === false ? '' : await listen(server.app, config);
    if (url !== '') provider.downloads?.attachments.servedAt(url);
    let metricsUrl = observation?.metrics && `${url}/metrics`;
    if (observation?.metrics && config.metrics?.port !== undefined) {
      metricsServer = createMetricsServer(observation.metrics, logger, config.limits);
      const { host } = config;
      metricsUrl = `${await listen(metricsServer, { host, port: config.metrics.port, portSetting: 'METRICS_PORT' })}/metrics`;
    }
    // Fetches the keys now: the first caller does not wait, and the log shows a wrong address at once.
    tokens?.ready().catch(() => {});
    return {
      url,
      wireUrl: endpoint?.url,
      metricsUrl,
      async execute(body) {
        const headers = { 'content-type': 'application/json', accept: 'application/json', host: '127.0.0.1' };
        const { payload } = await server.app.inject({ method: 'POST', url: '/graphql', headers, payload: body });
        return JSON.parse(payload) as object;
      },
      async close() {
        await Promise.all([server.drain(config.drainTimeoutMs), endpoint?.close()]);
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** An adapter, with the controls of the embedded engine. */
type Provider = Pick<ServeWireOptions, 'connect' | 'steers' | 'downloads'> & {
  /** The port for the gateway's own callers, which metrics and traces observe. */
  readonly observed: Connect;
  readonly changes: ChangeLog;
  /** The same log if it holds only changes that events report. */
  readonly reported?: MemoryChangeLog;
  /** Ends the sending of the engine's events. */
  readonly endSending?: () => Promise<void>;
};

/**
 * Opens the embedded engine.
 *
 * @throws an Error whose message states what to do
 */
async function openEngine(
  config: Config,
  clock: AdjustableClock,
  observation: Observation | undefined,
  logger: Logger,
): Promise<Provider> {
  const options = engineOptions(config);
  const engine = await openEmbeddedConnect({
    ...options,
    strict: config.strict,
    now: clock.now,
    observer: observation?.observer,
    storeEvents: storeLog(logger),
    attachments: { ...options.attachments, onFailed: attachmentLog(logger) },
  });
  let endSending: Provider['endSending'];
  try {
    await checkServedInstances(engine, config);
    endSending = await sendEvents(engine, config, logger);
  } catch (error) {
    await engine.close();
    throw error;
  }
  const { metrics, observer } = observation ?? {};
  metrics?.gauge('engine_waiting_requests', () => engine.waiting);
  metrics?.gauge('engine_wal_bytes', () => engine.logBytes());
  const connect = config.throttle
    ? describedByList(throttled(engine, { instanceArn: (id) => engine.instanceArn(id), now: clock.now }))
    : engine;
  return {
    connect,
    observed: observer ? observedPort(connect, observer) : connect,
    changes: engine.changes,
    endSending,
    steers: steering(engine, clock, config.databaseUrl),
    downloads: downloadsOf(engine),
  };
}

/** Opens a real instance. Only this function loads the SDK, which is large. */
async function openAws(
  config: Config,
  now: () => number,
  { aroundCall }: Policies,
  observation: Observation | undefined,
): Promise<Provider> {
  const { openAwsConnect } = await loadOptional('CONNECT_ADAPTER=aws', () => import('../aws/open.js'));
  const { aws, instanceId, upstream } = config;
  const instances = config.instances.toSorted((a, b) => Number(b.id === instanceId) - Number(a.id === instanceId));
  const { chainTasks } = config.quotas;
  const { callTimeoutMs } = upstream;
  const connect = await openAwsConnect({
    ...aws,
    instances,
    chainTasks,
    callTimeoutMs,
    now,
    around: aroundCall,
    observer: observation?.observer,
  });
  const reported = new MemoryChangeLog();
  return { connect, observed: connect, changes: reported, reported };
}

/**
 * Opens the policies: deadlines before each adapter; caches, budget and circuit breakers before a real instance alone.
 * Replicas on one PostgreSQL share the budget; the driver is loaded only then.
 */
async function openPolicies(config: Config, events: PolicyEvents): Promise<Policies> {
  const { databaseUrl, upstream } = config;
  const { rates, replicas, jobShare } = upstream;
  if (config.adapter !== 'aws') return policies({ rates, events });
  const caches = { ...config.caches, templateReading: config.strict ? ('engine' as const) : ('stated' as const) };
  if (databaseKind(databaseUrl) !== 'postgres') return policies({ rates, events, caches, jobShare });
  const { postgresTokens } = await loadOptional(
    'DATABASE_URL=postgres://…',
    () => import('../policies/around-call/budget/postgres-tokens.js'),
  );
  const clock = systemClock;
  const tokens = postgresTokens({ url: databaseUrl, replicas, clock, events });
  return policies({ rates, events, caches, clock, tokens, jobShare });
}

/** Opens authentication. Only this function loads jose. */
async function openTokens(...given: Parameters<typeof import('../http/auth/identify-tokens.js').openTokens>) {
  const auth = await import('../http/auth/identify-tokens.js');
  return auth.openTokens(...given);
}

/** Opens the AWS API server. Only this function loads what verifies signatures. */
async function openWire(options: ServeWireOptions): Promise<WireEndpoint> {
  const { serveWire } = await import('./serve-wire.js');
  return serveWire(options);
}

/**
 * Bounds the estimated calls of a request before it makes the first one, because calls to a real instance are scarce. The
 * embedded engine makes none: there the log names what a real instance would refuse.
 */
function callLimit({ maxUpstreamCalls, upstreamCalls, upstream, quotas }: Config, logger: Logger): LimitCalls {
  const facts = { chainSize: quotas.chainTasks + 1, weightOf: weightsBy(upstream.rates) };
  if (upstreamCalls === 'refuse') return limitCalls(maxUpstreamCalls, facts);
  return reportCalls(maxUpstreamCalls, facts, (excessive) =>
    logger.warn(excessive, 'A request exceeds MAX_UPSTREAM_CALLS: it would be refused before Amazon Connect'),
  );
}

/** Selects the rules. Our reading where the reference is silent applies before a real instance only on request. */
function familiesOf({ adapter, strict }: Config): readonly RuleFamily[] {
  return adapter === 'aws' && !strict ? ['api', 'gateway'] : ['api', 'gateway', 'engine'];
}
