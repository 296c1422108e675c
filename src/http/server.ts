import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Caller, CallOptions } from '../connect/call.js';
import { callerOf, type Identity } from '../graphql/access/identity.js';
import type { GatewayContext } from '../graphql/context.js';
import { createFormatError } from '../graphql/errors/format-error.js';
import type { EstimatedRequest } from '../graphql/upstream-calls/estimate.js';
import { acceptsHtml } from './accepts-html.js';
import { authentication } from './auth/authenticate.js';
import type { IdentifyToken } from './auth/remember-tokens.js';
import { callOf, refuseBadTimeout } from './call-of.js';
import { answerHttpErrors } from './errors.js';
import { graphiql } from './graphiql.js';
import { hangUpWhenDraining } from './hang-up.js';
import { health } from './health.js';
import { methodNotAllowed } from './method-not-allowed.js';
import { refuseNotAcceptable } from './not-acceptable.js';
import { operationRule } from './operation-rule.js';
import { statusRule } from './status-rule.js';

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
  readonly logger: Logger;
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
  /** Accepts nothing more, and ends when the accepted requests are answered. */
  drain(): Promise<void>;
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

/** Serves GraphQL at POST /graphql, GraphiQL beside it, and health. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { schema, contextOf, identify, ready, requestTimeoutMs, now, logger } = options;
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
  });
  answerHttpErrors(app);
  hangUpWhenDraining(app);
  // Requests are JSON. Without the parser for plain text, a browser's simple cross-site request is refused as well.
  app.removeContentTypeParser('text/plain');

  const apollo = new ApolloServer<GatewayContext>({
    schema,
    logger,
    introspection: true,
    parseOptions: { maxTokens: MAX_TOKENS },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: createFormatError((error) => logger.error({ err: error }, 'An operation failed')),
    plugins: [
      statusRule(),
      operationRule(options.judgeOperation),
      ApolloServerPluginInlineTraceDisabled(),
      // The schema has no cache hints, and looking for them costs a call for every field of every answer.
      ApolloServerPluginCacheControlDisabled(),
    ],
    stringifyResult: (result) => JSON.stringify(result),
  });
  await apollo.start();

  const { onRequest: authenticate, identityOf } = authentication(identify, logger);
  app.post(
    '/graphql',
    { onRequest: [authenticate, refuseNotAcceptable, refuseBadTimeout] },
    fastifyApolloHandler(apollo, {
      async context(request, reply) {
        const identity = identityOf(request);
        const caller = callerOf(identity, request.ip);
        const call = callOf(request, reply, { timeoutMs: requestTimeoutMs, now: now(), caller });
        return contextOf(call, { id: request.id, caller, identity });
      },
    }),
  );
  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    handler: async (_request, reply) => methodNotAllowed(reply),
  });
  app.get('/', (request, reply) =>
    acceptsHtml(request.headers.accept) ? reply.redirect('/graphql') : reply.callNotFound(),
  );
  await app.register(graphiql);
  await app.register(health, { ready });
  return {
    app,
    async drain() {
      await app.close();
      await apollo.stop();
    },
  };
}
