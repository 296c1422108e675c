import { LRUCache } from 'lru-cache';
import type { CallOptions } from '../../connect/call.js';
import { type ConnectFault, endOf, isConnectFault } from '../../connect/errors.js';

/**
 * One call that several callers wait for. A caller can abort its own wait. The call is aborted when no caller is left.
 */
class SharedCall<Result> {
  readonly #stop = new AbortController();
  readonly #outcome: Promise<Result>;
  #waiting = 0;
  #isOver = false;

  /** @param call receives a signal that fires when no caller waits any longer */
  constructor(call: (signal: AbortSignal) => Promise<Result>) {
    // Starts in a later microtask, so the creator can register the call first.
    this.#outcome = Promise.resolve()
      .then(() => call(this.#stop.signal))
      .finally(() => {
        this.#isOver = true;
      });
    // Without callers, a rejection is of no interest.
    this.#outcome.catch(() => {});
  }

  /** Whether the call was aborted. A new caller then needs another call. */
  get isAbandoned(): boolean {
    return this.#stop.signal.aborted;
  }

  /**
   * Waits for the outcome.
   *
   * @throws the reason of the caller's own signal if it fires first; otherwise the error of the call
   */
  wait(signal?: AbortSignal): Promise<Result> {
    if (signal === undefined) {
      // Without a signal, a caller never aborts its wait.
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

/** A read that can be shared and cached. */
export interface Reading<Value, Subject> {
  /** Readings with equal keys share one answer. */
  readonly key: string;
  /** The subject of the read. Changes select the answers to drop by it. */
  readonly subject: Subject;
  readonly call: (options: CallOptions) => Promise<Value>;
  /** Returns other readings that the same answer also answers. */
  readonly alsoAnswers?: (value: Value) => readonly Pick<Reading<Value, Subject>, 'key' | 'subject'>[];
}

/** Options of the cache. */
export interface SharedReadsOptions {
  /** Time that an answer is fresh, in milliseconds from its arrival. */
  readonly ttlMs: number;
  /** Further time that a stale answer is returned while it is refreshed, in milliseconds. Default: 0. */
  readonly staleMs?: number;
  /** Maximum number of cached answers. The least recently used is dropped first. */
  readonly max: number;
  /** The clock of the policies, in milliseconds. */
  readonly now: () => number;
}

interface Kept<Subject> {
  readonly value: unknown;
  readonly subject: Subject;
  /** The instant from which the answer is refreshed when it is read. */
  readonly freshUntil: number;
  /** The instant from which the answer is not returned any longer. */
  readonly keptUntil: number;
}

interface Flight<Subject> {
  readonly call: SharedCall<unknown>;
  readonly subject: Subject;
  readonly options: CallOptions;
}

/** Deadline of a refresh, in milliseconds. It is long, because no caller waits for it. */
const REFRESH_WITHIN_MS = 30_000;

/**
 * Shares and caches reads. A read of a key that is being read waits for that read; a later one gets the cached answer.
 * Errors are not cached. Nor is null, because the missing thing may be created next.
 */
export class SharedReads<Subject> {
  readonly #kept: LRUCache<string, Kept<Subject>>;
  readonly #flights = new Map<string, Flight<Subject>>();
  readonly #refreshes = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  readonly #ttlMs: number;
  readonly #staleMs: number;
  readonly #now: () => number;

  constructor({ ttlMs, staleMs = 0, max, now }: SharedReadsOptions) {
    this.#ttlMs = ttlMs;
    this.#staleMs = staleMs;
    this.#now = now;
    this.#kept = new LRUCache({ max });
  }

  /** Returns the cached answer, or the outcome of a read that is in flight or starts now. */
  async read<Value>(reading: Reading<Value, Subject>, options: CallOptions = {}): Promise<Value> {
    if (options.signal?.aborted) throw endOf(options.signal);
    const kept = this.#kept.get(reading.key);
    const now = this.#now();
    if (kept !== undefined && now < kept.keptUntil) {
      if (now >= kept.freshUntil) this.#refresh(reading);
      return kept.value as Value;
    }
    return this.#join(reading, options);
  }

  /** Returns the outcome of a read that is in flight or starts now. */
  async #join<Value>(reading: Reading<Value, Subject>, options: CallOptions): Promise<Value> {
    const inFlight = this.#flights.get(reading.key);
    if (inFlight === undefined || inFlight.call.isAbandoned || waitsTooLong(inFlight.options, options)) {
      return this.#begin(reading, options);
    }
    try {
      return (await inFlight.call.wait(options.signal)) as Value;
    } catch (error) {
      if (!isOutOfTime(error, inFlight.options, options)) throw error;
      return this.read(reading, options);
    }
  }

  /** Returns an answer that is at most `ageMs` old, or the outcome of a read that is in flight or starts now. */
  async readNewer<Value>(reading: Reading<Value, Subject>, ageMs: number, options: CallOptions): Promise<Value> {
    const kept = this.#kept.peek(reading.key);
    const isOld = kept !== undefined && this.#now() - (kept.freshUntil - this.#ttlMs) > ageMs;
    return isOld ? this.#join(reading, options) : this.read(reading, options);
  }

  #begin<Value>(reading: Reading<Value, Subject>, options: CallOptions): Promise<Value> {
    const { key, subject } = reading;
    const call = new SharedCall(async (signal) => {
      try {
        const value = await reading.call({ ...options, signal });
        if (this.#flights.get(key) === flight) this.#keep(reading, value);
        return value;
      } finally {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
      }
    });
    const flight: Flight<Subject> = { call, subject, options };
    this.#flights.set(key, flight);
    return call.wait(options.signal);
  }

  /**
   * Drops the cached answers about something that changed. Reads of it that are in flight are neither cached nor joined
   * any longer, because they may have read the old state.
   */
  drop(isTouched: (subject: Subject) => boolean): void {
    for (const [key, { subject }] of this.#kept.entries()) if (isTouched(subject)) this.#kept.delete(key);
    for (const [key, { subject }] of this.#flights) if (isTouched(subject)) this.#flights.delete(key);
  }

  /** Aborts the refreshes of stale answers. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('The gateway is closing'));
    await Promise.allSettled(this.#refreshes);
  }

  #keep<Value>(reading: Reading<Value, Subject>, value: Value): void {
    if (value === null) {
      this.#kept.delete(reading.key);
      return;
    }
    const freshUntil = this.#now() + this.#ttlMs;
    const keptUntil = freshUntil + this.#staleMs;
    for (const { key, subject } of [...(reading.alsoAnswers?.(value) ?? []), reading]) {
      this.#kept.set(key, { value, subject, freshUntil, keptUntil });
    }
  }

  #refresh<Value>(reading: Reading<Value, Subject>): void {
    if (this.#flights.has(reading.key) || this.#closing.signal.aborted) return;
    const options = { signal: this.#closing.signal, deadline: this.#now() + REFRESH_WITHIN_MS };
    // After a failure the stale answer stays until it expires, and its next reader tries again.
    const refresh = this.#begin(reading, options).catch(() => {});
    this.#refreshes.add(refresh);
    refresh.finally(() => this.#refreshes.delete(refresh));
  }
}

/** Returns whether a mutation would wait for a read of a query. Reads of mutations go first, so it must not. */
function waitsTooLong(theirs: CallOptions, mine: CallOptions): boolean {
  return mine.purpose === 'MUTATION' && theirs.purpose !== 'MUTATION';
}

/** Errors that a short deadline can cause. */
const OUT_OF_TIME: readonly ConnectFault['code'][] = ['ThrottlingException', 'DeadlineExceeded', 'Cancelled'];

/** Returns whether a call failed for its caller's shorter deadline. A caller with more time then reads again. */
function isOutOfTime(error: unknown, theirs: CallOptions, mine: CallOptions): boolean {
  if (mine.signal?.aborted || theirs.deadline === undefined) return false;
  if (mine.deadline !== undefined && mine.deadline <= theirs.deadline) return false;
  return isConnectFault(error) && OUT_OF_TIME.includes(error.code);
}
