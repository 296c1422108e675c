import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../../loopback.js';
import { WireError } from '../wire/wire-error.js';

/**
 * Lets callers of this machine pass, and no page of a browser that comes from elsewhere: whoever steers contacts and the
 * clock must be someone who could have started the emulator.
 *
 * @throws WireError AccessDeniedException
 */
export function localOnly({ socket, headers }: Pick<FastifyRequest, 'socket' | 'headers'>): void {
  const { host = '', origin } = headers;
  const isRelayed = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
  if (!isLoopback(socket.remoteAddress ?? '') || isRelayed) throw refused('they are for callers on this machine');
  // A name of someone else's that resolves to this machine: the page behind it would count as the same origin.
  if (!isLoopback(hostname(host))) throw refused('they are served by a loopback name or address alone');
  const site = headers['sec-fetch-site'] ?? 'none';
  const isForeign = site !== 'none' && site !== 'same-origin';
  if (isForeign || (origin !== undefined && origin !== `http://${host}`)) {
    throw refused('a page of another site must not reach them');
  }
}

function hostname(host: string): string {
  return host.replace(/:\d*$/, '');
}

function refused(why: string): WireError {
  return new WireError('AccessDeniedException', 403, `The controls of the emulator refuse this request: ${why}.`);
}
