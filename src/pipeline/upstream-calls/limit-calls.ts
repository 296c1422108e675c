import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';
import { estimateCalls, type EstimatedRequest } from './estimate.js';
import type { EstimateFacts } from './fields.js';

/** How many times the limit is counted up to, so that who is refused learns by how much. */
const COUNTED = 10;

/**
 * Judges requests by what they may cost.
 *
 * @param limit calls on the API that one request may cost (MAX_UPSTREAM_CALLS)
 * @returns throws GraphQLError TOO_MANY_UPSTREAM_CALLS for a request that may cost more
 */
export function limitCalls(limit: number, facts: EstimateFacts): (request: EstimatedRequest) => void {
  return (request) => {
    const estimate = estimateCalls(request, facts, COUNTED * limit);
    if (estimate <= limit) return;
    throw new GraphQLError(
      `The request may cost ${estimate} calls to Amazon Connect, and one request may cost ${limit}. Ask for fewer contacts or chains, or for fewer details of each.`,
      { extensions: { code: 'TOO_MANY_UPSTREAM_CALLS' satisfies ResponseErrorCode, estimate, limit } },
    );
  };
}

/**
 * Judges each valid operation before it runs.
 *
 * @param judge throws where it must not run
 */
export function operationRule(judge: (request: EstimatedRequest) => void): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          if (operation === undefined) return;
          try {
            judge({ schema, document, operation, variables: request.variables });
          } catch (error) {
            if (error instanceof GraphQLError) error.extensions.http = { status: 400 };
            throw error;
          }
        },
      };
    },
  };
}
