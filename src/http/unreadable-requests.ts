import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpErrorCode } from './graphql-error.js';
import { REQUEST_ID_HEADER } from './request-id.js';
import { SECURITY_HEADERS } from './security-headers.js';

interface Answer {
  readonly status: number;
  readonly code: HttpErrorCode;
  readonly message: string;
}

const NOT_HTTP: Answer = {
  status: 400,
  code: 'BAD_REQUEST',
  message: 'What came cannot be read as HTTP/1.1. Send GraphQL requests to POST /graphql.',
};

/** What Node's HTTP parser finds, by the codes of its errors; whatever else it finds is no HTTP. */
const FOUND: Readonly<Record<string, Answer>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'REQUEST_TIMEOUT',
    message: 'The request took longer to come in than one may (RECEIVE_TIMEOUT_MS). Send it whole and at once.',
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'HEADERS_TOO_LARGE',
    message: "The request's line and headers have more bytes than they may (MAX_HEADER_BYTES). Send fewer.",
  },
};

/**
 * Answers what Node itself cannot read as a request, in the shape of all other errors, and closes the connection: where the
 * next request would begin cannot be told. Nothing of Fastify runs for these.
 */
export function answerUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  // Whoever has reset the connection reads no answer.
  if (code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, message, ...found } = FOUND[code] ?? NOT_HTTP;
  const requestId = randomUUID();
  const body = JSON.stringify({ errors: [{ message, extensions: { code: found.code, requestId } }] });
  const headers = {
    ...SECURITY_HEADERS,
    'cache-control': 'no-store',
    [REQUEST_ID_HEADER]: requestId,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
}
