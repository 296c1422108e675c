import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { ResponseErrorCode } from '../graphql/errors/response-codes.js';
import { estimateCost } from './cost/estimate-cost.js';
import { DocumentReader, hashOf, type Refusal } from './documents/document-reader.js';
import type { PersistedDocuments } from './documents/persisted-documents.js';
import type { FormatError } from './format-error.js';
import { tooDeep } from './limits/check-document.js';
import { judgeVariables } from './limits/check-variables.js';
import { LimitExceededError, type RequestLimits } from './limits/limits.js';

/** How requests are judged before they run. */
export interface RequestJudgeOptions {
  readonly schema: GraphQLSchema;
  readonly limits: RequestLimits;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
  /** Documents that clients may name. */
  readonly persisted: PersistedDocuments;
  /** Whether those alone are taken. */
  readonly onlyPersisted: boolean;
  readonly formatError: FormatError;
}

/** A request as it came, its shape checked by nobody yet. */
export interface Asked {
  readonly query?: unknown;
  /** The id of a persisted document, beside or instead of the query. */
  readonly documentId?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/** What became of a request. */
export type Judged =
  | { readonly text: string; readonly document: DocumentNode; readonly cost: number; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLFormattedError[] };

/** Judges requests before anything runs: variables, persisted documents, limits, validity and cost. */
export class RequestJudge {
  readonly #options: RequestJudgeOptions;
  readonly #reader: DocumentReader;

  constructor(options: RequestJudgeOptions) {
    this.#options = options;
    this.#reader = new DocumentReader(options);
  }

  /** @returns undefined for a request that names no document at all, in any way */
  judge(asked: Asked): Judged | undefined {
    const { schema, limits } = this.#options;
    const variables = isObject(asked.variables) ? asked.variables : {};
    const overflow = judgeVariables(variables, limits);
    if (overflow !== undefined) return this.#refuse(overflow);
    const text = this.#textOf(asked);
    if (text === undefined) return undefined;
    if (text instanceof GraphQLError) return this.#refuse(text);
    const { document, refusals } = this.#reader.read(text);
    if (refusals !== undefined) return { errors: refusals.map((refusal) => this.#told(refusal)) };
    const operation = getOperationAST(document, typeof asked.operationName === 'string' ? asked.operationName : null);
    // Which one is meant is not clear: none will run.
    if (!operation) return { text, document, cost: 0 };
    try {
      const cost = estimateCost(schema, document, operation, variables);
      return cost > limits.cost ? this.#refuse(tooExpensive(cost, limits.cost)) : { text, document, cost };
    } catch (error) {
      // It recurses, as reading does.
      if (error instanceof RangeError) return this.#refuse(tooDeep(limits));
      throw error;
    }
  }

  #textOf({ query, documentId }: Asked): string | GraphQLError | undefined {
    const { persisted, onlyPersisted } = this.#options;
    const text = typeof query === 'string' && query !== '' ? query : undefined;
    if (text !== undefined && onlyPersisted && !persisted.has(text)) {
      return refusal(
        'PERSISTED_DOCUMENT_REQUIRED',
        'This gateway runs the documents of its manifest alone (PERSISTED_DOCUMENTS=only), and this is none of them. Name one by extensions.persistedQuery.sha256Hash or documentId.',
      );
    }
    if (typeof documentId !== 'string') return text;
    if (text !== undefined) {
      if (hashOf(text) === documentId.replace(/^sha256:/, '') || persisted.get(documentId) === text) return text;
      return refusal(
        'BAD_REQUEST',
        'The hash is not that of the query. Send the SHA-256 of its text, or leave it out.',
      );
    }
    return (
      persisted.get(documentId) ??
      // Clients know this code, and send the whole query next.
      refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound: the manifest has no document of this id.')
    );
  }

  #refuse(error: GraphQLError): Judged {
    return { errors: [this.#told({ error, locations: undefined })] };
  }

  /** What a client is told is made anew for each request, and not remembered with the refusal: it may name the request. */
  #told({ error, locations }: Refusal): GraphQLFormattedError {
    return this.#options.formatError({ ...error.toJSON(), ...(locations && { locations }) }, error);
  }
}

function refusal(code: ResponseErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function tooExpensive(cost: number, most: number): LimitExceededError {
  return new LimitExceededError(
    { limit: 'MAX_COST', most, actual: cost },
    `The request would cost ${cost}, of at most ${most}.`,
    'Ask for fewer items, or for less of each: a list counts once for each of its items.',
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
