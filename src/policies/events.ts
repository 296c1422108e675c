import type { Logger } from 'pino';
import type { ConnectFault } from '../connect/errors.js';
import type { RatedOperation } from '../connect/rates.js';
import type { Group } from './groups.js';

/** Receives the events of policies, for metrics and the log. Each method is optional and must not throw. */
export interface PolicyEvents {
  /** A call left its queue: with a token, refused, or aborted by its caller. */
  onWait?(event: {
    readonly operation: RatedOperation;
    readonly outcome: 'SERVED' | 'REFUSED' | 'LEFT';
    readonly ms: number;
  }): void;
  /** The length of a queue changed. */
  onQueue?(event: { readonly operation: RatedOperation; readonly scope: string; readonly length: number }): void;
  /** A call is retried after `ms` milliseconds. */
  onRetry?(event: {
    readonly operation: RatedOperation;
    readonly code: ConnectFault['code'];
    readonly ms: number;
  }): void;
  /** The state of a circuit changed. */
  onBreaker?(event: { readonly group: Group; readonly state: BreakerState }): void;
  /** The shared budget became unavailable, or available again. */
  onSharedBudget?(event: { readonly away: boolean; readonly error?: unknown }): void;
}

/** The state of a circuit. OPEN: calls are refused. HALF_OPEN: one call probes the service. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** Logs events for operators: changes of circuits and of the shared budget. */
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
      if (away)
        logger.warn({ err: error }, 'The shared budget is unavailable: this replica uses its share of the rate');
      else logger.warn('The shared budget is available again');
      events.onSharedBudget?.(event);
    },
  };
}
