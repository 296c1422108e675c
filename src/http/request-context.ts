import type { FastifyRequest } from 'fastify';
import type { Caller, CallOptions } from '../connect/call.js';
import type { GatewayContext } from '../graphql/context.js';
import type { Identity } from '../graphql/identity.js';

/** The facts of a request that resolvers need beside their arguments. */
export interface RequestFacts {
  readonly id: string;
  readonly caller: Caller;
  readonly identity: Identity | undefined;
}

/** How contexts are made. */
export interface ContextOptions {
  /** Creates the context of a request's resolvers. */
  readonly contextOf: (call: CallOptions, request: RequestFacts) => GatewayContext;
  /** Time-out of a request that asks for no shorter one, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Monotonic clock of deadlines, in milliseconds. */
  readonly now: () => number;
}

/** Header by which a request shortens its time-out, in milliseconds. */
export const TIMEOUT_HEADER = 'x-request-timeout-ms';

/**
 * The context of a request's resolvers: its caller and its deadline.
 *
 * @param signal fires if its client hangs up
 */
export function contextOf(
  request: FastifyRequest,
  signal: AbortSignal,
  facts: RequestFacts,
  options: ContextOptions,
): GatewayContext {
  const { requestTimeoutMs, now } = options;
  const wanted = Number(request.headers[TIMEOUT_HEADER] ?? Number.POSITIVE_INFINITY);
  const deadline = now() + Math.min(wanted, requestTimeoutMs);
  return options.contextOf({ signal, deadline, caller: facts.caller }, facts);
}
