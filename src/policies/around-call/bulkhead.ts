import { bulkhead, type BulkheadPolicy, isBulkheadRejectedError, isTaskCancelledError } from 'cockatiel';
import { CancelledError, endOf, UnavailableError } from '../../connect/errors.js';
import type { Rate, RatedOperation } from '../../connect/rates.js';
import { type Group, groupOf } from '../groups.js';
import { type CallPolicy, refused } from './call-policy.js';

/** How long a call may take, in seconds, before its group has no room for all that its rates allow. */
const SLOW_S = 4;

/** Calls of a group that are under way at once, at least and at most. */
const ROOM = { least: 50, most: 1_000 } as const;

/**
 * How many calls of each group may be under way at once: what its rates keep busy while each takes 4 s. So quotas that were
 * raised are not held back here.
 */
export function roomsOf(rates: Readonly<Record<RatedOperation, Rate>>): ReadonlyMap<Group, number> {
  const perSecond = new Map<Group, number>();
  for (const [operation, rate] of Object.entries(rates)) {
    const group = groupOf(operation as RatedOperation);
    perSecond.set(group, (perSecond.get(group) ?? 0) + rate.perSecond);
  }
  return new Map(
    [...perSecond].map(([group, sum]) => [group, Math.min(ROOM.most, Math.max(ROOM.least, Math.ceil(sum * SLOW_S)))]),
  );
}

/** Calls of a group that wait for room, at most: they have their tokens, and quotas may be raised far. */
const WAITING = 2_000;

/** When to come back where there is no room even to wait, in milliseconds: some calls will have ended by then. */
const RETRY_AFTER_MS = 1_000;

/** Bounds the calls that are under way, for each group of operations: one that hangs must not take all connections. */
export function bulkheads(rates: Readonly<Record<RatedOperation, Rate>>): CallPolicy {
  const sizes = roomsOf(rates);
  const rooms = new Map<Group, BulkheadPolicy>();
  const roomOf = (group: Group) => {
    const room = rooms.get(group) ?? bulkhead(sizes.get(group) ?? ROOM.least, WAITING);
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
