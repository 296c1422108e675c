import { endOf, ThrottlingError } from '../../connect/errors.js';
import { nextTurn } from '../../util/read-together.js';
import { engineClosed } from '../faults.js';

/** How a request of a batch ended. */
export type Outcome<Result> = { readonly result: Result } | { readonly error: Error };

/** How many requests share a commit. */
export interface GroupCommitOptions {
  /** Requests in one batch, at most. Default 256: beyond it a batch's time grows with little gain per request. */
  readonly maxRequests?: number;
  /** Size of one batch in bytes, at most. Default 1 MiB: bounds what one transaction holds in memory. */
  readonly maxBytes?: number;
  /** Requests that may wait, at most. Default 10,000; one more is refused at once. */
  readonly maxWaiting?: number;
  /** Who watches the batches. Omitted: nobody. */
  readonly observer?: BatchObserver | undefined;
}

/** A request on its way through a batch, from its submission to its answer. What it asks for is its subclass's. */
export abstract class BatchedRequest<Result> {
  /** About its size in bytes. */
  abstract readonly size: number;
  readonly signal: AbortSignal | undefined;
  /** What the observer answered for it. */
  mark: unknown;
  readonly #answer = Promise.withResolvers<Result>();

  /** @param signal cancels it as long as its batch has not begun */
  constructor(signal: AbortSignal | undefined) {
    this.signal = signal;
  }

  get answer(): Promise<Result> {
    return this.#answer.promise;
  }

  settle(outcome: Outcome<Result>): void {
    if ('error' in outcome) this.#answer.reject(outcome.error);
    else this.#answer.resolve(outcome.result);
  }
}

/**
 * Lets concurrent callers share one transaction: while a batch is being committed, the next one gathers. Batches run one
 * after another, each in the order in which its requests came.
 */
export class GroupCommit<Result, Request extends BatchedRequest<Result>> {
  readonly #run: (batch: readonly Request[]) => Promise<readonly Outcome<Result>[]>;
  readonly #options: Required<Omit<GroupCommitOptions, 'observer'>>;
  readonly #observer: BatchObserver | undefined;
  #waiting: Request[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  /**
   * @param run answers each request of a batch, in their order; it never throws
   */
  constructor(
    run: (batch: readonly Request[]) => Promise<readonly Outcome<Result>[]>,
    options: GroupCommitOptions = {},
  ) {
    const { observer, ...bounds } = options;
    this.#run = run;
    this.#observer = observer;
    this.#options = { maxRequests: 256, maxBytes: 1024 * 1024, maxWaiting: 10_000, ...bounds };
  }

  /**
   * Runs a request with the next batch that has room.
   *
   * @throws CancelledError when the signal fires before the request's batch starts
   * @throws ThrottlingError when too many requests wait
   * @throws UnavailableError after close
   */
  submit(request: Request): Promise<Result> {
    const { signal } = request;
    if (this.#closed) return Promise.reject(engineClosed());
    if (signal?.aborted) return Promise.reject(endOf(signal));
    if (this.#waiting.length >= this.#options.maxWaiting) return Promise.reject(new ThrottlingError());
    request.mark = this.#observer?.waiting();
    this.#waiting.push(request);
    this.#running ??= this.#runAll();
    return request.answer;
  }

  /** How many requests wait for a batch. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes no more requests, and ends when those that were taken are answered. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #runAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      const batch = this.#take();
      if (batch.length === 0) continue;
      const ended = this.#observer?.batch(batch.map(({ mark }) => mark));
      const outcomes = await this.#run(batch);
      ended?.();
      batch.forEach((request, index) => {
        request.settle(outcomes[index] as Outcome<Result>);
      });
    }
    this.#running = undefined;
  }

  /** Waits while requests keep coming in: one more turn of the event loop costs far less than one more fsync. */
  async #gather(): Promise<void> {
    let known = 0;
    while (known < this.#waiting.length && this.#waiting.length < this.#options.maxRequests) {
      known = this.#waiting.length;
      await nextTurn();
    }
  }

  #take(): readonly Request[] {
    const batch: Request[] = [];
    let taken = 0;
    let bytes = 0;
    for (const request of this.#waiting) {
      if (batch.length === this.#options.maxRequests) break;
      if (batch.length > 0 && bytes + request.size > this.#options.maxBytes) break;
      taken++;
      if (request.signal?.aborted) {
        request.settle({ error: endOf(request.signal) });
        continue;
      }
      batch.push(request);
      bytes += request.size;
    }
    this.#waiting = this.#waiting.slice(taken);
    return batch;
  }
}

/** Watches the engine's batches. It changes nothing and never throws. */
export interface BatchObserver {
  /** A request begins to wait for a batch. What this answers comes back with the batch. */
  waiting(): unknown;
  /**
   * A batch begins.
   *
   * @param requests what {@link waiting} answered for each of its requests
   * @returns called when it is committed, or has failed
   */
  batch(requests: readonly unknown[]): () => void;
}
