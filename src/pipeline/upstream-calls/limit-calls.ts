import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';
import { type EstimatedRequest, type EstimateFacts, estimateCalls } from './estimate.js';

/** Counting stops at this many times the limit, so that a refusal states by how much a request exceeds it. */
const COUNTED = 10;

/** Returns an error TOO_MANY_UPSTREAM_CALLS if a request may cost more calls than one may. */
export type LimitCalls = (request: EstimatedRequest) => GraphQLError | undefined;

/**
 * Limits the calls on the API that one request may cost.
 *
 * @param limit number of calls (MAX_UPSTREAM_CALLS)
 */
export function limitCalls(limit: number, facts: EstimateFacts): LimitCalls {
  return (request) => {
    const estimate = estimateCalls(request, facts, COUNTED * limit);
    if (estimate <= limit) return undefined;
    return new GraphQLError(
      `The request may cost ${estimate} calls to Amazon Connect, and one request may cost ${limit}. Ask for fewer contacts or chains, or for fewer details of each.`,
      { extensions: { code: 'TOO_MANY_UPSTREAM_CALLS' satisfies ResponseErrorCode, estimate, limit } },
    );
  };
}
