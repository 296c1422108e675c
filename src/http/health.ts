import type { FastifyInstance } from 'fastify';

/** Options of {@link health}. */
export interface HealthOptions {
  /** Throws while requests cannot be served. */
  readonly ready: () => Promise<void>;
  /** Whether the server is draining. */
  readonly isDraining: () => boolean;
}

/**
 * Maximum time of the check, in milliseconds. Probes wait longer by default (Docker 30 s, Kubernetes 1 s), and a database that
 * serves requests answers sooner.
 */
const READY_TIMEOUT_MS = 900;

/** Serves /health/live (the process answers) and /health/ready (it can serve requests: checks its dependencies each time). */
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

/** Checks `ready`. A check without an answer in time fails, because a probe must not wait for ever. */
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
