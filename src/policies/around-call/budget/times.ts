import type { Rate } from '../../../connect/rates.js';
import { type Bucket, ROUNDING, untilNextToken } from '../../../connect/token-bucket.js';
import { CLASSES, type Queued } from './fair-queue.js';

/** Usual duration of a call, in milliseconds. A token that comes later than that before the deadline is useless. */
const CALL_MS = 250;

/** The part of a short remaining time that is reserved for the call. */
const CALL_PART = 1 / 4;

/**
 * Returns the latest instant at which a call can begin and still be answered in time.
 *
 * @param deadline undefined if the call has no deadline
 */
export function latestStart(now: number, deadline: number | undefined): number {
  if (deadline === undefined) return Number.POSITIVE_INFINITY;
  return Math.floor(deadline - Math.min(CALL_MS, Math.max(0, deadline - now) * CALL_PART));
}

/**
 * Yields the instant of each next token if one queue takes them all, by the clock of the policies. Tokens come at whole
 * milliseconds, as in the queue, so tokens that exceed a full bucket are lost here too.
 *
 * @param bucket its last known content; undefined if it is full
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

/** Tokens that a job always keeps free for others, less than the burst: so many that it can use the whole rate. */
const LEFT_OF_BURST = 2;

/**
 * Returns how many tokens jobs may take now, and the milliseconds until they may take one more. Jobs take what a bucket that is
 * nearly full would lose: a caller beside a job finds all tokens of the burst but two.
 *
 * @param bucket its last known content; undefined if it is full
 */
export function tokensForJobs(
  bucket: Bucket | undefined,
  { perSecond, burst }: Rate,
  now: number,
): { readonly free: number; readonly waitMs: number } {
  const full = burst * 1000;
  const held = bucket ? Math.min(full, bucket.thousandths + Math.max(0, now - bucket.at) * perSecond) : full;
  const kept = Math.max(0, burst - LEFT_OF_BURST) * 1000;
  const free = Math.max(0, Math.floor((held - kept + ROUNDING) / 1000));
  return { free, waitMs: free > 0 ? 0 : Math.ceil((kept + 1000 - held - ROUNDING) / perSecond) };
}

/** The state of a queue when it refuses a call. */
interface QueueSeen {
  /** The waiting items, in the order of their turns. */
  readonly order: readonly Queued[];
  /** Returns the instant of the token at a place in the queue. */
  readonly timeOf: (place: number) => number;
}

/**
 * Returns the earliest instant at which a call that then came would get a token in time, if no other call came.
 *
 * Some calls are served by then. The remaining ones come before it as far as turns can place them there: from each
 * other caller as many items as it has itself, and one more.
 *
 * @param waits how long the call can wait, in milliseconds
 */
export function roomFor(one: Queued, waits: number, { order, timeOf }: QueueSeen): number {
  const tokenOf = (served: number) => timeOf(served + placeOf(one, order.slice(served)));
  // The later the call comes, the fewer are before it. Bisection finds the first instant at which they are few enough.
  let [low, high] = [0, order.length];
  while (low < high) {
    const served = Math.floor((low + high) / 2);
    if (tokenOf(served) - waits < timeOf(served)) high = served;
    else low = served + 1;
  }
  const servedBy = low === 0 ? Number.NEGATIVE_INFINITY : timeOf(low - 1);
  return Math.max(servedBy, tokenOf(low) - waits);
}

/** Returns the maximum number of waiting items that are served before one that comes now. */
function placeOf({ caller, purpose }: Queued, order: readonly Queued[]): number {
  const counts = new Map<string, number>();
  let higher = 0;
  for (const each of order) {
    if (each.purpose === purpose) counts.set(each.caller, (counts.get(each.caller) ?? 0) + 1);
    else if (CLASSES.indexOf(each.purpose) < CLASSES.indexOf(purpose)) higher++;
  }
  const own = counts.get(caller) ?? 0;
  let before = higher + own;
  for (const [other, count] of counts) if (other !== caller) before += Math.min(count, own + 1);
  return before;
}
