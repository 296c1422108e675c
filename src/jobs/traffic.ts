/** Requests within {@link WINDOW_MS} from which on they count as traffic that jobs make way for. */
const REQUESTS = 4;

/** In milliseconds. */
const WINDOW_MS = 500;

/**
 * The latest requests of other callers. A few in a second, such as someone's look at the progress of a job, leave the process
 * idle; more than that are people who wait.
 */
export class Traffic {
  readonly #times = new Float64Array(REQUESTS).fill(Number.NEGATIVE_INFINITY);
  #next = 0;

  /** Takes note of a request. */
  note(): void {
    this.#times[this.#next] = performance.now();
    this.#next = (this.#next + 1) % REQUESTS;
  }

  /** Whether requests come so often that jobs make way for them. */
  get isDense(): boolean {
    // The next place holds the oldest time.
    return performance.now() - (this.#times[this.#next] as number) < WINDOW_MS;
  }
}
