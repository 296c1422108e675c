import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import type { Logger } from 'pino';
import { callsLoopback, isRelayed } from '../util/loopback.js';
import { createFastify } from './fastify.js';
import { sendGraphqlError } from './graphql-error.js';
import type { TransportLimits } from './transport-limits.js';

/** What is measured, in Prometheus' text format. */
export interface MeasuredText {
  readonly contentType: string;
  text(): Promise<string>;
}

/**
 * Keeps /metrics beside the API from whom the gateway cannot ask who it is: a proxy on this machine that lets others in,
 * and a page whose name resolves to this machine, which sends no origin when it reads.
 */
const LOCAL_ALONE: RouteShorthandOptions = {
  async onRequest({ headers }, reply) {
    if (callsLoopback(headers) && !isRelayed(headers)) return;
    await sendGraphqlError(
      reply,
      403,
      'ORIGIN_NOT_ALLOWED',
      'Here /metrics is for callers on this machine, by 127.0.0.1 or localhost. METRICS_PORT gives it a port of its own.',
    );
  },
};

/** Serves what is measured at GET /metrics, beside the API of a gateway that listens on this machine alone. */
export function serveMetrics(app: FastifyInstance, measured: MeasuredText): void {
  serve(app, measured, LOCAL_ALONE);
}

/** A server of nothing but that, for a port of its own, whose callers the network chooses. */
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
