import type { Rate } from './rates.js';

/** What a bucket holds at an instant. A bucket that nobody has taken from is undefined: it is full. */
export interface Bucket {
  /** Thousandths of a token: whole numbers of them drip in each millisecond, so that nothing is lost to rounding. */
  readonly thousandths: number;
  /** Milliseconds of the clock that fills it. */
  readonly at: number;
}

/** What was taken from a bucket. */
export interface Taken {
  readonly bucket: Bucket;
  /** Tokens that were there, of those that were wanted. */
  readonly tokens: number;
  /** Milliseconds until the next token; 0 where all were there. */
  readonly retryAfterMs: number;
}

const WHOLE = 1000;

/** What rounding may take from a token, in thousandths: a rate such as 0.3 a second is no whole number in binary. */
export const ROUNDING = 1e-6;

/** Milliseconds until a bucket that holds so many thousandths, less than a token, holds one. */
export function untilNextToken(thousandths: number, perSecond: number): number {
  return Math.ceil((WHOLE - thousandths - ROUNDING) / perSecond);
}

/**
 * Takes as many tokens as there are, up to those wanted. A clock that was set back fills nothing, and counts on from there.
 *
 * @param wanted tokens: one for each call
 * @param now milliseconds of the same clock
 */
export function takeTokens(bucket: Bucket | undefined, { perSecond, burst }: Rate, wanted: number, now: number): Taken {
  const full = burst * WHOLE;
  const dripped = bucket === undefined ? full : Math.max(0, now - bucket.at) * perSecond;
  const held = Math.min(full, (bucket?.thousandths ?? 0) + dripped);
  const tokens = Math.min(wanted, Math.floor((held + ROUNDING) / WHOLE));
  const thousandths = Math.max(0, held - tokens * WHOLE);
  return {
    bucket: { thousandths, at: now },
    tokens,
    retryAfterMs: tokens === wanted ? 0 : untilNextToken(thousandths, perSecond),
  };
}
