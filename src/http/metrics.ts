import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import type { Logger } from 'pino';
import { callsLoopback, isRelayed } from '../util/loopback.js';
import { createFastify } from './fastify.js';
import { sendGraphqlError } from './graphql-error.js';
import type { TransportLimits } from './transport-limits.js';

/** Metrics in Prometheus' text format. */
export interface MeasuredText {
  readonly contentType: string;
  text(): Promise<string>;
}

/**
 * Refuses requests for /metrics beside the API that may come from elsewhere: through a proxy on this machine, or from a page
 * whose name resolves to this machine, which sends no origin when it reads.
 */
const LOCAL_ALONE: RouteShorthandOptions = {
  async onRequest({ headers }, reply) {
    if (callsLoopback(headers) && !isRelayed(headers)) return;
    await sendGraphqlError(
      reply,
      403,
      'ORIGIN_NOT_ALLOWED',
      'On this port only callers on this machine may read /metrics, by 127.0.0.1 or localhost. Set METRICS_PORT to serve it to others.',
    );
  },
};

/** Serves metrics at GET /metrics beside the API of a gateway that listens on loopback. */
export function serveMetrics(app: FastifyInstance, measured: MeasuredText): void {
  serve(app, measured, LOCAL_ALONE);
}

/** Creates a server of metrics alone, for a port of its own. The network decides which callers reach it. */
export function createMetricsServer(measured: MeasuredText, logger: Logger, limits: TransportLimits): FastifyInstance {
  const app = createFastify(logger, limits);
  serve(app, measured, {});
  return app;
}

function serve(app: FastifyInstance, measured: MeasuredText, options: RouteShorthandOptions): void {
  app.get('/metrics', options, async (_request, reply) => {
    const text = await measured.text();
    return reply.header('cache-control', 'no-store').type(measured.contentType).send(text);
  });
}
