import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { CallOptions } from '../connect/connect.js';
import type { GatewayContext } from '../graphql/context.js';
import { createFormatError } from '../graphql/errors/format-error.js';
import { ShuttingDown } from '../graphql/errors/shutting-down.js';
import { within } from '../within.js';
import { acceptsHtml } from './accepts-html.js';
import { answerHttpErrors } from './errors.js';
import { graphiql } from './graphiql.js';
import { hangUpWhenDraining } from './hang-up.js';
import { health } from './health.js';
import { type MeasuredText, serveMetrics } from './metrics.js';
import { methodNotAllowed } from './method-not-allowed.js';
import { refuseNotAcceptable } from './not-acceptable.js';
import { observeOperations, observeRequests } from './observe-requests.js';
import { refuseOverload } from './overload.js';
import { refuseWhileDraining } from './refuse-while-draining.js';
import { answerRequestIds, asRequest, currentRequestId, requestIdOf } from './request-id.js';
import type { RequestObserver } from './request-observer.js';
import { RequestsUnderWay } from './requests-under-way.js';
import { statusRule } from './status-rule.js';

/** What the HTTP server is made of. */
export interface ServerOptions {
  readonly schema: GraphQLSchema;
  /** Makes what the resolvers of one request are told. */
  readonly contextOf: (call: CallOptions) => GatewayContext;
  /** Throws while requests cannot be served. */
  readonly ready: () => Promise<void>;
  /** Requests that may be executed at once. */
  readonly maxRequests: number;
  /** Who watches the requests. Omitted: nobody. */
  readonly observer?: RequestObserver | undefined;
  /** What is served at /metrics. Omitted: nothing. */
  readonly measured?: MeasuredText | undefined;
  readonly logger: Logger;
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

/**
 * Bytes of a request's body, at most: a creation with all its attributes, a full description and some hundred
 * references has room.
 */
const BODY_LIMIT = 1024 * 1024;

/**
 * Tokens of a document, at most. The ready operations have some 100, GraphiQL's introspection some 300; a creation that
 * is written out with all the attributes that have room is what needs more. It bounds depth, aliases and creations too.
 */
const MAX_TOKENS = 5_000;

/** How long a client may take to send a request, in milliseconds: a trickle must not hold a connection. */
const REQUEST_TIMEOUT_MS = 30_000;

/** How long the last answers have to get out when the time to drain is over, in milliseconds: half of it, at most this. */
const LAST_ANSWERS_MS = 1_000;

/** Serves GraphQL at POST /graphql, GraphiQL beside it, and health. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { schema, contextOf, ready, maxRequests, observer, measured, logger } = options;
  const underWay = new RequestsUnderWay();
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: ({ headers }) => requestIdOf(headers),
    // Fastify's own answer is not in the shape of GraphQL, and hides that the process lives.
    return503OnClosing: false,
  });
  answerRequestIds(app);
  const observed = observer && observeRequests(app, observer);
  answerHttpErrors(app);
  hangUpWhenDraining(app);
  const isDraining = refuseWhileDraining(app);
  const isRefused = refuseOverload(app, underWay, maxRequests);
  // Requests are JSON. Without the parser for plain text, a browser's simple cross-site request is refused as well.
  app.removeContentTypeParser('text/plain');

  const apollo = new ApolloServer<GatewayContext>({
    schema,
    logger,
    introspection: true,
    parseOptions: { maxTokens: MAX_TOKENS },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: createFormatError((error) => {
      logger.error({ err: error, requestId: currentRequestId() }, 'An operation failed');
    }, currentRequestId),
    // The schema has no cache hints, and looking for them costs a call for every field of every answer.
    plugins: [
      statusRule(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ...(observer ? [observeOperations(observer)] : []),
    ],
    stringifyResult: (result) => JSON.stringify(result),
  });
  await apollo.start();

  const execute = fastifyApolloHandler(apollo, {
    context: async (_request, reply) => contextOf({ signal: underWay.signalOf(reply) }),
  });
  app.post('/graphql', { onRequest: refuseNotAcceptable }, async (request, reply) => {
    if (isRefused(reply)) return reply;
    const answer = () => underWay.run(() => asRequest(request.id, () => execute.call(app, request, reply)));
    return observed ? observed(request, answer) : answer();
  });
  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    handler: async (_request, reply) => methodNotAllowed(reply),
  });
  app.get('/', (request, reply) =>
    acceptsHtml(request.headers.accept) ? reply.redirect('/graphql') : reply.callNotFound(),
  );
  await app.register(graphiql);
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
