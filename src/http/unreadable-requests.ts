import { randomUUID } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { errorBody, type HttpErrorCode } from './graphql-error.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import { ANSWER_HEADERS } from './security-headers.js';

interface Refusal {
  readonly status: number;
  readonly code: HttpErrorCode;
  readonly message: string;
}

const NOT_HTTP: Refusal = {
  status: 400,
  code: 'BAD_REQUEST',
  message: 'The request is not valid HTTP/1.1. Send GraphQL requests to POST /graphql.',
};

/** Refusals by the codes of errors of Node's HTTP parser. Every other code is {@link NOT_HTTP}. */
const BY_CODE: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'REQUEST_TIMEOUT',
    message: 'The request did not arrive within RECEIVE_TIMEOUT_MS. Send it without pauses.',
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'HEADERS_TOO_LARGE',
    message: 'The request line and the headers have more bytes than MAX_HEADER_BYTES allows. Send fewer headers.',
  },
};

const TUNNEL: Refusal = {
  status: 405,
  code: 'METHOD_NOT_ALLOWED',
  message: 'The gateway is no proxy. Send GraphQL requests to POST /graphql.',
};

/**
 * Answers a request that Node cannot parse, in the form of every other error, and closes the connection, because the start of
 * the next request is unknown. No hook of Fastify runs for it.
 */
export function answerUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void {
  // A client that has reset the connection reads no answer.
  if (code === 'ECONNRESET') socket.destroy();
  else writeRefusal(socket, BY_CODE[code] ?? NOT_HTTP, randomUUID());
}

/** Answers CONNECT, for which Node closes the connection without an answer. */
export function refuseTunnels(app: FastifyInstance): void {
  app.server.on('connect', ({ headers }: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    writeRefusal(socket, TUNNEL, requestIdOf(headers), { allow: 'POST' });
  });
}

function writeRefusal(
  socket: Duplex,
  { status, code, message }: Refusal,
  requestId: string,
  more: Readonly<Record<string, string>> = {},
): void {
  if (socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(errorBody(code, message, requestId));
  const headers = {
    ...ANSWER_HEADERS,
    ...more,
    [REQUEST_ID_HEADER]: requestId,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
}
