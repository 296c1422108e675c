import type { FastifyInstance } from 'fastify';

/** What {@link health} needs. */
export interface HealthOptions {
  /** Throws while requests cannot be served. */
  readonly ready: () => Promise<void>;
}

/** /health/live: the process answers. /health/ready: it can serve requests, its store checked just now. */
export async function health(app: FastifyInstance, { ready }: HealthOptions): Promise<void> {
  app.get('/health/live', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'live' }),
  );
  app.get('/health/ready', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      await ready();
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
}
