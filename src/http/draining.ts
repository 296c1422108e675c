import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendGraphqlError } from './graphql-error.js';

/** The signals of the requests that are being executed. */
export class RequestSignals {
  readonly #controllers = new Set<AbortController>();

  /** Fires when the client hangs up before it was answered, or when {@link abandon} is called. */
  signalOf(reply: FastifyReply): AbortSignal {
    const controller = new AbortController();
    this.#controllers.add(controller);
    reply.raw.once('close', () => {
      this.#controllers.delete(controller);
      if (!reply.raw.writableFinished) controller.abort(new Error('The client hung up'));
    });
    return controller.signal;
  }

  /** Cancels what has not been sent to Amazon Connect or to the store yet. */
  abandon(reason: Error): void {
    for (const controller of this.#controllers) controller.abort(reason);
  }
}

/**
 * Lets go of connections when the server closes, which Node does for those alone that have been used and are idle: one
 * on which an answer is due ends with that answer, and one on which nothing was asked yet, as browsers open them in
 * advance, at once. Kept alive, either would hold up the end.
 */
export function hangUpWhenDraining(app: FastifyInstance): void {
  const silent = new Set<Socket>();
  let draining = false;
  // With TLS, requests come on the socket of the secure connection.
  const event = app.server instanceof TlsServer ? 'secureConnection' : 'connection';
  app.server.on(event, (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  // The server's own event: not every request comes as far as a hook.
  app.server.on('request', ({ socket }) => silent.delete(socket));
  app.addHook('preClose', async () => {
    draining = true;
    for (const socket of silent) socket.destroy();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close');
  });
}

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
