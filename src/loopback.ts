import { isIPv4 } from 'node:net';

/** Whether a name or an address to listen on, or of a Host header, means this machine alone. An IPv6 one may stand in brackets. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || isLoopbackIPv4(name.replace(/^::ffff:/, ''));
}

function isLoopbackIPv4(address: string): boolean {
  return isIPv4(address) && address.startsWith('127.');
}
