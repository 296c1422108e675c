import type { FastifyReply } from 'fastify';
import { responseType, withEncoding } from './negotiation.js';

/** The codes of answers that HTTP itself causes, before any GraphQL is read. */
export type HttpErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHENTICATED'
  | 'AUTHENTICATION_UNAVAILABLE'
  | 'NOT_FOUND'
  | 'ORIGIN_NOT_ALLOWED'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'REQUEST_TIMEOUT'
  | 'PAYLOAD_TOO_LARGE'
  | 'HEADERS_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'OVERLOADED'
  | 'SHUTTING_DOWN'
  | 'INTERNAL_SERVER_ERROR';

const codes = new WeakMap<FastifyReply, HttpErrorCode>();

/**
 * Answers with an error in the shape of GraphQL, so that a client reports the message and not a body it cannot
 * read; in the media type that it prefers.
 */
export function sendGraphqlError(
  reply: FastifyReply,
  status: number,
  code: HttpErrorCode,
  message: string,
): FastifyReply {
  codes.set(reply, code);
  const { headers, id } = reply.request;
  return reply
    .code(status)
    .type(errorType(headers.accept))
    .send(errorBody(code, message, id));
}

/** The content type of such an answer, for a client that accepts this. */
export function errorType(accept: string | undefined): string {
  return withEncoding(responseType(accept) ?? 'application/json');
}

/** What such an answer says. */
export function errorBody(code: HttpErrorCode, message: string, requestId: string) {
  return { errors: [{ message, extensions: { code, requestId } }] };
}

/** The code that HTTP itself answered with; undefined where it did not. */
export function errorCodeOf(reply: FastifyReply): HttpErrorCode | undefined {
  return codes.get(reply);
}
