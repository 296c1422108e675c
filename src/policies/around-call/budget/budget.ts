import type { ApiCall } from '../../../connect/api-call.js';
import type { ConnectFault } from '../../../connect/errors.js';
import type { Rate, RatedOperation } from '../../../connect/rates.js';
import type { CallPolicy } from '../call-policy.js';
import type { Clock } from '../../clock.js';
import type { PolicyEvents } from '../../events.js';
import { type Group, groupOf } from '../../groups.js';
import { RateQueue } from './rate-queue.js';
import type { Tokens } from './shared-tokens.js';

/** The parts of a budget. */
export interface BudgetParts {
  readonly rates: Readonly<Record<RatedOperation, Rate>>;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly events: PolicyEvents;
  /** Part of each rate that jobs may use, above 0 and up to 1. Default: 1. */
  readonly jobShare?: number;
}

/** Limits the rate of calls: a bucket and a queue for each operation, account and region. */
export class Budget {
  readonly #parts: BudgetParts;
  readonly #queues = new Map<string, { readonly group: Group; readonly queue: RateQueue }>();

  constructor(parts: BudgetParts) {
    this.#parts = parts;
  }

  /** Makes a call when a token is available for it. */
  readonly policy: CallPolicy = (next) => async (call, send) => {
    if (call.options.purpose === 'JOB') await this.#jobsOf(call)?.wait(call);
    await this.#queueOf(call).wait(call);
    return next(call, send);
  };

  /** Ends the wait of every call of a group with an error. */
  turnAway(group: Group, fault: ConnectFault): void {
    for (const each of this.#queues.values()) if (each.group === group) each.queue.turnAway(fault);
  }

  #queueOf({ operation, scope }: ApiCall): RateQueue {
    const { rates, events } = this.#parts;
    return this.#queue(`${operation} ${scope}`.trim(), operation, rates[operation], events);
  }

  /** Returns where calls of jobs wait before they enter the queue of all; undefined if they may use the whole rate. */
  #jobsOf({ operation, scope }: ApiCall): RateQueue | undefined {
    const { rates, jobShare = 1 } = this.#parts;
    if (jobShare === 1) return undefined;
    const rate = { perSecond: rates[operation].perSecond * jobShare, burst: 1 };
    // Waits of jobs are no waits of callers, so that no metric has them.
    return this.#queue(`${operation} ${scope} jobs`, operation, rate, {});
  }

  #queue(key: string, operation: RatedOperation, rate: Rate, events: PolicyEvents): RateQueue {
    const known = this.#queues.get(key);
    if (known) return known.queue;
    const { tokens, clock } = this.#parts;
    const queue = new RateQueue({ key, rate, tokens, clock, events });
    this.#queues.set(key, { group: groupOf(operation), queue });
    return queue;
  }
}
