import type { Rate } from '../../../connect/rates.js';
import { type Bucket, type Taken, takeTokens } from '../../../connect/token-bucket.js';
import type { Clock } from '../../clock.js';
import type { PolicyEvents } from '../../events.js';

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

/** Buckets that several replicas take from. */
export interface SharedBuckets {
  /**
   * Takes from a bucket as {@link Tokens} do, in one step that nobody else comes between.
   *
   * @param isEmpty whatever the bucket says it holds: count from nothing
   * @throws an error where the store cannot be used
   */
  take(key: string, rate: Rate, wanted: number, isEmpty: boolean): Promise<Taken>;
  close(): Promise<void>;
}

/** What {@link SharedTokens} are made of. */
export interface SharedTokensParts {
  readonly buckets: SharedBuckets;
  readonly replicas: number;
  readonly clock: Clock;
  readonly events: PolicyEvents;
}

/** How long to do without a store that failed before it is asked again, in milliseconds. */
const AWAY_MS = 5_000;

/**
 * Tokens that replicas share. While the store is away, each replica keeps to its part of the rate. A bucket begins empty
 * wherever its tokens come from anew, here or there (our decision): what it would hold was perhaps used on the other side.
 */
export class SharedTokens implements Tokens {
  readonly #parts: SharedTokensParts;
  readonly #own: OwnTokens;
  /** The buckets that were used since the tokens last came from elsewhere. */
  readonly #used = new Set<string>();
  /** Whether the store was away before now: what it holds is not to be trusted then. */
  #wasAway = false;
  #awayUntil: number | undefined;

  constructor(parts: SharedTokensParts) {
    this.#parts = parts;
    this.#own = new OwnTokens(parts.clock.now);
  }

  async take(key: string, rate: Rate, wanted: number): Promise<Taken> {
    const { buckets, clock } = this.#parts;
    if (this.#awayUntil === undefined || clock.now() >= this.#awayUntil) {
      try {
        const isNew = !this.#used.has(key);
        const taken = await buckets.take(key, rate, wanted, this.#wasAway && (this.#awayUntil !== undefined || isNew));
        this.#back();
        this.#used.add(key);
        return taken;
      } catch (error) {
        this.#lost(error);
      }
    }
    return this.#takeOwn(key, rate, wanted);
  }

  close(): Promise<void> {
    return this.#parts.buckets.close();
  }

  #takeOwn(key: string, rate: Rate, wanted: number): Promise<Taken> {
    if (!this.#used.has(key)) this.#own.empty(key);
    this.#used.add(key);
    return this.#own.take(key, shareOf(rate, this.#parts.replicas), wanted);
  }

  #back(): void {
    if (this.#awayUntil === undefined) return;
    this.#awayUntil = undefined;
    this.#used.clear();
    this.#parts.events.onSharedBudget?.({ away: false });
  }

  #lost(error: unknown): void {
    const isNews = this.#awayUntil === undefined;
    this.#awayUntil = this.#parts.clock.now() + AWAY_MS;
    if (!isNews) return;
    this.#wasAway = true;
    this.#used.clear();
    this.#parts.events.onSharedBudget?.({ away: true, error });
  }
}

/** A replica's part of a rate: a burst of one at least, since without any it could not call at all. */
export function shareOf({ perSecond, burst }: Rate, replicas: number): Rate {
  return { perSecond: perSecond / replicas, burst: Math.max(1, Math.floor(burst / replicas)) };
}
