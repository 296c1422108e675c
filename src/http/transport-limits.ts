import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import type { UnreadLimits } from './unread-answers.js';

/** What a client may send and leave unread, whatever it says. */
export interface TransportLimits extends UnreadLimits {
  /** Connections at a time. Further ones are closed before anything is read from them. */
  readonly connections: number;
  /** Connections of one address at a time. Further ones are closed as well. */
  readonly connectionsPerAddress: number;
  /** Milliseconds that a request may take to come in: neither a trickle nor silence may hold a connection. */
  readonly receiveTimeoutMs: number;
  /** Milliseconds in which a client may read nothing of an answer. */
  readonly sendTimeoutMs: number;
  /** Bytes of the request line and the headers. */
  readonly headerBytes: number;
  /** Bytes of a body: a creation with all its attributes, a full description and some hundred references has room. */
  readonly bodyBytes: number;
}

/** Node looks this often for requests that are late, at least: its own default of 30 s would double the time. */
const LATENESS_CHECK_MS = 2_000;

/** The limits as Fastify and Node's HTTP server take them. */
export function transportOptions({ receiveTimeoutMs, headerBytes, bodyBytes }: TransportLimits) {
  return {
    bodyLimit: bodyBytes,
    requestTimeout: receiveTimeoutMs,
    http: {
      headersTimeout: receiveTimeoutMs,
      maxHeaderSize: headerBytes,
      // protocol-errors.ts answers a request without it.
      requireHostHeader: false,
      connectionsCheckingInterval: Math.min(LATENESS_CHECK_MS, receiveTimeoutMs),
    },
  } satisfies FastifyHttpOptions<Server>;
}

/** Closes connections beyond the limits, of all clients and of one address, before anything is read from them. */
export function limitConnections(app: FastifyInstance, limits: TransportLimits): void {
  app.server.maxConnections = limits.connections;
  const counts = new Map<string, number>();
  app.server.on('connection', (socket) => {
    const network = networkOf(socket.remoteAddress);
    if (network === undefined) return;
    const count = counts.get(network) ?? 0;
    if (count >= limits.connectionsPerAddress) {
      socket.destroy();
      return;
    }
    counts.set(network, count + 1);
    socket.once('close', () => {
      const left = (counts.get(network) ?? 0) - 1;
      if (left > 0) counts.set(network, left);
      else counts.delete(network);
    });
  });
}

/** Groups of an IPv6 address that name its network: one client has all addresses of a /64. */
const NETWORK_GROUPS = 4;

/**
 * Returns what stands for one client: an IPv4 address, or the first half of an IPv6 address.
 *
 * @param address undefined: the connection has ended, or is no connection of IP
 */
export function networkOf(address: string | undefined): string | undefined {
  if (address === undefined || !isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  // What "::" stands for is zero, and where there is one, the groups before it begin the address.
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const zeros = Array.from({ length: missing }, () => '0');
  const all = [...groups, ...zeros, ...(tail ? tail.split(':') : [])];
  return all.slice(0, NETWORK_GROUPS).join(':');
}
