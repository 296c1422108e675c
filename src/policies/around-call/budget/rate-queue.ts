import type { ApiCall } from '../../../connect/api-call.js';
import type { Purpose } from '../../../connect/call.js';
import { type ConnectFault, endOf, ThrottlingError } from '../../../connect/errors.js';
import type { Rate } from '../../../connect/rates.js';
import type { Bucket } from '../../../connect/token-bucket.js';
import type { Clock } from '../../clock.js';
import type { PolicyEvents } from '../../events.js';
import { refused } from '../call-policy.js';
import { FairQueue } from './fair-queue.js';
import { latestStart, roomFor, tokenTimes } from './times.js';
import type { Tokens } from './shared-tokens.js';

/** Calls that wait in one queue, at most: at 2 calls a second that is 8 minutes. */
export const QUEUE_LENGTH = 1_000;

/** What a queue is made of. */
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
  /** The latest instant at which a token is of use. */
  readonly latest: number;
  /** Ends the wait: without a fault, it has its token. */
  end(fault?: ConnectFault): void;
}

/** Calls of one operation and scope that wait for a token, each until its own deadline. */
export class RateQueue {
  readonly #parts: RateQueueParts;
  readonly #waiting = new FairQueue<Waiter>();
  /** The bucket as it was seen last; undefined: full. */
  #bucket: Bucket | undefined;
  #isTaking = false;
  #callOff: (() => void) | undefined;

  constructor(parts: RateQueueParts) {
    this.#parts = parts;
  }

  /**
   * Waits for a token.
   *
   * @throws ThrottlingError as soon as it shows that there will be none in time, with the time after which there would be;
   * what the call's signal says, when it fires
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
          if (this.#waiting.length === 0) this.#rest();
          this.#tell(waiter, fault);
          if (fault) reject(fault);
          else resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.add(waiter);
      this.#refuseLate();
      this.#tellLength(call);
      void this.#serve();
    });
  }

  /** Ends the wait of everyone with an error. */
  turnAway(fault: ConnectFault): void {
    for (let waiter = this.#waiting.shift(); waiter; waiter = this.#waiting.shift()) waiter.end(fault);
  }

  /** Nobody waits: no timer must keep the process. */
  #rest(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  /** Hands tokens to whoever's turn it is, until there are none; then comes back when the next is due. */
  async #serve(): Promise<void> {
    // Where one is due later, there is none now.
    if (this.#isTaking || this.#callOff) return;
    this.#isTaking = true;
    const { key, rate, tokens, clock } = this.#parts;
    while (this.#waiting.length > 0) {
      const wanted = Math.min(this.#waiting.length, rate.burst);
      const taken = await tokens.take(key, rate, wanted);
      this.#bucket = taken.bucket;
      for (let served = 0; served < taken.tokens; served++) this.#waiting.shift()?.end();
      if (taken.tokens === wanted) continue;
      this.#refuseLate();
      if (this.#waiting.length === 0) break;
      this.#callOff = clock.at(clock.now() + taken.retryAfterMs, () => {
        this.#callOff = undefined;
        void this.#serve();
      });
      break;
    }
    this.#isTaking = false;
  }

  /** Refuses those whose turn comes too late for them, and those who stand beyond the queue's length. */
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
    /** Those who have a token at once do not wait: the first who does makes room when he is served. */
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

  #tell({ call, since }: Waiter, fault: ConnectFault | undefined): void {
    const { clock, events } = this.#parts;
    const { operation, options } = call;
    const outcome = fault === undefined ? 'SERVED' : options.signal?.aborted ? 'LEFT' : 'REFUSED';
    events.onWait?.({ operation, outcome, ms: clock.now() - since });
    this.#tellLength(call);
  }

  #tellLength({ operation, scope }: ApiCall): void {
    this.#parts.events.onQueue?.({ operation, scope, length: this.#waiting.length });
  }
}
