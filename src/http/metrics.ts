import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { answerHttpErrors } from './errors.js';
import { hangUpWhenDraining } from './hang-up.js';

/** What is measured, in Prometheus' text format. */
export interface MeasuredText {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Serves what is measured at GET /metrics. */
export function serveMetrics(app: FastifyInstance, measured: MeasuredText): void {
  app.get('/metrics', async (_request, reply) => {
    const text = await measured.text();
    return reply.header('cache-control', 'no-store').type(measured.contentType).send(text);
  });
}

/** A server of nothing but that, for a port of its own. */
export function createMetricsServer(measured: MeasuredText, logger: Logger): FastifyInstance {
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
  });
  answerHttpErrors(app);
  hangUpWhenDraining(app);
  serveMetrics(app, measured);
  return app;
}
