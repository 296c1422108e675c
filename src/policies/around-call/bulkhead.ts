import { bulkhead, type BulkheadPolicy, isBulkheadRejectedError, isTaskCancelledError } from 'cockatiel';
import { CancelledError, endOf, UnavailableError } from '../../connect/errors.js';
import type { Rate, RatedOperation } from '../../connect/rates.js';
import { type Group, groupOf } from '../groups.js';
import { type CallPolicy, refused } from './call-policy.js';

/** Duration of a slow call, in seconds. A group has room for all calls that its rates allow with calls that slow. */
const SLOW_S = 4;

/** Bounds of the number of concurrent calls of a group. */
const ROOM = { min: 50, max: 1_000 } as const;

/**
 * Returns the maximum number of concurrent calls of each group: as many as its rates allow while each takes 4 s. Raised
 * quotas are thus not limited here.
 */
export function roomsOf(rates: Readonly<Record<RatedOperation, Rate>>): ReadonlyMap<Group, number> {
  const perSecond = new Map<Group, number>();
  for (const [operation, rate] of Object.entries(rates)) {
    const group = groupOf(operation as RatedOperation);
    perSecond.set(group, (perSecond.get(group) ?? 0) + rate.perSecond);
  }
  return new Map(
    [...perSecond].map(([group, sum]) => [group, Math.min(ROOM.max, Math.max(ROOM.min, Math.ceil(sum * SLOW_S)))]),
  );
}

/**
 * Maximum number of calls of a group that wait for room. It is high, because they have their tokens and quotas may be
 * raised.
 */
const WAITING = 2_000;

/** Time to retry if the waiting room is full too, in milliseconds. Some calls will have ended by then. */
const RETRY_AFTER_MS = 1_000;

/** Limits the concurrent calls of each group of operations, because calls that hang must not use all connections. */
export function bulkheads(rates: Readonly<Record<RatedOperation, Rate>>): CallPolicy {
  const sizes = roomsOf(rates);
  const rooms = new Map<Group, BulkheadPolicy>();
  const roomOf = (group: Group) => {
    const room = rooms.get(group) ?? bulkhead(sizes.get(group) ?? ROOM.min, WAITING);
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
