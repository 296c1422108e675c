import type { FastifyInstance } from 'fastify';
import { openPipeline, type PipelineOptions } from '../pipeline/apollo-server.js';
import { ShuttingDown } from '../pipeline/shutting-down.js';
import { within } from '../util/within.js';
import { type AuthenticationOptions, authentication } from './auth/authenticate.js';
import { serveProtectedResource } from './auth/protected-resource.js';
import { refuseWhileDraining, RequestSignals } from './draining.js';
import { methodNotAllowed } from './errors.js';
import { type ConnectEventsOptions, serveConnectEvents } from './connect-events.js';
import { createFastify } from './fastify.js';
import { type GraphqlRouteOptions, serveGraphql } from './graphql-route.js';
import { health } from './health.js';
import { readJsonBodies } from './json-body.js';
import { type MeasuredText, serveMetrics } from './metrics.js';
import { acceptsHtml } from './negotiation.js';
import { observeRequests } from './observe-requests.js';
import { allowOrigins, type OriginRules } from './origins.js';
import { refuseOverload } from './overload.js';
import { currentRequestId } from './request-id.js';
import { type StreamLimits, Subscriptions } from './streams/subscriptions.js';
import type { TlsFiles } from './tls.js';
import type { TransportLimits } from './transport-limits.js';
import { UnreadAnswers } from './unread-answers.js';

/** Options of {@link createServer}. */
export interface ServerOptions
  extends Omit<PipelineOptions, 'requestId' | 'exposure' | 'limits'>,
    Pick<GraphqlRouteOptions, 'contextOf' | 'requestTimeoutMs' | 'now' | 'observer' | 'callbackOrigins'> {
  /** Identifies callers. Undefined: every caller may do everything. */
  readonly authentication: AuthenticationOptions | undefined;
  /** Files of TLS. Default: no TLS. */
  readonly tls?: TlsFiles | undefined;
  /** Throws while requests cannot be served. */
  readonly ready: () => Promise<void>;
  /** Requests that may be executed at once. */
  readonly maxRequests: number;
  /** The metrics that are served at /metrics. Default: none. */
  readonly measured?: MeasuredText | undefined;
  /** The intake of contact events. Undefined: /events/connect is not served. */
  readonly connectEvents?: ConnectEventsOptions | undefined;
  readonly limits: TransportLimits & StreamLimits & PipelineOptions['limits'];
  /** Whether clients may read the schema and details of errors, and whether GraphiQL is served. */
  readonly exposure: PipelineOptions['exposure'] & { readonly graphiql: boolean };
  readonly pages: OriginRules;
}

/** The running HTTP server. */
export interface Server {
  readonly app: FastifyInstance;
  /** Returns the number of requests that are being executed. */
  underWay(): number;
  /** Returns the number of subscriptions with an open stream. */
  streams(): number;
  /**
   * Refuses new requests and closes the server when the accepted ones are answered. Shortly before the end, requests that have
   * not been sent to Amazon Connect or to the store are answered with SHUTTING_DOWN.
   *
   * @param milliseconds maximum time
   */
  drain(milliseconds: number): Promise<void>;
}

/** Maximum time for the last answers, in milliseconds. It is at most half of the time to drain. */
const LAST_ANSWERS_MS = 1_000;

/** Serves GraphQL at POST /graphql, GraphiQL beside it, and health. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { ready, logger, limits, exposure, pages, maxRequests, observer, measured } = options;
  const signals = new RequestSignals();
  const guard = authentication(options.authentication, logger);
  const app = createFastify(logger, limits, options.tls);
  const observed = observeRequests(app, observer);
  allowOrigins(app, pages);
  const isDraining = refuseWhileDraining(app);
  const { knownCallerOf } = guard;
  const places = refuseOverload(app, { maxRequests, knownCallerOf, isDraining, pages, observer });
  // Requests are JSON. Without the parser for plain text, simple cross-site requests of browsers are refused too.
  app.removeContentTypeParser('text/plain');
  readJsonBodies(app);

  const subscriptions = new Subscriptions(app, limits);
  const pipeline = await openPipeline({ ...options, requestId: currentRequestId });
  serveGraphql(app, {
    ...options,
    authentication: guard,
    places,
    unread: new UnreadAnswers(limits),
    subscriptions,
    pipeline,
    signals,
    observed,
  });
  // Otherwise Fastify parses the body first, and may refuse that instead.
  app.addHttpMethod('QUERY', { hasBody: false, overrideExisting: true });
  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'],
    url: '/graphql',
    handler: async (_request, reply) => methodNotAllowed(reply),
  });
  if (exposure.graphiql) {
    app.get('/', (request, reply) =>
      // Relative, because a proxy may serve the gateway below a path prefix.
      acceptsHtml(request.headers.accept) ? reply.redirect('./graphql') : reply.callNotFound(),
    );
    // The plugin that serves files is loaded only if it is needed.
    const { graphiql } = await import('./graphiql.js');
    await app.register(graphiql);
  } else {
    app.get('/graphql', async (_request, reply) => methodNotAllowed(reply, false));
  }
  if (options.authentication?.tokens) serveProtectedResource(app, options.authentication.tokens.resource);
  if (options.connectEvents) serveConnectEvents(app, options.connectEvents);
  await app.register(health, { ready, isDraining });
  if (measured) serveMetrics(app, measured);
  return {
    app,
    underWay: () => places.count,
    streams: () => subscriptions.count,
    async drain(milliseconds) {
      const lastAnswers = Math.min(LAST_ANSWERS_MS, milliseconds / 2);
      const closed = within(milliseconds - lastAnswers, app.close(), () => signals.abandon(new ShuttingDown()));
      await within(milliseconds, closed, () => app.server.closeAllConnections());
      await pipeline.close();
    },
  };
}
