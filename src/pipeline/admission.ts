import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { ResponseErrorCode } from '../graphql/errors/response-codes.js';
import { estimateCost } from './cost/estimate-cost.js';
import { type DocumentReader, hashOf, type Refusal } from './documents/document-reader.js';
import type { PersistedDocuments } from './documents/persisted-documents.js';
import type { FormatError } from './format-error.js';
import { type GraphqlRequest, readGraphqlRequest } from './graphql-request.js';
import { tooDeep } from './limits/check-document.js';
import { checkVariables } from './limits/check-variables.js';
import { LimitExceededError, type RequestLimits } from './limits/limits.js';
import type { LimitCalls } from './upstream-calls/limit-calls.js';

/** Options of {@link Admission}. */
export interface AdmissionOptions {
  readonly schema: GraphQLSchema;
  readonly limits: RequestLimits;
  readonly documents: DocumentReader;
  /** Documents that clients may name. */
  readonly persisted: PersistedDocuments;
  /** Whether clients may send those documents alone. */
  readonly onlyPersisted: boolean;
  /** Returns an error if a request may cost too many calls on Amazon Connect. Default: any number is admitted. */
  readonly limitCalls?: LimitCalls | undefined;
  readonly formatError: FormatError;
}

/** The estimated cost of a request, and the highest that one may have. */
export interface Cost {
  readonly estimated: number;
  readonly most: number;
}

/** A request that may be executed. */
export interface Admitted {
  readonly text: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: GraphqlRequest['variables'];
  readonly operationName: string | undefined;
  readonly cost: Cost;
  readonly errors?: undefined;
}

/** A request that must not be executed, and the errors that answer it. */
export interface Refused {
  readonly errors: readonly GraphQLFormattedError[];
  /** Whether it is a well-formed GraphQL request, however wrong its document is. */
  readonly isWellFormed: boolean;
  /** Its operation, if its document is valid. */
  readonly operation?: OperationDefinitionNode | undefined;
  /** Undefined: it was refused before its cost was estimated. */
  readonly cost?: Cost;
}

/** Decides which GraphQL requests are executed: by their form, document, limits, cost and calls on Amazon Connect. */
export class Admission {
  readonly #options: AdmissionOptions;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /**
   * Admits a request, or refuses it before anything runs.
   *
   * @param body parsed JSON of an HTTP request
   */
  admit(body: unknown): Admitted | Refused {
    const request = readGraphqlRequest(body);
    if (request instanceof GraphQLError) return this.#refuse(request, { isWellFormed: false });
    const { variables, operationName } = request;
    const { schema, limits, documents, limitCalls } = this.#options;
    const overflow = checkVariables(variables, limits);
    if (overflow !== undefined) return this.#refuse(overflow);
    const text = this.#textOf(request);
    if (text instanceof GraphQLError) return this.#refuse(text);
    const { document, refusals } = documents.read(text);
    if (refusals !== undefined) return { errors: refusals.map((each) => this.#format(each)), isWellFormed: true };
    const operation = getOperationAST(document, operationName);
    if (!operation) return this.#refuse(unknownOperation(operationName));
    if (!schema.getRootType(operation.operation)) return this.#refuse(notServed(operation));
    try {
      const estimated = estimateCost(schema, document, operation, variables);
      const cost = { estimated, most: limits.cost };
      if (estimated > limits.cost) return this.#refuse(tooExpensive(cost), { operation, cost });
      const tooManyCalls = limitCalls?.({ schema, document, operation, variables });
      if (tooManyCalls !== undefined) return this.#refuse(tooManyCalls, { operation, cost });
      return { text, document, operation, variables, operationName, cost };
    } catch (error) {
      // Estimating recurses, as reading does.
      if (error instanceof RangeError) return this.#refuse(tooDeep(limits));
      throw error;
    }
  }

  #textOf({ query, documentId }: GraphqlRequest): string | GraphQLError {
    const { persisted, onlyPersisted } = this.#options;
    if (query === undefined) {
      return (
        persisted.get(documentId ?? '') ??
        // Clients know this code, and send the whole query next.
        refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound: the manifest has no document of this id.')
      );
    }
    if (onlyPersisted && !persisted.has(query)) {
      return refusal(
        'PERSISTED_DOCUMENT_REQUIRED',
        'This gateway runs the documents of its manifest alone (PERSISTED_DOCUMENTS=only), and this is none of them. Name one by extensions.persistedQuery.sha256Hash or documentId.',
      );
    }
    if (documentId === undefined || hashOf(query) === documentId.replace(/^sha256:/, '')) return query;
    if (persisted.get(documentId) === query) return query;
    return refusal('BAD_REQUEST', 'The hash is not that of the query. Send the SHA-256 of its text, or leave it out.');
  }

  #refuse(error: GraphQLError, facts: Partial<Refused> = {}): Refused {
    return { isWellFormed: true, ...facts, errors: [this.#format({ error, locations: undefined })] };
  }

  /** Formats an error anew for each request, because it names the request. */
  #format({ error, locations }: Refusal): GraphQLFormattedError {
    return this.#options.formatError({ ...error.toJSON(), ...(locations && { locations }) }, error);
  }
}

function refusal(code: ResponseErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function unknownOperation(name: string | undefined): GraphQLError {
  return refusal(
    'OPERATION_RESOLUTION_FAILURE',
    name === undefined
      ? 'Must provide operation name if query contains multiple operations.'
      : `Unknown operation named "${name}".`,
  );
}

/** Validation accepts any field of an operation whose type the schema does not have. */
function notServed({ operation }: OperationDefinitionNode): GraphQLError {
  return refusal('BAD_REQUEST', `The schema has no ${operation} operations. Send a query or a mutation.`);
}

function tooExpensive({ estimated, most }: Cost): LimitExceededError {
  return new LimitExceededError(
    { limit: 'MAX_COST', most, actual: estimated },
    `The request would cost ${estimated}, of at most ${most}.`,
    'Ask for fewer items, or for less of each: a list counts once for each of its items.',
  );
}
