import type { Rate } from '../../../connect/rates.js';
import { type Bucket, type Taken, takeTokens } from '../../../connect/token-bucket.js';

/** Where the tokens of the budget are: in this process, or where replicas share them. */
export interface Tokens {
  /**
   * Takes as many tokens as there are, up to those wanted. It does not throw.
   *
   * @param key names the bucket: the operation, and the scope that it is counted for
   */
  take(key: string, rate: Rate, wanted: number): Promise<Taken>;
  /** Lets go of what is held open. */
  close(): Promise<void>;
}

/** The buckets of this process. */
export class OwnTokens implements Tokens {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async take(key: string, rate: Rate, wanted: number): Promise<Taken> {
    const taken = takeTokens(this.#buckets.get(key), rate, wanted, this.#now());
    this.#buckets.set(key, taken.bucket);
    return taken;
  }

  /** Empties a bucket: what it holds may have been used elsewhere. */
  empty(key: string): void {
    this.#buckets.set(key, { thousandths: 0, at: this.#now() });
  }

  async close(): Promise<void> {}
}
