import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RATES } from '../../src/connect/rates.js';
import { type Bucket, takeTokens } from '../../src/connect/token-bucket.js';

const NOW = 1_000_000;
const rate = fc.constantFrom(...Object.values(RATES));

describe('A token bucket', () => {
  it('gives its burst at once, then reports when the next token is there, and not a millisecond sooner', () => {
    fc.assert(
      fc.property(rate, fc.integer({ min: 0, max: 2000 }), ({ perSecond, burst }, later) => {
        const { bucket, tokens, retryAfterMs } = takeTokens(undefined, { perSecond, burst }, burst + 1, NOW);
        expect(tokens).toBe(burst);
        expect(retryAfterMs).toBe(1000 / perSecond);
        const next = takeTokens(bucket, { perSecond, burst }, 1, NOW + later);
        expect(next.tokens).toBe(later >= retryAfterMs ? 1 : 0);
        if (next.tokens === 0) expect(next.retryAfterMs).toBe(retryAfterMs - later);
      }),
    );
  });

  it('gives over any time no more than its burst and what dripped in', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 30 })));
    fc.assert(
      fc.property(rate, steps, (ofRate, calls) => {
        let bucket: Bucket | undefined;
        let now = NOW;
        let given = 0;
        for (const [pause, wanted] of calls) {
          now += pause;
          const taken = takeTokens(bucket, ofRate, wanted, now);
          bucket = taken.bucket;
          given += taken.tokens;
        }
        expect(given).toBeLessThanOrEqual(ofRate.burst + ((now - NOW) * ofRate.perSecond) / 1000);
      }),
    );
  });

  it('gains nothing from a clock that is set back, and counts on from there', () => {
    const ofRate = { perSecond: 2, burst: 5 };
    const { bucket } = takeTokens(undefined, ofRate, 5, NOW);
    const back = takeTokens(bucket, ofRate, 1, NOW - 60_000);
    expect(back).toMatchObject({ tokens: 0, retryAfterMs: 500 });
    expect(takeTokens(back.bucket, ofRate, 1, NOW - 59_500).tokens).toBe(1);
  });
});
