import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { httpError, invalidParameter } from './wire-error.js';
import { sendWireError, wire, type WireOptions } from './wire.js';

/** Options of the server. */
export interface WireServerOptions extends WireOptions {
  readonly logger: Logger;
}

/** Maximum bytes of a request's body. */
const BODY_LIMIT = 1024 * 1024;

/** How long a client may take to send a request, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Creates a Fastify server for the AWS API alone, which answers failures before routing in the API's form too. */
export async function createWireServer({ logger, ...options }: WireServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // A path whose percent encoding is broken.
    frameworkErrors: (_error, _request, reply) => {
      sendWireError(reply as never, invalidParameter('The path is not valid percent-encoded UTF-8.'));
    },
    clientErrorHandler(error, socket) {
      refuseUnreadable(error, socket);
    },
  });
  // Called instead of registered, so that it sets the app's own error and not-found handlers.
  await wire(app, options);
  return app;
}

/** Statuses for some of Node's error codes. Any other code means invalid HTTP. */
const STATUSES: Readonly<Record<string, { readonly status: number; readonly text: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, text: 'Request Timeout' },
  HPE_HEADER_OVERFLOW: { status: 431, text: 'Request Header Fields Too Large' },
};

/** How long the server reads on from a client whose request it could not parse, in milliseconds. */
const LINGER_MS = 1_000;

/**
 * Answers a request that Node could not parse. The rest of the request is read and dropped for a while, because unread data
 * makes the system reset the connection, which would lose the answer.
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
