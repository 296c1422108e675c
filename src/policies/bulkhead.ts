import { type BulkheadPolicy, bulkhead, isBulkheadRejectedError, isTaskCancelledError } from 'cockatiel';
import { CancelledError, endOf, UnavailableError } from '../connect/errors.js';
import type { CallPolicy } from './call-policy.js';
import { type Group, groupOf } from './groups.js';
import { refused } from './refusal.js';

/** Calls of a group that are under way at once, at most: what the default rates keep busy while each takes 4 s. */
const AT_ONCE = 50;

/** Calls of a group that wait for room, at most: they have their tokens, and quotas may be raised far. */
const WAITING = 2_000;

/** When to come back where there is no room even to wait, in milliseconds: some calls will have ended by then. */
const RETRY_AFTER_MS = 1_000;

/** Bounds the calls that are under way, for each group of operations: one that hangs must not take all connections. */
export function bulkheads(): CallPolicy {
  const rooms = new Map<Group, BulkheadPolicy>();
  const roomOf = (group: Group) => {
    const room = rooms.get(group) ?? bulkhead(AT_ONCE, WAITING);
    rooms.set(group, room);
    return room;
  };
  return (next) => async (call, send) => {
    const { signal } = call.options;
    try {
      return await roomOf(groupOf(call.operation)).execute(() => next(call, send), signal);
    } catch (error) {
      if (isBulkheadRejectedError(error)) throw refused(new UnavailableError({ retryAfterMs: RETRY_AFTER_MS }));
      if (isTaskCancelledError(error)) throw signal ? endOf(signal) : new CancelledError({ cause: error });
      throw error;
    }
  };
}
