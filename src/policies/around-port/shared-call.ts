import { endOf } from '../../connect/errors.js';

/**
 * One call that several callers wait for. Who hangs up leaves alone; when the last one has left, the call is told to stop.
 */
export class SharedCall<Result> {
  readonly #stop = new AbortController();
  readonly #outcome: Promise<Result>;
  #waiting = 0;
  #isOver = false;

  /**
   * @param call is given the signal that fires when nobody waits any more
   */
  constructor(call: (signal: AbortSignal) => Promise<Result>) {
    // Never at once: whoever makes it can take note of it first.
    this.#outcome = Promise.resolve()
      .then(() => call(this.#stop.signal))
      .finally(() => {
        this.#isOver = true;
      });
    // Where everybody has left, nobody is there to be told.
    this.#outcome.catch(() => {});
  }

  /** Whether it was told to stop: whoever comes now needs another call. */
  get isAbandoned(): boolean {
    return this.#stop.signal.aborted;
  }

  /**
   * Waits for the outcome.
   *
   * @throws what the caller's own signal says when that fires; otherwise what the call throws
   */
  wait(signal?: AbortSignal): Promise<Result> {
    if (signal === undefined) {
      // It never leaves.
      this.#waiting++;
      return this.#outcome;
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting--;
        if (this.#waiting === 0 && !this.#isOver) this.#stop.abort(signal.reason);
        reject(endOf(signal));
      };
      this.#waiting++;
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener('abort', leave, { once: true });
      this.#outcome.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }
}
