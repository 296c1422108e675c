/** How far a clock may be moved, in seconds: ten years, so that no instant leaves what dates can tell. */
export const MAX_OFFSET_SECONDS = 10 * 365 * 24 * 60 * 60;

/** A clock that can be moved while the program runs, so that schedules and expiries need not be waited for. */
export class AdjustableClock {
  readonly #base: () => number;
  #offsetMs = 0;

  /**
   * @param base the clock that it starts from, in milliseconds since the epoch
   */
  constructor(base: () => number) {
    this.#base = base;
  }

  /** The instant it shows, in milliseconds since the epoch. Bound, so that it can be handed on alone. */
  readonly now = (): number => this.#base() + this.#offsetMs;

  /** How far it is ahead of the clock that it started from. */
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
