/** Maximum offset of a clock, in seconds: ten years, so that every instant stays a valid date. */
export const MAX_OFFSET_SECONDS = 10 * 365 * 24 * 60 * 60;

/** A clock that can be moved while the program runs, to try schedules and expiries without waiting. */
export class AdjustableClock {
  readonly #base: () => number;
  #offsetMs = 0;

  /**
   * @param base the clock it starts from, in milliseconds since the epoch
   */
  constructor(base: () => number) {
    this.#base = base;
  }

  /** Returns the current instant, in milliseconds since the epoch. Bound, so that it can be passed alone. */
  readonly now = (): number => this.#base() + this.#offsetMs;

  /** Seconds ahead of the base clock. */
  get offsetSeconds(): number {
    return this.#offsetMs / 1000;
  }

  /**
   * @throws RangeError beyond {@link MAX_OFFSET_SECONDS} either way
   */
  set offsetSeconds(seconds: number) {
    if (!(Math.abs(seconds) <= MAX_OFFSET_SECONDS)) throw new RangeError(`The offset is ${seconds} s`);
    this.#offsetMs = Math.round(seconds * 1000);
  }
}
