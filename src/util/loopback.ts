import type { IncomingHttpHeaders } from 'node:http';
import { isIPv4 } from 'node:net';

/** Whether a name or an address to listen on, or of a Host header, means this machine alone. An IPv6 one may stand in brackets. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || isLoopbackIPv4(name.replace(/^::ffff:/, ''));
}

function isLoopbackIPv4(address: string): boolean {
  return isIPv4(address) && address.startsWith('127.');
}

/** Whether a proxy says that it passes the request on for someone else. */
export function isRelayed(headers: IncomingHttpHeaders): boolean {
  return headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
}

/**
 * Whether a request calls this machine by a name or an address of its own. The page of a name of someone else's that
 * resolves to this machine counts as the same origin in a browser, which then lets it read the answer.
 */
export function callsLoopback({ host = '' }: IncomingHttpHeaders): boolean {
  return isLoopback(host.replace(/:\d*$/, ''));
}
