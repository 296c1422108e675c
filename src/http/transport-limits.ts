import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import type { UnreadLimits } from './unread-answers.js';

/** Limits on connections, on what a client sends, and on what it leaves unread. */
export interface TransportLimits extends UnreadLimits {
  /** Maximum connections at once. Further ones are closed before anything is read from them. */
  readonly connections: number;
  /** Maximum connections of one address at once. Further ones are closed as well. */
  readonly connectionsPerAddress: number;
  /** Maximum time in milliseconds in which a request must arrive, so that slow clients do not hold connections. */
  readonly receiveTimeoutMs: number;
  /** Time in milliseconds after which a client that reads nothing of its answer is disconnected. */
  readonly sendTimeoutMs: number;
  /** Maximum bytes of the request line and the headers. */
  readonly headerBytes: number;
  /** Maximum bytes of a body. A creation with all attributes, a full description and some hundred references fits. */
  readonly bodyBytes: number;
}

/** Maximum time between two checks for late requests, in milliseconds. Node's default of 30 s would double their time. */
const LATENESS_CHECK_MS = 2_000;

/** Returns the limits as options of Fastify and Node's HTTP server. */
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

/** Groups of an IPv6 address that name its network. One client has all addresses of a /64. */
const NETWORK_GROUPS = 4;

/**
 * Returns the network of one client: an IPv4 address, or the first half of an IPv6 address.
 *
 * @param address undefined if the connection has ended or does not use IP
 */
export function networkOf(address: string | undefined): string | undefined {
  if (address === undefined || !isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  // "::" stands for groups of zeros; the groups before it begin the address.
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const zeros = Array.from({ length: missing }, () => '0');
  const all = [...groups, ...zeros, ...(tail ? tail.split(':') : [])];
  return all.slice(0, NETWORK_GROUPS).join(':');
}
