import type { FormattedExecutionResult } from 'graphql';
import type { GraphqlResponse } from '../pipeline/apollo-server.js';
import type { ResponseType } from './negotiation.js';

/**
 * Returns the status of a GraphQL response. A well-formed request whose GraphQL is wrong (it does not parse, validate or
 * coerce) is answered with 400 as application/graphql-response+json, and with 200 as plain JSON, because routers report a 400
 * as a failed subrequest, with this gateway's address in it.
 */
export function statusOf({ status, isWellFormed }: GraphqlResponse, type: ResponseType): number {
  return status === 400 && isWellFormed && type === 'application/json' ? 200 : status;
}

/** Writes a result as JSON, errors first: a reader of the response sees at once that something went wrong. */
export function toJson({ errors, data, extensions }: FormattedExecutionResult): string {
  return JSON.stringify({ errors, data, extensions });
}
