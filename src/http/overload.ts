import type { FastifyInstance, FastifyReply } from 'fastify';
import { Intake } from './intake.js';
import { sendGraphqlError } from './graphql-error.js';
import { watchPressure } from './pressure.js';
import type { RequestsUnderWay } from './requests-under-way.js';

/** Seconds after which a refused client may try again: what is under way is long done by then. */
const RETRY_AFTER_S = 1;

/**
 * Refuses requests of the API that cannot be served in time, before anything is read of them: those that come while as
 * many are being executed as may, or while memory or the event loop run away. A refusal costs a small part of what a
 * request costs, so that the accepted ones are answered about as fast as without the others. Health stays answerable.
 *
 * @returns a check for a request whose body has arrived: meanwhile others may have taken the place that there was.
 *   True: it was refused
 */
export function refuseOverload(
  app: FastifyInstance,
  underWay: RequestsUnderWay,
  maxRequests: number,
): (reply: FastifyReply) => boolean {
  const intake = new Intake(maxRequests);
  const pressure = watchPressure();
  app.addHook('onClose', async () => pressure.stop());
  const refuse = (reply: FastifyReply) =>
    sendGraphqlError(
      reply.header('retry-after', RETRY_AFTER_S),
      503,
      'OVERLOADED',
      'The gateway has as many requests as it can serve in time. Try again in a second.',
    );
  // One at a time is always served: a client that waits for its answers overloads nobody, however large they are.
  const isFull = () => !intake.admits(underWay.count) || (underWay.count > 0 && pressure.isHigh());
  app.addHook('onRequest', ({ method, routeOptions }, reply, done) => {
    const isExecuted = method === 'POST' && routeOptions.url === '/graphql';
    if (isExecuted && isFull()) refuse(reply);
    else done();
  });
  return (reply) => {
    if (intake.admits(underWay.count)) return false;
    refuse(reply);
    return true;
  };
}
