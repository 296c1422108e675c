import type { Logger } from 'pino';
import type { ConnectFault } from '../connect/errors.js';
import type { RatedOperation } from '../connect/rates.js';
import type { Group } from './groups.js';

/** What policies tell to whoever watches them: metrics, or the log. Each is optional, and must not throw. */
export interface PolicyEvents {
  /** A call left its queue: with a token, refused, or because nobody waits for it any more. */
  onWait?(event: {
    readonly operation: RatedOperation;
    readonly outcome: 'SERVED' | 'REFUSED' | 'LEFT';
    readonly ms: number;
  }): void;
  /** So many calls wait in a queue now. */
  onQueue?(event: { readonly operation: RatedOperation; readonly scope: string; readonly length: number }): void;
  /** A call is made again, after `ms`. */
  onRetry?(event: {
    readonly operation: RatedOperation;
    readonly code: ConnectFault['code'];
    readonly ms: number;
  }): void;
  /** A circuit changed. */
  onBreaker?(event: { readonly group: Group; readonly state: BreakerState }): void;
  /** The budget that replicas share is away, or back. */
  onSharedBudget?(event: { readonly away: boolean; readonly error?: unknown }): void;
}

/** OPEN: calls are refused. HALF_OPEN: one is let through, to see. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** Logs what an operator should know of: circuits that change, and the shared budget that is away or back. */
export function loggedEvents(logger: Logger, events: PolicyEvents = {}): PolicyEvents {
  return {
    ...events,
    onBreaker(event) {
      const level = event.state === 'HALF_OPEN' ? 'debug' : 'warn';
      logger[level](event, 'The circuit before Amazon Connect changed');
      events.onBreaker?.(event);
    },
    onSharedBudget(event) {
      const { away, error } = event;
      if (away) logger.warn({ err: error }, 'The shared budget is away: this replica keeps to its share');
      else logger.warn('The shared budget is back');
      events.onSharedBudget?.(event);
    },
  };
}
