import { hash } from 'node:crypto';
import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  type SourceLocation,
  specifiedRules,
  validate,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';
import type { FormatError } from '../format-error.js';
import { checkDocument, tooDeep, tooManyTokens } from '../limits/check-document.js';
import { LimitExceededError, type RequestLimits } from '../limits/limits.js';
import { isIntrospection } from '../limits/measure-document.js';
import { oneOfVariables } from './one-of-variables.js';

/**
 * Refuses introspection. `_service` is refused too, because its SDL is the whole schema: a router that composes by introspection
 * needs INTROSPECTION=on, others compose from schema/subgraph.graphql. Entities are data and stay.
 */
function noIntrospection(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      const name = node.name.value;
      if (!isIntrospection(name) && name !== '_service') return;
      context.reportError(
        new GraphQLError(
          `Introspection is off: ${name} is not available. Use schema/subgraph.graphql, or start the gateway with INTROSPECTION=on.`,
          { nodes: node },
        ),
      );
    },
  };
}

/** A document that may be executed, or why it may not. */
export type ReadDocument =
  | { readonly document: DocumentNode; readonly refusals?: undefined }
  | { readonly document?: undefined; readonly refusals: readonly Refusal[] };

/** Why a document may not be executed: an error that holds on to no document. */
export interface Refusal {
  readonly error: GraphQLError;
  /** Where in the text. */
  readonly locations: readonly SourceLocation[] | undefined;
}

/** A document in the cache, with the hash of its text. */
interface GoodDocument {
  readonly document: DocumentNode;
  readonly key: string;
}

/** Options of {@link DocumentReader}. */
export interface DocumentReaderOptions {
  readonly schema: GraphQLSchema;
  readonly limits: RequestLimits;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
  readonly formatError: FormatError;
}

/** How many documents are remembered, and characters of their texts: parsed, one takes some 60 times its text. */
const MOST_REMEMBERED = 2_000;
const MOST_REMEMBERED_CHARACTERS = 500_000;

/** The same for refusals, which hold no document. */
const MOST_REFUSED_CHARACTERS = 500_000;

/** Remembering an error takes this much beside its message, whatever was refused; a document can have 100 of them. */
const ERROR_CHARACTERS = 200;

/**
 * Reads documents: parses them, holds them against the limits, and validates them. The limits come before validation,
 * whose rules compare selections with each other. What was read is remembered, so that a document is neither checked nor
 * refused twice: a good one by its text, because a hash of it takes longer than the search, and a refusal by the hash,
 * because it must not hold the text.
 */
export class DocumentReader {
  readonly #options: DocumentReaderOptions;
  readonly #rules: readonly ValidationRule[];
  readonly #good = new LRUCache<string, GoodDocument>({
    max: MOST_REMEMBERED,
    maxSize: MOST_REMEMBERED_CHARACTERS,
    dispose: ({ key }) => this.#byHash.delete(key),
  });
  /** The documents of the cache by the hash of their texts. */
  readonly #byHash = new Map<string, DocumentNode>();
  readonly #refusals = new LRUCache<string, ReadDocument>({ max: MOST_REMEMBERED, maxSize: MOST_REFUSED_CHARACTERS });

  constructor(options: DocumentReaderOptions) {
    this.#options = options;
    this.#rules = [...specifiedRules, oneOfVariables, ...(options.introspection ? [] : [noIntrospection])];
  }

  /** Reads a document. */
  read(text: string): ReadDocument {
    const good = this.#good.get(text);
    if (good !== undefined) return good;
    const key = hashOf(text);
    const refused = this.#refusals.get(key);
    if (refused !== undefined) return refused;
    const read = this.#readAnew(text);
    // What is too large to remember is read anew each time; the limit on tokens keeps that cheap.
    if (read.document) return this.#remember(text, { document: read.document, key });
    this.#refusals.set(key, read, { size: sizeOf(read.refusals) });
    return read;
  }

  /** Returns a document that was read and is remembered, by the {@link hashOf} its text. */
  find(key: string): DocumentNode | undefined {
    return this.#byHash.get(key);
  }

  #remember(text: string, good: GoodDocument): GoodDocument {
    this.#good.set(text, good, { size: Math.max(1, text.length) });
    if (this.#good.has(text)) this.#byHash.set(good.key, good.document);
    return good;
  }

  #readAnew(text: string): ReadDocument {
    try {
      return this.#parsed(text);
    } catch (error) {
      // The parser, the measures and validation recurse: what is too deep for one of them is too deep.
      if (error instanceof RangeError) return this.#refused([tooDeep(this.#options.limits)]);
      throw error;
    }
  }

  #parsed(text: string): ReadDocument {
    const { schema, limits } = this.#options;
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: limits.tokens });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return this.#refused([tooManyTokens(error, limits) ?? coded(error, 'GRAPHQL_PARSE_FAILED')]);
    }
    const exceeded = checkDocument(document, limits);
    if (exceeded !== undefined) return this.#refused([exceeded]);
    const errors = validate(schema, document, this.#rules);
    if (errors.length === 0) return { document };
    return this.#refused(errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')));
  }

  #refused(errors: readonly GraphQLError[]): ReadDocument {
    return { refusals: errors.map((error) => this.#detached(error)) };
  }

  /** Its code is settled here, since it depends on the nodes that an error is about, which lead to the whole document. */
  #detached(error: GraphQLError): Refusal {
    if (error instanceof LimitExceededError) return { error, locations: undefined };
    const { message, locations, extensions } = this.#options.formatError(error.toJSON(), error);
    return { error: new GraphQLError(message, { extensions: { code: extensions?.code } }), locations };
  }
}

/** What refusals take in memory, in characters of a document's text. */
function sizeOf(refusals: readonly Refusal[]): number {
  return refusals.reduce((size, { error }) => size + ERROR_CHARACTERS + error.message.length, 0);
}

/** SHA-256 in hexadecimal digits, by which clients name documents too. */
export function hashOf(text: string): string {
  return hash('sha256', text, 'hex');
}

function coded({ message, nodes, source, positions }: GraphQLError, code: ResponseErrorCode): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code },
  });
}
