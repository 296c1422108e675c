import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../errors/response-codes.js';

/**
 * Contacts that the chains of one answer may list. A page of 100 contacts with their chains, each full, is 1,300; but
 * each further nesting of chains multiplies by 13, and a query of a few lines would fill the memory.
 */
const MAX_LISTED = 2_500;

/** Bytes of an answer that are not counted among those of all answers: most have no more. */
const SMALL_BYTES = 65_536;

/** The bytes of all large answers that are being made. */
export class AnswerBudget {
  readonly #maxBytes: number;
  #bytes = 0;

  /** @param maxBytes bytes that all of them may have together (MAX_ANSWER_BYTES_IN_PROGRESS) */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes bytes. @returns false if that many are not left; then none are taken */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > this.#maxBytes) return false;
    this.#bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/** Measures one answer while it is made, so that one that is too large is given up before it takes the memory. */
export class AnswerSize {
  readonly #maxBytes: number;
  #bytes = 0;
  #loadedBytes = 0;
  #listed = 0;
  readonly #budget: AnswerBudget | undefined;
  /** Bytes that it has taken of the budget. */
  #taken = 0;
  #isOverBudget = false;
  #isRefused = false;

  /**
   * @param maxBytes bytes that the answer may have as JSON (MAX_ANSWER_BYTES)
   * @param budget of all answers. Default: no bound
   */
  constructor(maxBytes: number, budget?: AnswerBudget) {
    this.#maxBytes = maxBytes;
    this.#budget = budget;
  }

  /** Whether the answer has become too large. */
  get isExceeded(): boolean {
    return this.#isOverBudget || this.#bytes > this.#maxBytes || this.#loadedBytes > this.#maxBytes;
  }

  /** Whether an error has said so. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Counts further bytes. @returns whether the answer is still small enough */
  add(bytes: number): boolean {
    this.#bytes += bytes;
    return this.#bytes <= this.#maxBytes && this.#isWithinBudget();
  }

  /** Bytes that may still be loaded for the answer. */
  get roomToLoad(): number {
    return Math.max(0, this.#maxBytes - this.#loadedBytes);
  }

  /**
   * Counts what was loaded for the answer, whether or not it is answered: as many bytes as the answer may have.
   *
   * @returns whether it is still small enough
   */
  load(bytes: number): boolean {
    this.#loadedBytes += bytes;
    return this.#loadedBytes <= this.#maxBytes && this.#isWithinBudget();
  }

  /** Ends the measuring: the answer is made. */
  end(): void {
    this.#budget?.give(this.#taken);
    this.#taken = 0;
  }

  #isWithinBudget(): boolean {
    const wanted = this.#bytes + this.#loadedBytes - this.#taken;
    if (this.#budget === undefined || wanted <= SMALL_BYTES) return !this.#isOverBudget;
    if (this.#isOverBudget || !this.#budget.take(wanted)) {
      this.#isOverBudget = true;
      return false;
    }
    this.#taken += wanted;
    return true;
  }

  /** Returns the error of an answer that has become too large. */
  refuse(): GraphQLError {
    this.#isRefused = true;
    if (this.#isOverBudget) {
      return tooLarge('the gateway makes too many large answers at this moment. Retry in a second, or ask for less');
    }
    const what = this.#bytes > this.#maxBytes ? 'it has' : 'what it reads has';
    return tooLarge(
      `${what} more than ${this.#maxBytes} bytes (MAX_ANSWER_BYTES). Ask for fewer contacts, or for less of each`,
    );
  }

  /**
   * Counts further contacts of chains.
   *
   * @throws GraphQLError if the chains list too many
   */
  list<Item>(items: readonly Item[]): readonly Item[] {
    this.#listed += items.length;
    if (this.#listed <= MAX_LISTED) return items;
    throw tooLarge(
      `its chains list more than ${MAX_LISTED} contacts. Ask for fewer contacts, or nest chains less deep`,
    );
  }
}

function tooLarge(why: string): GraphQLError {
  return new GraphQLError(`The answer is too large: ${why}.`, {
    extensions: { code: 'ANSWER_TOO_LARGE' satisfies ResponseErrorCode },
  });
}
