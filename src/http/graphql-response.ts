import type { FormattedExecutionResult } from 'graphql';
import type { ResponseErrorCode } from '../graphql/errors/response-codes.js';
import type { GraphqlResponse } from '../pipeline/apollo-server.js';
import type { ResponseType } from './negotiation.js';

/** Status of data beside errors. It has a meaning as application/graphql-response+json alone. */
export const PARTIAL_SUCCESS = 294;

/**
 * Returns the HTTP status of a GraphQL response, by the specification of GraphQL over HTTP. As plain JSON, a well-formed
 * request is answered with 200 whatever its errors, because routers report any other status as a failed subrequest, with
 * this gateway's address in it.
 *
 * Source: https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
 */
export function statusOf({ result, isFailure, isWellFormed }: GraphqlResponse, type: ResponseType): number {
  const { data, errors = [] } = result;
  if (isFailure) return 500;
  if (type === 'application/json') return isWellFormed ? 200 : 400;
  if (data !== undefined) return errors.length > 0 ? PARTIAL_SUCCESS : 200;
  return errors.some(isSyntaxError) ? 400 : 422;
}

function isSyntaxError({ extensions }: { readonly extensions?: { readonly code?: unknown } }): boolean {
  return extensions?.code === ('GRAPHQL_PARSE_FAILED' satisfies ResponseErrorCode);
}

/** Writes a result as JSON, errors first: a reader of the response sees at once that something went wrong. */
export function toJson({ errors, data, extensions }: FormattedExecutionResult): string {
  return JSON.stringify({ errors, data, extensions });
}
