import { isConnectFault } from '../../connect/errors.js';
import type { CallPolicy } from './call-policy.js';
import type { Clock } from '../clock.js';
import type { Outcome, PolicyEvents } from '../events.js';

/** Tells each call that is made on the API, and how it ended; where nobody listens, it is not there. */
export function observed({ clock, events }: { readonly clock: Clock; readonly events: PolicyEvents }): CallPolicy {
  if (events.onCall === undefined) return (next) => next;
  return (next) => async (call, send) => {
    const from = clock.now();
    const tell = (outcome: Outcome) => events.onCall?.({ operation: call.operation, outcome, ms: clock.now() - from });
    try {
      const output = await next(call, send);
      tell('OK');
      return output;
    } catch (error) {
      tell(isConnectFault(error) ? error.code : 'InternalServiceException');
      throw error;
    }
  };
}
