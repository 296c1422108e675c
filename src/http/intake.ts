/**
 * Part of the bound that is left when overload begins. The whole bound lets bursts pass, but each request waits for all that
 * were admitted before it, so that far fewer are admitted while more keep coming (bench/overload.js).
 */
const OVERLOADED_SHARE = 1 / 16;

/** Time in milliseconds between two steps by which a lowered bound is raised again. Each step doubles it. */
const STEP_MS = 100;

/** Time in milliseconds before the first step, after which the load of the process has been measured. */
const CALM_MS = 300;

/** Time in milliseconds in which refused clients come back, by Retry-After. */
const WINDOW_MS = 1_000;

/** Refused clients that may come back in one second, as a part of the bound. */
const RETURNING_SHARE = 1 / 4;

/** Longest Retry-After, in seconds. */
const MAX_RETRY_AFTER_S = 5;

/** Options of {@link Intake}. */
export interface IntakeOptions {
  /** Requests that may be executed at once. */
  readonly max: number;
  /** Whether the process has no CPU time left. A slow service behind the gateway is no reason to admit fewer. */
  readonly isBusy: () => boolean;
  /** A clock in milliseconds that never goes back. Default: the process's. */
  readonly now?: () => number;
}

/**
 * Decides whether one more request may be executed.
 *
 * A request that finds the whole bound taken begins overload: a sixteenth of the bound is left. It is doubled step by step,
 * except while more requests come than there are places and the process has no time left. Refusals below the whole bound
 * only count as demand: they do not begin overload anew, or it would never end.
 */
export class Intake {
  readonly #max: number;
  readonly #isBusy: () => boolean;
  readonly #now: () => number;
  readonly #refusals: RecentCount;
  #limit: number;
  /** When the last step was taken. */
  #steppedAt = 0;
  #turn = 0;

  constructor({ max, isBusy, now = () => performance.now() }: IntakeOptions) {
    this.#max = max;
    this.#isBusy = isBusy;
    this.#now = now;
    this.#limit = max;
    this.#refusals = new RecentCount(WINDOW_MS);
  }

  /** @param underWay requests that are being executed */
  admits(underWay: number): boolean {
    if (this.#limit === this.#max && underWay < this.#max) return true;
    const now = this.#now();
    this.#step(now, underWay);
    if (underWay < this.#limit) return true;
    if (underWay >= this.#max) {
      this.#limit = Math.ceil(this.#max * OVERLOADED_SHARE);
      this.#steppedAt = now + CALM_MS - STEP_MS;
    }
    this.#refusals.add(now);
    return false;
  }

  /** Requests that may be executed at the moment. */
  get limit(): number {
    return this.#limit;
  }

  /**
   * Returns when a refused client may come back, in whole seconds. The more are refused, the longer the time over which
   * they are spread, since all at once would be the next burst.
   */
  retryAfterSeconds(): number {
    const spread = Math.floor(this.#refusals.at(this.#now()) / Math.max(1, this.#max * RETURNING_SHARE));
    return 1 + (this.#turn++ % Math.min(MAX_RETRY_AFTER_S, 1 + spread));
  }

  /** Takes the steps that are due. */
  #step(now: number, underWay: number): void {
    const steps = Math.floor((now - this.#steppedAt) / STEP_MS);
    if (steps <= 0) return;
    if (underWay + this.#refusals.at(now) > this.#max && this.#isBusy()) return;
    this.#limit = Math.min(this.#max, this.#limit * 2 ** steps);
    this.#steppedAt = now;
  }
}

/** Counts events of about the last `windowMs` milliseconds, by two counters. */
class RecentCount {
  readonly #windowMs: number;
  #startedAt = Number.NEGATIVE_INFINITY;
  #present = 0;
  #before = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  add(now: number): void {
    this.#turn(now);
    this.#present++;
  }

  at(now: number): number {
    this.#turn(now);
    const rest = 1 - (now - this.#startedAt) / this.#windowMs;
    return this.#present + this.#before * rest;
  }

  #turn(now: number): void {
    const windows = Math.floor((now - this.#startedAt) / this.#windowMs);
    if (windows < 1) return;
    this.#before = windows === 1 ? this.#present : 0;
    this.#present = 0;
    this.#startedAt = windows === 1 ? this.#startedAt + this.#windowMs : now;
  }
}
