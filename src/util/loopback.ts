import type { IncomingHttpHeaders } from 'node:http';
import { isIPv4 } from 'node:net';

/** Checks that a host name or address means this machine alone. An IPv6 address may stand in brackets. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || isLoopbackIPv4(name.replace(/^::ffff:/, ''));
}

function isLoopbackIPv4(address: string): boolean {
  return isIPv4(address) && address.startsWith('127.');
}

/** Checks whether a proxy states that it forwards the request for another client. */
export function isRelayed(headers: IncomingHttpHeaders): boolean {
  return headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
}

/**
 * Checks that a request names a loopback host. A foreign name that resolves to this machine is refused because a browser
 * lets a page of that name read the answer, as one of the same origin.
 */
export function callsLoopback({ host = '' }: IncomingHttpHeaders): boolean {
  return isLoopback(host.replace(/:\d*$/, ''));
}
