import type { FastifyInstance } from 'fastify';
import { sendGraphqlError } from './graphql-error.js';

/** Seconds after which a client may try again: there is another gateway then, or this one anew. */
const RETRY_AFTER_S = 1;

/**
 * Refuses what comes over connections that are there already when the server ends. Health stays answerable.
 *
 * @returns whether it is ending
 */
export function refuseWhileDraining(app: FastifyInstance): () => boolean {
  let draining = false;
  app.addHook('preClose', async () => {
    draining = true;
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (!draining || request.routeOptions.url?.startsWith('/health/')) return done();
    reply.header('retry-after', RETRY_AFTER_S);
    sendGraphqlError(
      reply,
      503,
      'SHUTTING_DOWN',
      'The gateway is shutting down, and has not begun this request. Send it again.',
    );
  });
  return () => draining;
}
