/**
 * How much of the bound is left under overload. The whole bound lets bursts pass; but whoever is let in behind that many
 * others waits for all of them, so that it must be far fewer while more keep coming (bench/overload.js).
 */
const OVERLOADED_SHARE = 1 / 16;

/** How long after the last refusal overload is over, in milliseconds. */
const CALM_MS = 500;

/** Decides whether one more request may be executed. */
export class Intake {
  readonly #max: number;
  readonly #now: () => number;
  #refusedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param max requests that may be executed at once
   * @param now a clock in milliseconds that never goes back. Omitted: the process's
   */
  constructor(max: number, now: () => number = () => performance.now()) {
    this.#max = max;
    this.#now = now;
  }

  /** @param underWay how many are being executed */
  admits(underWay: number): boolean {
    const isOverloaded = this.#now() - this.#refusedAt < CALM_MS;
    if (underWay < (isOverloaded ? Math.ceil(this.#max * OVERLOADED_SHARE) : this.#max)) return true;
    this.#refusedAt = this.#now();
    return false;
  }
}
