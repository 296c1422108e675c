import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, CallOptions } from '../connect/call.js';
import { sendGraphqlError } from './graphql-error.js';

/** The header by which a request asks for less time than the gateway would give it, in milliseconds. */
const TIMEOUT_HEADER = 'x-request-timeout-ms';

/** What is known of a request beside its headers. */
export interface CallFacts {
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** How long a request may take. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly caller: Caller;
}

/** What a request's calls to the port are told: when its client hangs up, when its time is up, and whom they are for. */
export function callOf(request: FastifyRequest, { signal, timeoutMs, now, caller }: CallFacts): CallOptions {
  const wanted = Number(request.headers[TIMEOUT_HEADER] ?? Number.POSITIVE_INFINITY);
  return {
    signal,
    deadline: now + Math.min(wanted, timeoutMs),
    caller,
  };
}

/** Refuses a request whose own time cannot be read: to give it another would surprise it. */
export async function refuseBadTimeout(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const wanted = request.headers[TIMEOUT_HEADER];
  if (wanted === undefined || /^[1-9]\d{0,8}$/.test(String(wanted))) return;
  await sendGraphqlError(reply, 400, 'BAD_REQUEST', `${TIMEOUT_HEADER} takes whole milliseconds, at least 1.`);
}
