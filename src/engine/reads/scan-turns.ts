import type { CallOptions } from '../../connect/call.js';
import {
  type ConnectFault,
  DeadlineExceededError,
  endOf,
  ThrottlingError,
  UnavailableError,
} from '../../connect/errors.js';
import { Turns } from '../../util/turns.js';

/** How many scans may run and wait, and for how long. */
export interface ScanBounds {
  /** Maximum number of scans that run at once. Default: 2. */
  readonly atOnce?: number;
  /** Maximum number of scans that wait, of all callers. Default: 1,000. */
  readonly maxWaiting?: number;
  /** Maximum number of scans of one caller that wait. Default: 200: more than one request may ask for. */
  readonly maxWaitingOfCaller?: number;
  /** How long a scan may run, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
}

/** When a caller that has too many scans waiting may come again, in milliseconds. */
const RETRY_AFTER_MS = 1_000;

/** The gateway itself, where no caller is named. */
const OWN = '';

interface Waiting {
  readonly start: () => void;
}

/**
 * Lets reads that may go through many rows run a few at a time, callers taking turns, each within a time of its own. All
 * other reads and changes pass beside it.
 */
export class ScanTurns {
  readonly #bounds: Required<ScanBounds>;
  readonly #waiting = new Turns<Waiting>();
  /** Ends each scan that runs or waits. */
  readonly #endings = new Set<AbortController>();
  #isClosed = false;
  #running = 0;

  constructor(bounds: ScanBounds = {}) {
    this.#bounds = { atOnce: 2, maxWaiting: 1_000, maxWaitingOfCaller: 200, timeoutMs: 10_000, ...bounds };
  }

  /**
   * Runs a scan when it is its caller's turn.
   *
   * @param scan stops when the signal fires, and rejects then
   * @throws ThrottlingError when too many scans wait
   * @throws DeadlineExceededError when the scan takes too long
   * @throws UnavailableError after {@link close}, and what the caller's signal says when it fires
   */
  async run<Result>(options: CallOptions | undefined, scan: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const { signal: given, caller } = options ?? {};
    if (this.#isClosed) throw new UnavailableError();
    if (given?.aborted) throw endOf(given);
    const ending = new AbortController();
    const follow = () => ending.abort(given?.reason);
    given?.addEventListener('abort', follow, { once: true });
    this.#endings.add(ending);
    try {
      const turn = this.#turn(caller?.key ?? OWN, ending.signal);
      if (turn) await turn;
      return await this.#inTime(ending, scan);
    } finally {
      this.#endings.delete(ending);
      given?.removeEventListener('abort', follow);
    }
  }

  /** Ends what runs and what waits, and refuses any more. */
  close(): void {
    this.#isClosed = true;
    for (const ending of this.#endings) ending.abort(new UnavailableError());
  }

  async #inTime<Result>(ending: AbortController, scan: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const timer = setTimeout(() => ending.abort(new DeadlineExceededError()), this.#bounds.timeoutMs);
    try {
      ending.signal.throwIfAborted();
      return await scan(ending.signal);
    } catch (error) {
      // Whatever an interrupted scan rejects with, its caller learns why it was interrupted.
      throw ending.signal.aborted ? endOf(ending.signal) : error;
    } finally {
      clearTimeout(timer);
      this.#running--;
      this.#startNext();
    }
  }

  /** Takes a place among those that run, at once or when it is the caller's turn. */
  #turn(caller: string, signal: AbortSignal): Promise<void> | undefined {
    const { atOnce, maxWaiting, maxWaitingOfCaller } = this.#bounds;
    if (this.#running < atOnce) {
      this.#running++;
      return undefined;
    }
    if (this.#waiting.length >= maxWaiting || this.#waiting.lengthOf(caller) >= maxWaitingOfCaller) {
      throw new ThrottlingError(RETRY_AFTER_MS);
    }
    return new Promise((resolve, reject: (reason: ConnectFault) => void) => {
      const waiting = { start: resolve };
      this.#waiting.add(caller, waiting);
      signal.addEventListener('abort', () => {
        if (this.#waiting.remove(caller, waiting)) reject(endOf(signal));
      });
    });
  }

  #startNext(): void {
    while (this.#running < this.#bounds.atOnce) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#running++;
      next.start();
    }
  }
}
