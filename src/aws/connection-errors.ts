import type { ServiceAnswer } from './service-answer.js';

/** Node's codes of connections that never came about. */
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

/** Node's codes of connections that broke. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

/** The code of an error for an answer that has more bytes than a call may take. */
export const ANSWER_TOO_LARGE = 'ANSWER_TOO_LARGE';

/** The request was certainly not received. */
export function isBeforeSending({ code, name, message }: ServiceAnswer): boolean {
  if (code !== undefined && NOT_CONNECTED.has(code)) return true;
  // The SDK gives this time-out no code, and the others the same name.
  return name === 'TimeoutError' && message.includes('establish a connection');
}

/** The request may have been received. */
export function isLostConnection({ code, name, message }: ServiceAnswer): boolean {
  return name === 'TimeoutError' || (code !== undefined && BROKEN.has(code)) || /socket hang up|aborted/.test(message);
}

/** undici's codes of connections that broke, while a request was on them or before its answer was whole. */
const BROKEN_BY_UNDICI = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_INFO',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

/** An error of undici as node:http would have it, which is what is read above, and by the SDK's providers of credentials. */
export function inNodesWords(error: Error & { readonly code?: unknown }): Error {
  const { code } = error;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    const late = new Error('Could not establish a connection in time', { cause: error });
    return Object.assign(late, { name: 'TimeoutError' });
  }
  if (typeof code !== 'string' || !BROKEN_BY_UNDICI.has(code)) return error;
  return Object.assign(new Error(`socket hang up: ${error.message}`, { cause: error }), { code: 'ECONNRESET' });
}
