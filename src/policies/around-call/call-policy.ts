import type { AroundCall } from '../../connect/api-call.js';
import type { ConnectFault } from '../../connect/errors.js';

/** A rule for calls on the API: given what makes a call further in, it is something that makes calls. */
export type CallPolicy = (next: AroundCall) => AroundCall;

/** Puts policies around each other, the outermost first. */
export function stacked(policies: readonly CallPolicy[], innermost: AroundCall): AroundCall {
  return policies.reduceRight((next, policy) => policy(next), innermost);
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
