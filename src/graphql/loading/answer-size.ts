import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../errors/response-codes.js';

/**
 * Contacts that the chains of one answer may list. A page of 100 contacts with their chains, each full, is 1,300; but
 * each further nesting of chains multiplies by 13, and a query of a few lines would fill the memory.
 */
const MAX_LISTED = 2_500;

/** Counts the contacts that one answer lists. */
export class AnswerSize {
  #listed = 0;

  /**
   * Counts further contacts.
   *
   * @throws GraphQLError if the answer becomes too large
   */
  list<Item>(items: readonly Item[]): readonly Item[] {
    this.#listed += items.length;
    if (this.#listed <= MAX_LISTED) return items;
    throw new GraphQLError(
      `The answer is too large: its chains list more than ${MAX_LISTED} contacts. Ask for fewer contacts, or nest chains less deep.`,
      { extensions: { code: 'ANSWER_TOO_LARGE' satisfies ResponseErrorCode } },
    );
  }
}
