import type { AroundCall } from '../../connect/api-call.js';
import { type ConnectFault, isConnectFault } from '../../connect/errors.js';
import type { Clock } from '../clock.js';
import type { Outcome, PolicyEvents } from '../events.js';

/** A rule for calls on the API: given what makes a call further in, it is something that makes calls. */
export type CallPolicy = (next: AroundCall) => AroundCall;

/** Puts policies around each other, the outermost first. */
export function stacked(policies: readonly CallPolicy[], innermost: AroundCall): AroundCall {
  return policies.reduceRight((next, policy) => policy(next), innermost);
}

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

const refusals = new WeakSet<ConnectFault>();

/** Marks an error as one of the policies' own: the call was not made, and to try again now would go round their rules. */
export function refused<Fault extends ConnectFault>(fault: Fault): Fault {
  refusals.add(fault);
  return fault;
}

/** Whether a policy refused the call, before it was made. */
export function isRefusal(fault: ConnectFault): boolean {
  return refusals.has(fault);
}
