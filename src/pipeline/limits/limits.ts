import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';

/** The settings that bound a request, as a refusal names them. */
export type LimitName =
  | 'MAX_VARIABLE_VALUES'
  | 'MAX_VARIABLE_MEMBERS'
  | 'MAX_TOKENS'
  | 'MAX_DEPTH'
  | 'MAX_ALIASES'
  | 'MAX_DIRECTIVES'
  | 'MAX_COST';

/** What a refusal tells beside its code. */
export interface LimitFacts {
  /** The setting that states the limit. */
  readonly limit: LimitName;
  readonly most: number;
  /** What came. Omitted: counting stopped at the limit. */
  readonly actual?: number;
}

/** A request asks for more than it may. */
export class LimitExceededError extends GraphQLError {
  readonly facts: LimitFacts;

  /**
   * @param what has the limit, with its unit: "The document has more than 5000 tokens."
   * @param advice what to do
   */
  constructor(facts: LimitFacts, what: string, advice: string) {
    super(`${what} ${advice}`, {
      extensions: { code: 'LIMIT_EXCEEDED' satisfies ResponseErrorCode },
    });
    this.facts = facts;
  }
}

/** What one request may ask for. All of it is checked before anything runs. */
export interface RequestLimits {
  /** Values in the variables, those within lists and objects included. */
  readonly variableValues: number;
  /** Members of one object within the variables: GraphQL.js compares each unknown one with all that the schema has. */
  readonly variableMembers: number;
  /**
   * Tokens of a document. The ready operations have some 100, GraphiQL's introspection some 300; a creation that is
   * written out with all the attributes that have room is what needs more.
   */
  readonly tokens: number;
  /** Fields within fields, introspection aside, and values within values of a variable. */
  readonly depth: number;
  /** Aliases of an operation, those of a fragment once for each spread. */
  readonly aliases: number;
  /** Directives of an operation, those of a fragment once for each spread. */
  readonly directives: number;
  /** Estimated cost, by @cost and @listSize. */
  readonly cost: number;
  /** Bytes of an answer as JSON, measured while it is made. */
  readonly answerBytes: number;
}
