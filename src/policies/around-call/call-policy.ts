import type { AroundCall } from '../../connect/api-call.js';

/** A rule for calls on the API: given what makes a call further in, it is something that makes calls. */
export type CallPolicy = (next: AroundCall) => AroundCall;

/** Puts policies around each other, the outermost first. */
export function stacked(policies: readonly CallPolicy[], innermost: AroundCall): AroundCall {
  return policies.reduceRight((next, policy) => policy(next), innermost);
}
