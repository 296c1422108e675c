import type { ConnectFault } from '../../connect/errors.js';

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
