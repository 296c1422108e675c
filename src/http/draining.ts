import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendGraphqlError } from './graphql-error.js';

/** Signals of the requests that are being executed. */
export class RequestSignals {
  readonly #controllers = new Set<AbortController>();

  /** Returns a signal that fires if the client disconnects before its answer, or on {@link abandon}. */
  signalOf(reply: FastifyReply): AbortSignal {
    const controller = new AbortController();
    this.#controllers.add(controller);
    reply.raw.once('close', () => {
      this.#controllers.delete(controller);
      if (!reply.raw.writableFinished) controller.abort(new Error('The client hung up'));
    });
    return controller.signal;
  }

  /** Cancels what has not been sent to Amazon Connect or to the store. */
  abandon(reason: Error): void {
    for (const controller of this.#controllers) controller.abort(reason);
  }
}

/** Time in milliseconds for requests that are half received when the server closes. Their clients may never send the rest. */
const RECEIVING_MS = 1_000;

/**
 * Closes connections when the server closes. Node itself closes only those that served a request and are idle. In addition:
 *
 * - A connection without a request so far, as browsers open them in advance, closes at once.
 * - A connection on which an answer is due closes with that answer.
 * - A connection whose request is still half received after a second closes then.
 */
export function hangUpWhenDraining(app: FastifyInstance): void {
  const sockets = new Set<Socket>();
  const silent = new Set<Socket>();
  const requests = new Set<IncomingMessage>();
  let draining = false;
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // With TLS, requests arrive on the socket of the secure connection, which has the peer of the other one.
  const event = app.server instanceof TlsServer ? 'secureConnection' : 'connection';
  app.server.on(event, (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  // The server's own event, because some requests reach no hook.
  app.server.on('request', (request, response) => {
    silent.delete(request.socket);
    requests.add(request);
    response.once('close', () => requests.delete(request));
  });
  const closeReceiving = () => {
    const answering = new Set([...requests].filter(({ complete }) => complete).map(({ socket }) => peerOf(socket)));
    for (const socket of sockets) if (!answering.has(peerOf(socket))) socket.destroy();
  };
  app.addHook('preClose', async () => {
    draining = true;
    for (const socket of silent) socket.destroy();
    setTimeout(closeReceiving, RECEIVING_MS).unref();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close');
  });
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Retry-After in seconds. Another gateway, or this one after its restart, serves by then. */
const RETRY_AFTER_S = 1;

/**
 * Refuses requests over open connections while the server drains. Health checks are always answered.
 *
 * @returns whether the server is draining
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
      'The gateway is shutting down and has not started this request. Send it again.',
    );
  });
  return () => draining;
}
