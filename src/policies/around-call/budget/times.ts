import type { Rate } from '../../../connect/rates.js';
import { type Bucket, ROUNDING, untilNextToken } from '../../../connect/token-bucket.js';

/** How long a call itself takes, in milliseconds, as a rule: a token that comes later than that before the deadline is of no use. */
const CALL_MS = 250;

/** The part of a short time that is kept for the call. */
const CALL_PART = 1 / 4;

/**
 * The latest instant at which a call can begin and still be answered in time, in milliseconds since the epoch.
 *
 * @param deadline undefined: there is all the time
 */
export function latestStart(now: number, deadline: number | undefined): number {
  if (deadline === undefined) return Number.POSITIVE_INFINITY;
  return Math.floor(deadline - Math.min(CALL_MS, Math.max(0, deadline - now) * CALL_PART));
}

/**
 * When each token is there, one after the other, if all that come are taken by one queue: milliseconds since the epoch. It
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
