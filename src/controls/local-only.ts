import type { FastifyRequest } from 'fastify';
import { callsLoopback, isLoopback, isRelayed } from '../util/loopback.js';
import { WireError } from '../wire/wire-error.js';

/**
 * Lets callers of this machine pass, and no page of a browser that comes from elsewhere: whoever steers contacts and the
 * clock must be someone who could have started the emulator.
 *
 * @throws WireError AccessDeniedException
 */
export function localOnly({ socket, headers }: Pick<FastifyRequest, 'socket' | 'headers'>): void {
  const { host = '', origin } = headers;
  if (!isLoopback(socket.remoteAddress ?? '') || isRelayed(headers)) {
    throw refused('they are for callers on this machine');
  }
  if (!callsLoopback(headers)) throw refused('they are served by a loopback name or address alone');
  const site = headers['sec-fetch-site'] ?? 'none';
  const isForeign = site !== 'none' && site !== 'same-origin';
  if (isForeign || (origin !== undefined && origin !== `http://${host}`)) {
    throw refused('a page of another site must not reach them');
  }
}

function refused(why: string): WireError {
  return new WireError('AccessDeniedException', 403, `The controls of the emulator refuse this request: ${why}.`);
}
