import type { FastifyInstance } from 'fastify';

/** What {@link health} needs. */
export interface HealthOptions {
  /** Throws while requests cannot be served. */
  readonly ready: () => Promise<void>;
  /** Whether the server is ending. */
  readonly isDraining: () => boolean;
}

/**
 * How long the check may take, in milliseconds: less than those who ask wait by default (Docker 30 s, but Kubernetes 1 s
 * unless told otherwise), and more than a database that serves needs.
 */
const READY_TIMEOUT_MS = 900;

/** /health/live: the process answers. /health/ready: it can serve requests, what it needs checked just now. */
export async function health(app: FastifyInstance, { ready, isDraining }: HealthOptions): Promise<void> {
  app.get('/health/live', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'live' }),
  );
  app.get('/health/ready', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (isDraining()) return reply.code(503).send({ status: 'draining' });
    return (await isReady(ready)) ? { status: 'ready' } : reply.code(503).send({ status: 'unavailable' });
  });
}

/** A check that does not answer is one that fails: whoever asks would wait for ever. */
async function isReady(ready: () => Promise<void>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, READY_TIMEOUT_MS, false);
  const checked = ready().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([checked, late]);
  } finally {
    clearTimeout(timer);
  }
}
