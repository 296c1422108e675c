import { LRUCache } from 'lru-cache';
import type { CallOptions } from '../../connect/call.js';
import { type ConnectFault, endOf, isConnectFault } from '../../connect/errors.js';

/**
 * One call that several callers wait for. Who hangs up leaves alone; when the last one has left, the call is told to stop.
 */
class SharedCall<Result> {
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

/** Something that is read, by whatever call. */
export interface Reading<Value, Subject> {
  /** Two readings of one key have one answer. */
  readonly key: string;
  /** What it is about: changes find it by that. */
  readonly subject: Subject;
  readonly call: (options: CallOptions) => Promise<Value>;
  /** Other readings that the same answer answers. */
  readonly alsoAnswers?: (value: Value) => readonly Pick<Reading<Value, Subject>, 'key' | 'subject'>[];
}

/** How answers are kept. */
export interface SharedReadsOptions {
  /** How long an answer is given again, in milliseconds from when it came. */
  readonly ttlMs: number;
  /** How much longer it is given while another one is read behind it. Omitted: not at all. */
  readonly staleMs?: number;
  /** Answers that are kept, at most; the one that was not asked for longest goes first. */
  readonly max: number;
  /** The clock of the policies, in milliseconds. */
  readonly now: () => number;
}

interface Kept<Subject> {
  readonly value: unknown;
  readonly subject: Subject;
  /** From then on another one is read behind it. */
  readonly freshUntil: number;
  /** From then on it is not given any more. */
  readonly keptUntil: number;
}

interface Flight<Subject> {
  readonly call: SharedCall<unknown>;
  readonly subject: Subject;
  readonly options: CallOptions;
}

/** How long a read behind a stale answer may wait for its turn, in milliseconds: nobody waits for it. */
const REFRESH_WITHIN_MS = 30_000;

/**
 * Reads that are shared: who asks for what is being read waits for that read, and who asks soon after is given its answer.
 * Errors are told to those who wait, and not kept; nor is null, since what is missing now may be made next.
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

  /** An answer that is kept, the outcome of a read that is under way, or that of one that begins now. */
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

  /** The outcome of a read that is under way, or that of one that begins now. */
  async #join<Value>(reading: Reading<Value, Subject>, options: CallOptions): Promise<Value> {
    const underWay = this.#flights.get(reading.key);
    if (underWay === undefined || underWay.call.isAbandoned || waitsTooLong(underWay.options, options)) {
      return this.#begin(reading, options);
    }
    try {
      return (await underWay.call.wait(options.signal)) as Value;
    } catch (error) {
      if (!isForWantOfTime(error, underWay.options, options)) throw error;
      return this.read(reading, options);
    }
  }

  /** An answer that is no older than some milliseconds, or that of a read that is under way, or begins now. */
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
   * Something was changed: answers about it are dropped, and reads of it that are under way are neither kept nor joined any
   * more, since they may tell how it was before.
   */
  drop(isTouched: (subject: Subject) => boolean): void {
    for (const [key, { subject }] of this.#kept.entries()) if (isTouched(subject)) this.#kept.delete(key);
    for (const [key, { subject }] of this.#flights) if (isTouched(subject)) this.#flights.delete(key);
  }

  /** Stops what is read behind stale answers. */
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
    // Where it fails, the stale answer stays until its time is over, and the next one who asks tries again.
    const refresh = this.#begin(reading, options).catch(() => {});
    this.#refreshes.add(refresh);
    refresh.finally(() => this.#refreshes.delete(refresh));
  }
}

/** A mutation's read goes before those of queries where calls must wait: it does not wait behind one of them. */
function waitsTooLong(theirs: CallOptions, mine: CallOptions): boolean {
  return mine.purpose === 'MUTATION' && theirs.purpose !== 'MUTATION';
}

/** Errors that less time can be the cause of. */
const FOR_WANT_OF_TIME: readonly ConnectFault['code'][] = ['ThrottlingException', 'DeadlineExceeded', 'Cancelled'];

/** A call for somebody with less time was refused, or given up, for want of it: whoever has more time asks again. */
function isForWantOfTime(error: unknown, theirs: CallOptions, mine: CallOptions): boolean {
  if (mine.signal?.aborted || theirs.deadline === undefined) return false;
  if (mine.deadline !== undefined && mine.deadline <= theirs.deadline) return false;
  return isConnectFault(error) && FOR_WANT_OF_TIME.includes(error.code);
}
