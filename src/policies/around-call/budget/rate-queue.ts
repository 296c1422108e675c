import type { ApiCall } from '../../../connect/api-call.js';
import type { Purpose } from '../../../connect/call.js';
import { type ConnectFault, endOf, ThrottlingError } from '../../../connect/errors.js';
import type { Rate } from '../../../connect/rates.js';
import type { Bucket } from '../../../connect/token-bucket.js';
import type { Clock } from '../../clock.js';
import type { PolicyEvents } from '../../events.js';
import { refused } from '../call-policy.js';
import { FairQueue } from './fair-queue.js';
import { latestStart, roomFor, tokensForJobs, tokenTimes } from './times.js';
import type { Tokens } from './shared-tokens.js';

/** Maximum number of calls that wait in one queue. At 2 calls a second they take 8 minutes. */
export const QUEUE_LENGTH = 1_000;

/** The parts of a queue. */
export interface RateQueueParts {
  /** The bucket's name. */
  readonly key: string;
  readonly rate: Rate;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly events: PolicyEvents;
}

interface Waiter {
  readonly caller: string;
  readonly purpose: Purpose;
  readonly call: ApiCall;
  readonly since: number;
  /** The latest instant at which a token is still useful. */
  readonly latest: number;
  /** Ends the wait. Without a fault, the call has its token. */
  end(fault?: ConnectFault): void;
}

/** Calls of one operation and scope that wait for a token, each until its own deadline. */
export class RateQueue {
  readonly #parts: RateQueueParts;
  readonly #waiting = new FairQueue<Waiter>();
  /** The bucket's last known content; undefined if it is full. */
  #bucket: Bucket | undefined;
  #isTaking = false;
  #cancel: (() => void) | undefined;
  /** Whether the scheduled run is for jobs alone, which leave tokens that others may take at once. */
  #isForJobs = false;

  constructor(parts: RateQueueParts) {
    this.#parts = parts;
  }

  /**
   * Waits for a token.
   *
   * @throws ThrottlingError with the time to retry, as soon as no token can come in time
   * @throws the reason of the call's signal if it fires first
   */
  wait(call: ApiCall): Promise<void> {
    const { signal, deadline, caller, purpose = 'QUERY' } = call.options;
    if (signal?.aborted) return Promise.reject(endOf(signal));
    const since = this.#parts.clock.now();
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (signal && this.#waiting.remove(waiter)) waiter.end(endOf(signal));
      };
      const waiter: Waiter = {
        caller: caller?.key ?? '',
        purpose,
        call,
        since,
        latest: latestStart(since, deadline),
        end: (fault) => {
          signal?.removeEventListener('abort', leave);
          if (this.#waiting.length === 0) this.#cancelTimer();
          this.#reportWait(waiter, fault);
          if (fault) reject(fault);
          else resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.add(waiter);
      this.#refuseLate();
      this.#reportLength(call);
      if (this.#isForJobs && purpose !== 'JOB') this.#cancelTimer();
      void this.#serve();
    });
  }

  /** Ends all waits with an error. */
  turnAway(fault: ConnectFault): void {
    for (let waiter = this.#waiting.shift(); waiter; waiter = this.#waiting.shift()) waiter.end(fault);
  }

  /** Cancels the timer, which must not keep the process alive while no call waits. */
  #cancelTimer(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isForJobs = false;
  }

  /** Gives available tokens to the waiting calls in turn, then schedules itself for the next token. */
  async #serve(): Promise<void> {
    // A scheduled run means that no token is available now.
    if (this.#isTaking || this.#cancel) return;
    this.#isTaking = true;
    const { key, rate, tokens, clock } = this.#parts;
    while (this.#waiting.length > 0) {
      const isOfJobs = this.#areJobsAlone();
      const { free, waitMs } = tokensForJobs(this.#bucket, rate, clock.now());
      if (isOfJobs && free === 0) {
        this.#serveIn(waitMs);
        break;
      }
      const jobs = this.#waiting.lengthOf('JOB');
      const wanted = Math.min(isOfJobs ? Math.min(jobs, free) : this.#waiting.length - jobs, rate.burst);
      const taken = await tokens.take(key, rate, wanted);
      this.#bucket = taken.bucket;
      for (let served = 0; served < taken.tokens; served++) this.#waiting.shift()?.end();
      if (taken.tokens === wanted) continue;
      this.#refuseLate();
      if (this.#waiting.length === 0) break;
      this.#serveIn(taken.retryAfterMs);
      break;
    }
    this.#isTaking = false;
  }

  #serveIn(ms: number): void {
    this.#isForJobs = this.#areJobsAlone();
    const { clock } = this.#parts;
    this.#cancel = clock.at(clock.now() + ms, () => {
      this.#cancel = undefined;
      this.#isForJobs = false;
      void this.#serve();
    });
  }

  #areJobsAlone(): boolean {
    return this.#waiting.length === this.#waiting.lengthOf('JOB');
  }

  /** Refuses calls whose turn comes too late, and calls beyond the queue's maximum length. */
  #refuseLate(): void {
    const { rate, clock } = this.#parts;
    const now = clock.now();
    const tokens = tokenTimes(this.#bucket, rate, now);
    const times: number[] = [];
    const timeOf = (place: number): number => {
      while (times.length <= place) times.push(tokens.next().value);
      return times[place] as number;
    };
    const order: Waiter[] = [];
    const late: Waiter[] = [];
    /** Calls with a token available do not count as waiting. The first that waits makes room when it is served. */
    let waiting = 0;
    let room = now;
    for (const waiter of this.#waiting.inOrder()) {
      const time = timeOf(order.length);
      const isWaiting = time > now;
      if (isWaiting && (time > waiter.latest || waiting === QUEUE_LENGTH)) late.push(waiter);
      else {
        order.push(waiter);
        if (isWaiting && waiting++ === 0) room = time;
      }
    }
    for (const waiter of late) {
      this.#waiting.remove(waiter);
      const from = roomFor(waiter, waiter.latest - waiter.since, { order, timeOf });
      const instant = Math.max(from, waiting === QUEUE_LENGTH ? room : now + 1);
      waiter.end(refused(new ThrottlingError(instant - now)));
    }
  }

  #reportWait({ call, since }: Waiter, fault: ConnectFault | undefined): void {
    const { clock, events } = this.#parts;
    const { operation, options } = call;
    const outcome = fault === undefined ? 'SERVED' : options.signal?.aborted ? 'LEFT' : 'REFUSED';
    events.onWait?.({ operation, outcome, ms: clock.now() - since });
    this.#reportLength(call);
  }

  #reportLength({ operation, scope }: ApiCall): void {
    this.#parts.events.onQueue?.({ operation, scope, length: this.#waiting.length });
  }
}
