import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';

/** Names of the settings that bound a request. */
export type LimitName =
  | 'MAX_VARIABLE_VALUES'
  | 'MAX_VARIABLE_MEMBERS'
  | 'MAX_TOKENS'
  | 'MAX_DEPTH'
  | 'MAX_ALIASES'
  | 'MAX_DIRECTIVES'
  | 'MAX_COST';

/** Extensions of a refusal beside its code. */
export interface LimitFacts {
  /** The setting that states the limit. */
  readonly limit: LimitName;
  readonly most: number;
  /** Value of the request. Absent if counting stopped at the limit. */
  readonly actual?: number;
}

/** A request exceeds a limit. */
export class LimitExceededError extends GraphQLError {
  readonly facts: LimitFacts;

  /**
   * @param what sentence with the limit and its unit: "The document has more than 5000 tokens."
   * @param advice sentence on what to do
   */
  constructor(facts: LimitFacts, what: string, advice: string) {
    super(`${what} ${advice}`, {
      extensions: { code: 'LIMIT_EXCEEDED' satisfies ResponseErrorCode },
    });
    this.facts = facts;
  }
}

/** Limits on one request, which are checked before it is executed. */
export interface RequestLimits {
  /** Maximum number of values in the variables, including those within lists and objects. */
  readonly variableValues: number;
  /** Maximum number of members of one object in the variables. GraphQL.js compares each unknown one with all of its type. */
  readonly variableMembers: number;
  /**
   * Maximum number of tokens of a document. The ready operations have some 100, GraphiQL's introspection some 300. Only a
   * creation with all its attributes as literals needs more.
   */
  readonly tokens: number;
  /** Maximum depth of fields, without introspection, and of values within a variable. */
  readonly depth: number;
  /** Maximum number of aliases of an operation. Those of a fragment count for each spread. */
  readonly aliases: number;
  /** Maximum number of directives of an operation. Those of a fragment count for each spread. */
  readonly directives: number;
  /** Maximum estimated cost, by @cost and @listSize. */
  readonly cost: number;
  /** Maximum bytes of an answer as JSON, measured while it is made. */
  readonly answerBytes: number;
  /** Maximum bytes of all answers that are being made, those below 64 KiB not counted. */
  readonly answerBytesInProgress: number;
}
