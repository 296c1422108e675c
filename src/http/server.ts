import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { CallOptions } from '../connect/connect.js';
import type { GatewayContext } from '../graphql/context.js';
import type { PersistedDocuments } from '../graphql/documents/persisted-documents.js';
import { createFormatError } from '../graphql/errors/format-error.js';
import type { RequestLimits } from '../graphql/limits/limits.js';
import { RequestJudge } from '../graphql/request-judge.js';
import { acceptsHtml } from './accepts-html.js';
import { answerHttpErrors } from './errors.js';
import { graphiql } from './graphiql.js';
import { hangUpWhenDraining } from './hang-up.js';
import { health } from './health.js';
import { judgedDocuments, judgeRequests } from './judge-requests.js';
import { methodNotAllowed } from './method-not-allowed.js';
import { refuseNotAcceptable } from './not-acceptable.js';
import { allowOrigins, type OriginRules } from './origins.js';
import { sendSecurityHeaders } from './security-headers.js';
import { statusRule } from './status-rule.js';
import { limitConnections, type TransportLimits, transportOptions } from './transport-limits.js';

/** What the HTTP server is made of. */
export interface ServerOptions {
  readonly schema: GraphQLSchema;
  /** Makes what the resolvers of one request are told. */
  readonly contextOf: (call: CallOptions) => GatewayContext;
  /** Throws while requests cannot be served. */
  readonly ready: () => Promise<void>;
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

/** The running HTTP server. */
export interface Server {
  readonly app: FastifyInstance;
  /** Accepts nothing more, and ends when the accepted requests are answered. */
  drain(): Promise<void>;
}

/** Serves GraphQL at POST /graphql, GraphiQL beside it, and health. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { schema, contextOf, ready, logger, limits, exposure } = options;
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    ...transportOptions(limits),
  });
  limitConnections(app, limits);
  answerHttpErrors(app);
  hangUpWhenDraining(app);
  sendSecurityHeaders(app);
  await allowOrigins(app, options.pages);
  // Requests are JSON. Without the parser for plain text, a browser's simple cross-site request is refused as well.
  app.removeContentTypeParser('text/plain');

  const formatError = createFormatError((error) => logger.error({ err: error }, 'An operation failed'), {
    detail: exposure.errorDetail,
    suggestions: exposure.introspection,
  });
  const judge = new RequestJudge({ ...options, introspection: exposure.introspection, formatError });
  const apollo = new ApolloServer<GatewayContext>({
    schema,
    logger,
    introspection: exposure.introspection,
    documentStore: judgedDocuments(judge),
    // No client registers documents: those of the manifest are named, the others are sent.
    persistedQueries: false,
    parseOptions: { maxTokens: limits.tokens },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError,
    // The schema has no cache hints, and looking for them costs a call for every field of every answer.
    plugins: [
      judgeRequests(judge, limits.cost),
      statusRule(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
    stringifyResult: (result) => JSON.stringify(result),
  });
  await apollo.start();

  app.post(
    '/graphql',
    { onRequest: refuseNotAcceptable },
    fastifyApolloHandler(apollo, { context: async (_request, reply) => contextOf({ signal: signalOf(reply) }) }),
  );
  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    handler: async (_request, reply) => methodNotAllowed(reply),
  });
  if (exposure.graphiql) {
    app.get('/', (request, reply) =>
      acceptsHtml(request.headers.accept) ? reply.redirect('/graphql') : reply.callNotFound(),
    );
    await app.register(graphiql);
  } else {
    app.get('/graphql', async (_request, reply) => methodNotAllowed(reply));
  }
  await app.register(health, { ready });
  return {
    app,
    async drain() {
      await app.close();
      await apollo.stop();
    },
  };
}

/** Fires when the client hangs up before it was answered. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('The client hung up'));
  });
  return controller.signal;
}
