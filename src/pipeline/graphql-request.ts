import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../graphql/errors/response-codes.js';

/** The parameters of a GraphQL request. */
export interface GraphqlRequest {
  /** Text of the document. Undefined: the request names a persisted one. */
  readonly query: string | undefined;
  /** Id of a persisted document, beside or instead of the text. */
  readonly documentId: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads the parameters of a GraphQL request from the body of an HTTP request. Members of other names are ignored, as the
 * specification of GraphQL over HTTP demands.
 *
 * @param body the parsed JSON; undefined if the request has no body
 * @returns an error BAD_REQUEST if the body is no well-formed GraphQL request
 */
export function readGraphqlRequest(body: unknown): GraphqlRequest | GraphQLError {
  if (Array.isArray(body)) return badRequest('The body is a list. Send each operation in a request of its own.');
  if (!isObject(body)) return badRequest('The body is not a JSON object. Send an object with query and variables.');
  const { query, operationName, variables, extensions } = body;
  if (!isAbsent(query) && typeof query !== 'string')
    return badRequest('query is not a string. Send the text of a document.');
  if (!isAbsent(operationName) && typeof operationName !== 'string') {
    return badRequest('operationName is not a string. Send the name of an operation, or leave it out.');
  }
  if (!isAbsent(variables) && !isObject(variables)) {
    return badRequest('variables is not an object. Send an object of values by the names of variables.');
  }
  if (!isAbsent(extensions) && !isObject(extensions)) {
    return badRequest('extensions is not an object. Send an object, or leave it out.');
  }
  const documentId = documentIdOf(body, extensions ?? {});
  if ((isAbsent(query) || query === '') && documentId === undefined) {
    return badRequest('The request has no document. Send its text in query, or the id of a persisted document.');
  }
  return {
    query: query || undefined,
    documentId,
    // Some clients send an empty name with every request that has none.
    operationName: operationName || undefined,
    variables: variables ?? {},
  };
}

/** Returns the id of a persisted document, in the form of Apollo's clients or in that of the GraphQL-over-HTTP draft. */
function documentIdOf({ documentId }: JsonObject, { persistedQuery }: JsonObject): string | undefined {
  if (!isAbsent(persistedQuery)) return String((persistedQuery as JsonObject).sha256Hash);
  return typeof documentId === 'string' ? documentId : undefined;
}

/** null counts as absent, which the specification demands for optional parameters. */
function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' satisfies ResponseErrorCode } });
}
