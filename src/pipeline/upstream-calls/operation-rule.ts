import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { EstimatedRequest } from './estimate.js';

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
