import type { Logger } from 'pino';
import type { PolicyEvents } from './events.js';

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
