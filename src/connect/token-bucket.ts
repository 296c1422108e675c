import type { Rate } from './rates.js';

/** The content of a bucket at an instant. An undefined bucket is full, because no token was taken from it. */
export interface Bucket {
  /** Thousandths of a token: each millisecond adds `perSecond` of them, so rounding loses none. */
  readonly thousandths: number;
  /** Milliseconds of the clock that fills it. */
  readonly at: number;
}

/** The tokens that were taken from a bucket. */
export interface Taken {
  readonly bucket: Bucket;
  /** Number of tokens that were available, up to the number requested. */
  readonly tokens: number;
  /** Milliseconds until the next token; 0 if all requested tokens were available. */
  readonly retryAfterMs: number;
}

const WHOLE = 1000;

/** Tolerance for rounding, in thousandths of a token: a rate such as 0.3 per second is not exact in binary. */
export const ROUNDING = 1e-6;

/** Returns the milliseconds until a bucket with less than one token holds one. */
export function untilNextToken(thousandths: number, perSecond: number): number {
  return Math.ceil((WHOLE - thousandths - ROUNDING) / perSecond);
}

/**
 * Takes the available tokens, up to `wanted`. A clock that was set back adds no tokens; counting continues from its new
 * time.
 *
 * @param wanted number of tokens, one for each call
 * @param now milliseconds of the clock that fills the bucket
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
