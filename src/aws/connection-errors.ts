import type { ServiceAnswer } from './service-answer.js';

/** Node's error codes of connections that were never established. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Node's error codes of connections that broke. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

/** The error code of an answer that exceeds its maximum size. */
export const ANSWER_TOO_LARGE = 'ANSWER_TOO_LARGE';

/** Returns whether the request was certainly not received. */
export function isBeforeSending({ code, name, message }: ServiceAnswer): boolean {
  if (code !== undefined && NOT_CONNECTED.has(code)) return true;
  // This timeout of the SDK has no code, and its name is that of other timeouts.
  return name === 'TimeoutError' && message.includes('establish a connection');
}

/** Returns whether the request may have been received. */
export function isLostConnection({ code, name, message }: ServiceAnswer): boolean {
  return name === 'TimeoutError' || (code !== undefined && BROKEN.has(code)) || /socket hang up|aborted/.test(message);
}

/** undici's error codes of connections that broke during a request or before its answer was complete. */
const BROKEN_BY_UNDICI = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_INFO',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

/** Converts an error of undici to that of node:http, which this file and the SDK's credential providers expect. */
export function toNodeError(error: Error & { readonly code?: unknown }): Error {
  const { code } = error;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    const late = new Error('Could not establish a connection in time', { cause: error });
    return Object.assign(late, { name: 'TimeoutError' });
  }
  if (typeof code !== 'string' || !BROKEN_BY_UNDICI.has(code)) return error;
  return Object.assign(new Error(`socket hang up: ${error.message}`, { cause: error }), { code: 'ECONNRESET' });
}
