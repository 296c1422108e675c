import type { FastifyReply } from 'fastify';
import { responseType, withEncoding } from './negotiation.js';

/** Codes of refusals by HTTP itself, before any GraphQL is read. */
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
 * Sends an error in the form of GraphQL, which every client can read, in the media type that the client prefers.
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

/** Returns the content type of such an answer for a header accept. */
export function errorType(accept: string | undefined): string {
  return withEncoding(responseType(accept) ?? 'application/json');
}

/** Returns the body of such an answer. */
export function errorBody(code: HttpErrorCode, message: string, requestId: string) {
  return { errors: [{ message, extensions: { code, requestId } }] };
}

/** Returns the code of an answer of HTTP itself; undefined for every other answer. */
export function errorCodeOf(reply: FastifyReply): HttpErrorCode | undefined {
  return codes.get(reply);
}
