import type { Rate } from '../../../connect/rates.js';
import { type Bucket, ROUNDING, untilNextToken } from '../../../connect/token-bucket.js';
import type { Queued } from './fair-queue.js';

/** How long a call itself takes, in milliseconds, as a rule: a token that comes later than that before the deadline is of no use. */
const CALL_MS = 250;

/** The part of a short time that is kept for the call. */
const CALL_PART = 1 / 4;

/**
 * The latest instant at which a call can begin and still be answered in time.
 *
 * @param deadline undefined: there is all the time
 */
export function latestStart(now: number, deadline: number | undefined): number {
  if (deadline === undefined) return Number.POSITIVE_INFINITY;
  return Math.floor(deadline - Math.min(CALL_MS, Math.max(0, deadline - now) * CALL_PART));
}

/**
 * When each token is there, one after the other, if all that come are taken by one queue, by the clock of the policies. It
 * goes as the queue does, which takes at whole milliseconds, so that what a full bucket has no room for is lost here too.
 *
 * @param bucket as it was seen last; undefined: full
 */
export function* tokenTimes(
  bucket: Bucket | undefined,
  { perSecond, burst }: Rate,
  now: number,
): Generator<number, never> {
  const full = burst * 1000;
  let held = bucket ? Math.min(full, bucket.thousandths + Math.max(0, now - bucket.at) * perSecond) : full;
  for (let time = now; ; ) {
    if (held + ROUNDING < 1000) {
      const wait = untilNextToken(held, perSecond);
      time += wait;
      held = Math.min(full, held + wait * perSecond);
    }
    held = Math.max(0, held - 1000);
    yield time;
  }
}

/** What a queue knows when it refuses someone. */
interface QueueSeen {
  /** Those who wait, in the order of their turns. */
  readonly order: readonly Queued[];
  /** When the token after so many others is there. */
  readonly timeOf: (place: number) => number;
}

/**
 * When the queue will have room for someone, if nobody else comes: the earliest instant, at
 * which one who then came would have a token within the time that he can wait.
 *
 * By then some were served. Who is still there is before him as far as turns can put them there: each other caller with as
 * many items as he has himself, and one more.
 *
 * @param waits how long he can wait, in milliseconds
 */
export function roomFor(one: Queued, waits: number, { order, timeOf }: QueueSeen): number {
  const tokenOf = (served: number) => timeOf(served + placeOf(one, order.slice(served)));
  // The later he comes, the fewer are before him: the first moment at which they are few enough is found by halving.
  let [least, most] = [0, order.length];
  while (least < most) {
    const served = Math.floor((least + most) / 2);
    if (tokenOf(served) - waits < timeOf(served)) most = served;
    else least = served + 1;
  }
  const servedBy = least === 0 ? Number.NEGATIVE_INFINITY : timeOf(least - 1);
  return Math.max(servedBy, tokenOf(least) - waits);
}

/** How many of those who wait are served before someone who comes now, at most. */
function placeOf({ caller, purpose }: Queued, order: readonly Queued[]): number {
  const counts = new Map<string, number>();
  let mutations = 0;
  for (const each of order) {
    if (each.purpose === purpose) counts.set(each.caller, (counts.get(each.caller) ?? 0) + 1);
    else if (each.purpose === 'MUTATION') mutations++;
  }
  const own = counts.get(caller) ?? 0;
  let before = mutations + own;
  for (const [other, count] of counts) if (other !== caller) before += Math.min(count, own + 1);
  return before;
}
