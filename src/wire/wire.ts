import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connect } from '../connect/connect.js';
import { isConnectFault, ThrottlingError } from '../connect/errors.js';
import { acceptAnySignature, type Credentials, verifySignature } from './authenticate.js';
import { BrokenConnectionError } from './broken-connection.js';
import { OPERATIONS } from './operations.js';
import { readInput } from './read-input.js';
import { router } from './route.js';
import { httpError, toWireError, unknownOperation, WireError } from './wire-error.js';
import { wirePath } from './wire-path.js';

/** Options of the AWS API server. */
export interface WireOptions {
  readonly connect: Connect;
  /** Key pair to verify signatures with. Default: accepts any well-formed signature, and unsigned requests. */
  readonly credentials?: Credentials | undefined;
  /** The clock, in milliseconds since the epoch. Default: the system's. */
  readonly now?: () => number;
}

/**
 * Serves a port as Amazon Connect's REST-JSON API: a Fastify plugin. It answers every path, so it needs an app, or an
 * encapsulated context, of its own.
 *
 * @example
 * const app = fastify();
 * await app.register(wire, { connect });
 */
export async function wire(app: FastifyInstance, options: WireOptions): Promise<void> {
  const { connect, credentials, now = Date.now } = options;
  const authenticate = credentials ? verifySignature(credentials, now) : acceptAnySignature;
  const find = router(OPERATIONS);

  // The body stays bytes, because a signature covers them and the API reports what is wrong with them. A browser's simple
  // cross-site request has another content type and is refused.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/(x-amz-)?json/, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const target = request.raw.url ?? '/';
    const body = Buffer.isBuffer(request.body) ? request.body : undefined;
    await authenticate({ method: request.method, target, headers: request.headers, body });
    const route = find(request.method, target);
    if (route === undefined) throw unknownOperation(`There is no operation of that method and path here.`);
    const { operation, path, query } = route;
    const input = readInput(operation.members, { path, query, body });
    try {
      const response = await operation.run(connect, input, { signal: signalOf(reply) });
      return send(reply, 200, JSON.stringify(response));
    } catch (error) {
      if (error instanceof BrokenConnectionError) return hangUp(request, reply);
      if (!isConnectFault(error)) throw error;
      throw toWireError(error, operation.name, (at) => wirePath(at, { ...operation, input }));
    }
  };
  app.all('/*', answer);
  app.setNotFoundHandler(answer);
  app.setErrorHandler((error: FastifyError | WireError, request, reply) => {
    const known = error instanceof WireError ? error : httpError(error);
    if (known.status >= 500) request.log.error({ err: error }, 'A request to the wire failed');
    return sendWireError(reply, known);
  });
}

/** Closes the connection in place of an answer. */
function hangUp(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

/** Sends an error as the API does: its type in a header and in the body, and a message. */
export function sendWireError(reply: FastifyReply, { type, status, message, cause, members }: WireError): FastifyReply {
  if (cause instanceof ThrottlingError && cause.retryAfterMs !== undefined) {
    reply.header('retry-after', Math.ceil(cause.retryAfterMs / 1000));
  }
  reply.header('x-amzn-errortype', type);
  return send(reply, status, JSON.stringify({ __type: type, Message: message, ...members }));
}

function send(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply
    .code(status)
    .header('x-amzn-requestid', randomUUID())
    .header('content-type', 'application/json')
    .send(body);
}

/** Returns a signal that aborts if the client disconnects before it is answered. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('The client hung up'));
  });
  return controller.signal;
}
