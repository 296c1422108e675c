import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';

/** The settings that bound a request, as a refusal names them. */
export type LimitName =
  | 'MAX_VARIABLE_VALUES'
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
      // The status is what Apollo Server asks of an error that is found before anything runs.
      extensions: { code: 'LIMIT_EXCEEDED' satisfies ResponseErrorCode, http: { status: 400 } },
    });
    this.facts = facts;
  }
}
