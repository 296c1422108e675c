import type { Rate } from '../../../connect/rates.js';
import { type Bucket, type Taken, takeTokens } from '../../../connect/token-bucket.js';
import type { Clock } from '../../clock.js';
import type { PolicyEvents } from '../../events.js';

/** The source of the budget's tokens: this process, or a store that replicas share. */
export interface Tokens {
  /**
   * Takes the available tokens, up to `wanted`. It does not throw.
   *
   * @param key the bucket's key: the operation and the scope that it counts for
   */
  take(key: string, rate: Rate, wanted: number): Promise<Taken>;
  /** Releases all resources. */
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

  /** Empties a bucket, because other replicas may have used its tokens. */
  empty(key: string): void {
    this.#buckets.set(key, { thousandths: 0, at: this.#now() });
  }

  async close(): Promise<void> {}
}

/** Buckets that several replicas share. */
export interface SharedBuckets {
  /**
   * Takes tokens as {@link Tokens} do, in one atomic step.
   *
   * @param isEmpty whether to treat the bucket as empty, regardless of its content
   * @throws an error if the store is unavailable
   */
  take(key: string, rate: Rate, wanted: number, isEmpty: boolean): Promise<Taken>;
  close(): Promise<void>;
}

/** The parts of {@link SharedTokens}. */
export interface SharedTokensParts {
  readonly buckets: SharedBuckets;
  readonly replicas: number;
  readonly clock: Clock;
  readonly events: PolicyEvents;
}

/** Time without the store after a failure, in milliseconds, before it is used again. */
const AWAY_MS = 5_000;

/**
 * Tokens that replicas share. While the store is unavailable, each replica uses its share of the rate. Decision: after
 * a change of the source every bucket begins empty, because its tokens may have been used at the other source.
 */
export class SharedTokens implements Tokens {
  readonly #parts: SharedTokensParts;
  readonly #own: OwnTokens;
  /** The keys of buckets that were used since the last change of the source. */
  readonly #used = new Set<string>();
  /** Whether the store was unavailable before. Its buckets are then outdated. */
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

/**
 * Returns a replica's share of a rate. The burst is at least 1, because the replica could not call at all otherwise.
 */
export function shareOf({ perSecond, burst }: Rate, replicas: number): Rate {
  return { perSecond: perSecond / replicas, burst: Math.max(1, Math.floor(burst / replicas)) };
}
