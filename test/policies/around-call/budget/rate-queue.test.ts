import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallOptions } from '../../../../src/connect/call.js';
import { type ConnectFault, ThrottlingError } from '../../../../src/connect/errors.js';
import type { Rate } from '../../../../src/connect/rates.js';
import { QUEUE_LENGTH, RateQueue } from '../../../../src/policies/around-call/budget/rate-queue.js';
import { OwnTokens } from '../../../../src/policies/around-call/budget/shared-tokens.js';
import type { PolicyEvents } from '../../../../src/policies/events.js';
import { ManualClock } from '../../../support/manual-clock.js';
import { apiCall } from '../../../support/policies.js';

const RATE: Rate = { perSecond: 2, burst: 5 };

interface Waited {
  readonly caller: string;
  readonly from: number;
  readonly options: CallOptions;
  readonly at: number;
  readonly fault?: ConnectFault;
}

/** A queue on a clock of its own, and how each wait in it ended. */
function openQueue(rate: Rate = RATE, events: PolicyEvents = {}) {
  const clock = new ManualClock();
  const queue = new RateQueue({ key: 'any', rate, clock, events, tokens: new OwnTokens(clock.now) });
  const ended: Waited[] = [];
  const wait = async (caller: string, { withinMs, ...more }: CallOptions & { withinMs?: number } = {}) => {
    const from = clock.now();
    const deadline = withinMs === undefined ? {} : { deadline: from + withinMs };
    const options: CallOptions = { caller: { key: caller, rights: '' }, ...deadline, ...more };
    const [outcome] = await Promise.allSettled([queue.wait(apiCall({ options }))]);
    const fault = outcome.status === 'rejected' ? { fault: outcome.reason as ConnectFault } : {};
    const reported: Waited = { caller, from, options, at: clock.now(), ...fault };
    ended.push(reported);
    return reported;
  };
  return { clock, queue, ended, wait, served: () => ended.filter(({ fault }) => fault === undefined) };
}

const arrivals = fc.array(
  fc.record({
    afterMs: fc.constantFrom(0, 0, 0, 1, 90, 400, 1_700),
    caller: fc.constantFrom('a', 'b', 'c'),
    purpose: fc.constantFrom('QUERY' as const, 'MUTATION' as const),
    withinMs: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined }),
  }),
  { maxLength: 40 },
);
const rates = fc.record({ perSecond: fc.constantFrom(0.3, 0.5, 2, 7, 20), burst: fc.integer({ min: 1, max: 8 }) });

describe('A queue for tokens', () => {
  it('never lets more through than the rate allows, in any stretch of time, and no call too late', async () => {
    await fc.assert(
      fc.asyncProperty(rates, arrivals, async (rate, script) => {
        const { clock, ended, wait, served } = openQueue(rate);
        const waits: Promise<unknown>[] = [];
        for (const { afterMs, caller, purpose, withinMs } of script) {
          await clock.advance(afterMs);
          waits.push(wait(caller, { purpose, ...(withinMs !== undefined && { withinMs }) }));
        }
        await clock.run();
        await Promise.all(waits);
        const times = served().map(({ at }) => at);
        times.forEach((from, first) => {
          times.slice(first).forEach((to, more) => {
            expect(more + 1).toBeLessThanOrEqual(rate.burst + ((to - from) * rate.perSecond) / 1000 + 1e-9);
          });
        });
        for (const { at, fault, options } of ended) {
          if (options.deadline === undefined) expect(fault).toBeUndefined();
          else if (fault === undefined) expect(at).toBeLessThanOrEqual(options.deadline);
          else expect(fault).toBeInstanceOf(ThrottlingError);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('refuses at once what cannot be in time, and names the earliest time at which that would do', async () => {
    await fc.assert(
      fc.asyncProperty(
        rates,
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'one'), fc.constantFrom('QUERY' as const, 'MUTATION' as const)), {
          maxLength: 30,
        }),
        fc.constantFrom('QUERY' as const, 'MUTATION' as const),
        fc.integer({ min: 4, max: 5_000 }),
        async (rate, before, purpose, withinMs) => {
          const { clock, wait } = openQueue(rate);
          for (const [caller, its] of before) void wait(caller, { purpose: its });
          await clock.advance(0);
          const from = clock.now();
          const first = wait('one', { withinMs, purpose });
          const again = async () => wait('one', { withinMs, purpose });
          const reported = await Promise.race([first, clock.advance(0).then(() => undefined)]);
          if (reported?.fault === undefined) {
            await clock.run();
            expect((await first).fault).toBeUndefined();
            return;
          }
          expect(reported.at).toBe(from);
          const { retryAfterMs = 0 } = reported.fault as ThrottlingError;
          expect(retryAfterMs).toBeGreaterThan(0);
          await clock.advance(retryAfterMs);
          const second = again();
          await clock.run();
          expect((await second).fault).toBeUndefined();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('refuses again a millisecond before the reported time', async () => {
    const { clock, wait } = openQueue();
    for (let each = 0; each < 25; each++) void wait('one');
    await clock.advance(0);
    const { fault } = await wait('one', { withinMs: 4_000 });
    // 20 wait for 10 s; the next token comes after 10.5 s, and 250 ms are kept for the call.
    expect(fault).toMatchObject({ retryAfterMs: 10_500 - 3_750 });
    await clock.advance(6_749);
    expect((await wait('one', { withinMs: 4_000 })).fault).toMatchObject({ retryAfterMs: 1 });
    await clock.advance(1);
    const last = wait('one', { withinMs: 4_000 });
    await clock.run();
    expect((await last).fault).toBeUndefined();
  });

  it('serves a client in its turn, however much another sends; mutations before queries', async () => {
    const { clock, wait, served } = openQueue({ perSecond: 1, burst: 1 });
    for (let each = 0; each < 100; each++) void wait('noisy');
    await clock.advance(0);
    void wait('quiet');
    void wait('urgent', { purpose: 'MUTATION' });
    await clock.advance(3_000);
    expect(served().map(({ caller }) => caller)).toEqual(['noisy', 'urgent', 'noisy', 'quiet']);
  });

  it('refuses the caller with the most calls beyond its length', async () => {
    const { clock, wait, ended } = openQueue({ perSecond: 1, burst: 1 });
    for (let each = 0; each < QUEUE_LENGTH + 1; each++) void wait('noisy');
    await clock.advance(0);
    void wait('noisy');
    void wait('quiet');
    await clock.advance(0);
    expect(ended.map(({ caller, fault }) => [caller, fault?.code])).toEqual([
      ['noisy', undefined],
      ['noisy', 'ThrottlingException'],
      ['noisy', 'ThrottlingException'],
    ]);
    await clock.advance(2_000);
    expect(ended.filter(({ caller, fault }) => caller === 'quiet' && !fault)).toHaveLength(1);
  });

  it('drops a caller that aborts without taking a token', async () => {
    const lengths: number[] = [];
    const { clock, wait, served } = openQueue(
      { perSecond: 1, burst: 1 },
      { onQueue: ({ length }) => lengths.push(length) },
    );
    const caller = new AbortController();
    void wait('a');
    const gone = wait('a', { signal: caller.signal });
    void wait('a');
    await clock.advance(10);
    caller.abort();
    expect((await gone).fault).toMatchObject({ code: 'Cancelled' });
    expect((await wait('a', { signal: caller.signal })).fault).toMatchObject({ code: 'Cancelled' });
    await clock.advance(990);
    expect(served()).toHaveLength(2);
    // Three come; one has a token, one leaves, one has the next.
    expect(lengths).toEqual([1, 2, 3, 2, 1, 0]);
    expect(clock.isAwaited).toBe(false);
    const last = new AbortController();
    const alone = wait('a', { signal: last.signal });
    await clock.advance(1);
    expect(clock.isAwaited).toBe(true);
    last.abort();
    await alone;
    expect(clock.isAwaited).toBe(false);
  });
});
