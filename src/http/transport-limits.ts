import type { Server } from 'node:http';
import type { FastifyHttpOptions, FastifyInstance } from 'fastify';

/** What a client may send, whatever it says. */
export interface TransportLimits {
  /** Connections at a time. Further ones are closed before anything is read from them. */
  readonly connections: number;
  /** Milliseconds that a request may take to come in: neither a trickle nor silence may hold a connection. */
  readonly receiveTimeoutMs: number;
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
      connectionsCheckingInterval: Math.min(LATENESS_CHECK_MS, receiveTimeoutMs),
    },
  } satisfies FastifyHttpOptions<Server>;
}

/** Refuses connections beyond the limit. */
export function limitConnections(app: FastifyInstance, { connections }: TransportLimits): void {
  app.server.maxConnections = connections;
}
