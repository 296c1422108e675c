const MINUTE_MS = 60_000;

/** Limits how often an event is reported, and counts the events that are left out. */
export class ReportLimit {
  readonly #perMinute: number;
  readonly #elapsed: () => number;
  #windowFrom = Number.NEGATIVE_INFINITY;
  #reported = 0;
  #leftOut = 0;

  /**
   * @param perMinute maximum number of reports a minute
   * @param elapsed a clock in milliseconds that never goes back. Default: the process's
   */
  constructor(perMinute: number, elapsed: () => number = () => performance.now()) {
    this.#perMinute = perMinute;
    this.#elapsed = elapsed;
  }

  /**
   * Calls `write` for an event, unless the limit is reached.
   *
   * @param write receives the number of events that were left out since the last report
   */
  report(write: (leftOut: number) => void): void {
    const now = this.#elapsed();
    if (now - this.#windowFrom >= MINUTE_MS) {
      this.#windowFrom = now;
      this.#reported = 0;
    }
    if (this.#reported >= this.#perMinute) {
      this.#leftOut++;
      return;
    }
    this.#reported++;
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    write(leftOut);
  }
}
