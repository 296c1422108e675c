import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { httpError, invalidParameter } from './wire-error.js';
import { sendWireError, wire, type WireOptions } from './wire.js';

/** What the server of the wire is made of. */
export interface WireServerOptions extends WireOptions {
  readonly logger: Logger;
}

/** Bytes of a request's body, at most. */
const BODY_LIMIT = 1024 * 1024;

/** How long a client may take to send a request, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/** A Fastify server that is nothing but the wire: what goes wrong before a route is found is answered in its form too. */
export async function createWireServer({ logger, ...options }: WireServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // A path whose percent encoding is broken.
    frameworkErrors: (_error, _request, reply) => {
      sendWireError(reply as never, invalidParameter('The path is not text in UTF-8 and percent encoding.'));
    },
    clientErrorHandler(error, socket) {
      refuseUnreadable(error, socket);
    },
  });
  // Not registered, but called: it sets the app's own answers for what nobody else answers.
  await wire(app, options);
  return app;
}

/** Which status some of Node's errors stand for; all others are those of what is no HTTP. */
const STATUSES: Readonly<Record<string, { readonly status: number; readonly text: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, text: 'Request Timeout' },
  HPE_HEADER_OVERFLOW: { status: 431, text: 'Request Header Fields Too Large' },
};

/** How long a client whose request was not read may go on sending it, in milliseconds. */
const LINGER_MS = 1_000;

/**
 * Answers what Node could not read as HTTP. The rest of the request is taken and thrown away for a while: left unread, it
 * makes the system reset the connection, and the answer is lost with that.
 */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || socket.writableEnded) return;
  const { status, text } = STATUSES[error.code ?? ''] ?? { status: 400, text: 'Bad Request' };
  const { type, message } = httpError({ statusCode: status });
  const body = JSON.stringify({ __type: type, Message: message });
  socket.end(
    [
      `HTTP/1.1 ${status} ${text}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-amzn-errortype: ${type}`,
      `x-amzn-requestid: ${randomUUID()}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer)).resume();
}
