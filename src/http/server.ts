import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Caller, CallOptions } from '../connect/call.js';
import type { GatewayContext } from '../graphql/context.js';
import { callerOf, type Identity } from '../graphql/identity.js';
import { HANDED_TEXTS, judgeRequests } from '../pipeline/admission-plugin.js';
import { RequestJudge } from '../pipeline/admission.js';
import type { PersistedDocuments } from '../pipeline/documents/persisted-documents.js';
import { createFormatError } from '../pipeline/format-error.js';
import type { RequestLimits } from '../pipeline/limits/limits.js';
import { observeOperations } from '../pipeline/observe-plugin.js';
import type { RequestObserver } from '../pipeline/request-observer.js';
import { ShuttingDown } from '../pipeline/shutting-down.js';
import { statusRule } from '../pipeline/status-plugin.js';
import type { EstimatedRequest } from '../pipeline/upstream-calls/estimate.js';
import { operationRule } from '../pipeline/upstream-calls/limit-calls.js';
import { acceptsHtml } from '../util/accept.js';
import { within } from '../util/within.js';
import { authentication } from './auth/authenticate.js';
import type { IdentifyToken } from './auth/identify-tokens.js';
import { hangUpWhenDraining, refuseWhileDraining, RequestsUnderWay } from './draining.js';
import { answerHttpErrors, answerUnroutable, methodNotAllowed } from './errors.js';
import { callOf, refuseBadTimeout, refuseNotAcceptable, runGraphql } from './graphql-route.js';
import { health } from './health.js';
import { type MeasuredText, serveMetrics } from './metrics.js';
import { observeRequests } from './observe-requests.js';
import { allowOrigins, type OriginRules } from './origins.js';
import { refuseOverload } from './overload.js';
import { answerRequestIds, asRequest, currentRequestId, requestIdOf } from './request-id.js';
import { sendSecurityHeaders } from './security-headers.js';
import { limitConnections, type TransportLimits, transportOptions } from './transport-limits.js';
import { answerUnreadable } from './unreadable-requests.js';

/** What the HTTP server is made of. */
export interface ServerOptions {
  readonly schema: GraphQLSchema;
  /** Makes what the resolvers of one request are told. */
  readonly contextOf: (call: CallOptions, request: RequestFacts) => GatewayContext;
  /** Asks callers who they are. Undefined: nobody is asked. */
  readonly identify: IdentifyToken | undefined;
  /** Throws while requests cannot be served. */
  readonly ready: () => Promise<void>;
  /** Judges each operation before it runs, by throwing. Omitted: nothing more than GraphQL itself. */
  readonly judgeOperation?: (request: EstimatedRequest) => void;
  /** How long a request may take, in milliseconds, unless it asks for less. */
  readonly requestTimeoutMs: number;
  /** The clock that deadlines go by, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Requests that may be executed at once. */
  readonly maxRequests: number;
  /** Who watches the requests. Omitted: nobody. */
  readonly observer?: RequestObserver | undefined;
  /** What is served at /metrics. Omitted: nothing. */
  readonly measured?: MeasuredText | undefined;
  readonly logger: Logger;
  readonly limits: TransportLimits & RequestLimits;
  /** What pages and clients get to see. */
  readonly exposure: { readonly introspection: boolean; readonly graphiql: boolean; readonly errorDetail: boolean };
  readonly pages: OriginRules;
  /** The documents that clients may name. */
  readonly persisted: PersistedDocuments;
  /** Whether those alone are taken. */
  readonly onlyPersisted: boolean;
}

/** What is known of a request before its operation. */
export interface RequestFacts {
  readonly id: string;
  readonly caller: Caller;
  readonly identity: Identity | undefined;
}

/** The running HTTP server. */
export interface Server {
  readonly app: FastifyInstance;
  /** How many requests are being executed. */
  underWay(): number;
  /**
   * Accepts nothing more, and ends when the accepted requests are answered. Shortly before the time is over, what has
   * not been sent to Amazon Connect or to the store yet is answered with SHUTTING_DOWN.
   *
   * @param milliseconds how long that may take
   */
  drain(milliseconds: number): Promise<void>;
}

/** How long the last answers have to get out when the time to drain is over, in milliseconds: half of it, at most this. */
const LAST_ANSWERS_MS = 1_000;

/** Serves GraphQL at POST /graphql, GraphiQL beside it, and health. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { schema, contextOf, identify, ready, requestTimeoutMs, now, logger, limits, exposure } = options;
  const { maxRequests, observer, measured } = options;
  const underWay = new RequestsUnderWay();
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => requestIdOf(headers),
    // A logger of each request's own costs more than its line would: what is logged names the request itself.
    childLoggerFactory: (logger) => logger,
    // Fastify's own answer is not in the shape of GraphQL, and hides that the process lives.
    return503OnClosing: false,
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
    ...transportOptions(limits),
  });
  limitConnections(app, limits);
  answerRequestIds(app);
  const observed = observer && observeRequests(app, observer);
  answerHttpErrors(app);
  hangUpWhenDraining(app);
  sendSecurityHeaders(app);
  await allowOrigins(app, options.pages);
  const isDraining = refuseWhileDraining(app);
  const isRefused = refuseOverload(app, { underWay, maxRequests, isDraining, pages: options.pages, observer });
  // Requests are JSON. Without the parser for plain text, a browser's simple cross-site request is refused as well.
  app.removeContentTypeParser('text/plain');

  const formatError = createFormatError(
    (error) => logger.error({ err: error, requestId: currentRequestId() }, 'An operation failed'),
    { detail: exposure.errorDetail, suggestions: exposure.introspection },
    currentRequestId,
  );
  const judge = new RequestJudge({ ...options, introspection: exposure.introspection, formatError });
  const apollo = new ApolloServer<GatewayContext>({
    schema,
    logger,
    introspection: exposure.introspection,
    // Documents come read: it has none to remember.
    documentStore: null,
    persistedQueries: { cache: HANDED_TEXTS },
    parseOptions: { maxTokens: limits.tokens },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError,
    plugins: [
      judgeRequests(judge, limits.cost),
      statusRule(),
      ...(options.judgeOperation ? [operationRule(options.judgeOperation)] : []),
      ApolloServerPluginInlineTraceDisabled(),
      // The schema has no cache hints, and looking for them costs a call for every field of every answer.
      ApolloServerPluginCacheControlDisabled(),
      ...(observer ? [observeOperations(observer)] : []),
    ],
    stringifyResult: (result) => JSON.stringify(result),
  });
  await apollo.start();

  const { onRequest: authenticate, identityOf } = authentication(identify, logger);
  // Who is answered may rely on what is on record: lines that wait are written before.
  const execute = runGraphql(
    apollo,
    () => logger.flush(),
    (request, reply) => {
      const identity = identityOf(request);
      const caller = callerOf(identity, request.ip);
      const signal = underWay.signalOf(reply);
      const call = callOf(request, { signal, timeoutMs: requestTimeoutMs, now: now(), caller });
      return contextOf(call, { id: request.id, caller, identity });
    },
  );
  app.post('/graphql', { onRequest: [authenticate, refuseNotAcceptable, refuseBadTimeout] }, async (request, reply) => {
    if (isRefused(reply)) return reply;
    const answer = () => underWay.run(() => asRequest(request.id, () => execute(request, reply)));
    return observed ? observed(request, answer) : answer();
  });
  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    handler: async (_request, reply) => methodNotAllowed(reply),
  });
  if (exposure.graphiql) {
    app.get('/', (request, reply) =>
      acceptsHtml(request.headers.accept) ? reply.redirect('/graphql') : reply.callNotFound(),
    );
    // What serves files is loaded only where there are any to serve.
    const { graphiql } = await import('./graphiql.js');
    await app.register(graphiql);
  } else {
    app.get('/graphql', async (_request, reply) => methodNotAllowed(reply));
  }
  await app.register(health, { ready, isDraining });
  if (measured) serveMetrics(app, measured);
  return {
    app,
    underWay: () => underWay.count,
    async drain(milliseconds) {
      const lastAnswers = Math.min(LAST_ANSWERS_MS, milliseconds / 2);
      const closed = within(milliseconds - lastAnswers, app.close(), () => underWay.abandon(new ShuttingDown()));
      await within(milliseconds, closed, () => app.server.closeAllConnections());
      await apollo.stop();
    },
  };
}
