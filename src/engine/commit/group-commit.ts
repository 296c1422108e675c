import { endOf, ThrottlingError } from '../../connect/errors.js';
import { nextTurn } from '../../util/read-together.js';
import { engineClosed } from '../faults.js';

/** The outcome of one request of a batch. */
export type Outcome<Result> = { readonly result: Result } | { readonly error: Error };

/** The limits of batches. */
export interface GroupCommitOptions {
  /**
   * Maximum number of requests in one batch. Default: 256, because larger batches take longer with little gain per
   * request.
   */
  readonly maxRequests?: number;
  /** Maximum size of one batch, in bytes. Default: 1 MiB. It limits the memory of one transaction. */
  readonly maxBytes?: number;
  /** Maximum number of waiting requests. Default: 10,000. Further requests are refused at once. */
  readonly maxWaiting?: number;
  /** Receives the batches. Default: none. */
  readonly observer?: BatchObserver | undefined;
}

/** A request in a batch, from its submission to its answer. Subclasses add its content. */
export abstract class BatchedRequest<Result> {
  /** Approximate size, in bytes. */
  abstract readonly size: number;
  readonly signal: AbortSignal | undefined;
  /** The observer's value for this request. */
  mark: unknown;
  readonly #answer = Promise.withResolvers<Result>();

  /** @param signal cancels the request until its batch begins */
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
 * Combines concurrent requests into shared transactions. While one batch is committed, the next one is collected.
 * Batches run one after another, with their requests in the order of arrival.
 */
export class GroupCommit<Result, Request extends BatchedRequest<Result>> {
  readonly #run: (batch: readonly Request[]) => Promise<readonly Outcome<Result>[]>;
  readonly #options: Required<Omit<GroupCommitOptions, 'observer'>>;
  readonly #observer: BatchObserver | undefined;
  #waiting: Request[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  /** @param run returns the outcome of each request of a batch, in order; it never throws */
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

  /** The number of requests that wait for a batch. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Refuses further requests, and resolves when the accepted ones are answered. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #runAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#collect();
      const batch = this.#take();
      if (batch.length === 0) continue;
      const onEnd = this.#observer?.batch(batch.map(({ mark }) => mark));
      const outcomes = await this.#run(batch);
      onEnd?.();
      batch.forEach((request, index) => {
        request.settle(outcomes[index] as Outcome<Result>);
      });
    }
    this.#running = undefined;
  }

  /** Waits while requests arrive, because one more turn of the event loop costs far less than one more fsync. */
  async #collect(): Promise<void> {
    let seen = 0;
    while (seen < this.#waiting.length && this.#waiting.length < this.#options.maxRequests) {
      seen = this.#waiting.length;
      await nextTurn();
    }
  }

  #take(): readonly Request[] {
    const batch: Request[] = [];
    let removed = 0;
    let bytes = 0;
    for (const request of this.#waiting) {
      if (batch.length === this.#options.maxRequests) break;
      if (batch.length > 0 && bytes + request.size > this.#options.maxBytes) break;
      removed++;
      if (request.signal?.aborted) {
        request.settle({ error: endOf(request.signal) });
        continue;
      }
      batch.push(request);
      bytes += request.size;
    }
    this.#waiting = this.#waiting.slice(removed);
    return batch;
  }
}

/** Receives the engine's batches. Implementations must not throw. */
export interface BatchObserver {
  /** A request begins to wait. The return value is passed to {@link batch}. */
  waiting(): unknown;
  /**
   * A batch begins.
   *
   * @param requests the values that {@link waiting} returned for its requests
   * @returns a function that is called when the batch is committed or has failed
   */
  batch(requests: readonly unknown[]): () => void;
}
