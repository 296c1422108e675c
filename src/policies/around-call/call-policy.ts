import type { AroundCall } from '../../connect/api-call.js';
import type { ConnectFault } from '../../connect/errors.js';

/** Middleware around an API call. */
export type CallPolicy = (next: AroundCall) => AroundCall;

/** Composes policies, the outermost first. */
export function stacked(policies: readonly CallPolicy[], innermost: AroundCall): AroundCall {
  return policies.reduceRight((next, policy) => policy(next), innermost);
}

const refusals = new WeakSet<ConnectFault>();

/** Marks an error as a refusal of a policy: the call was not made, and an immediate retry would bypass the policies. */
export function refused<Fault extends ConnectFault>(fault: Fault): Fault {
  refusals.add(fault);
  return fault;
}

/** Returns whether an error is a refusal of a policy. */
export function isRefusal(fault: ConnectFault): boolean {
  return refusals.has(fault);
}
