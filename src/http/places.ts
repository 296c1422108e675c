import { LRUCache } from 'lru-cache';
import { Intake, type IntakeOptions } from './intake.js';

/** A caller may take a place while it has fewer than this many times the free ones, so at most three quarters of all. */
const SHARE = 3;

/** Maximum number of callers without a request that are remembered, so that overload by one of them continues. */
const IDLE_CALLERS = 1_000;

/** Time in milliseconds after which a lowered share is whole again, unless its caller was refused since. */
const WATCH_MS = 1_000;

/** The places of one caller. */
interface CallerPlaces {
  count: number;
  readonly intake: Intake;
}

/**
 * The places of requests that are being executed. Each caller has a share of them, so that another one always finds a place:
 * it never has the whole bound, and overload that it causes lowers its own share alone.
 */
export class Places {
  /** Decides about all requests together. */
  readonly whole: Intake;
  readonly #options: IntakeOptions;
  readonly #callers: LRUCache<string, CallerPlaces>;
  readonly #now: () => number;
  /** Until when each request is checked against the share of its caller, however few requests there are. */
  #watchedUntil = Number.NEGATIVE_INFINITY;
  #count = 0;

  constructor(options: IntakeOptions) {
    this.whole = new Intake(options);
    this.#now = options.now ?? (() => performance.now());
    // A caller that reaches its share begins overload of its own.
    this.#options = { ...options, max: Math.ceil((options.max * SHARE) / (SHARE + 1)) };
    this.#callers = new LRUCache({ max: options.max + IDLE_CALLERS });
  }

  /** How many requests are being executed. One whose client has disconnected counts until its work has ended. */
  get count(): number {
    return this.#count;
  }

  /**
   * Checks whether there is a place for one more request.
   *
   * @param callerOf returns the key of its caller, undefined if that is not known yet; called only if it matters
   * @returns the intake that refuses it; undefined: there is a place
   */
  refusal(callerOf: () => string | undefined): Intake | undefined {
    if (!this.whole.admits(this.#count)) return this.whole;
    const room = SHARE * (this.whole.limit - this.#count);
    // Even a caller with all of the requests has room.
    if (this.#count < room && this.#now() >= this.#watchedUntil) return undefined;
    const caller = callerOf();
    const places = caller === undefined ? undefined : this.#callers.get(caller);
    if (places === undefined) return undefined;
    if (places.intake.admits(places.count) && places.count < room) return undefined;
    this.#watchedUntil = this.#now() + WATCH_MS;
    return places.intake;
  }

  /** Takes a place for a caller, which {@link leave} gives back. @returns the intake that refuses it, if there is none */
  take(caller: string): Intake | undefined {
    const refusal = this.refusal(() => caller);
    if (refusal !== undefined) return refusal;
    const places = this.#callers.get(caller);
    if (places === undefined) this.#callers.set(caller, { count: 1, intake: new Intake(this.#options) });
    else places.count += 1;
    this.#count += 1;
    return undefined;
  }

  leave(caller: string): void {
    this.#count -= 1;
    const places = this.#callers.get(caller);
    if (places !== undefined) places.count -= 1;
  }
}
