import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Rate } from '../../../../src/connect/rates.js';
import { PostgresBuckets } from '../../../../src/policies/around-call/budget/postgres-tokens.js';
import { OwnTokens, SharedTokens, shareOf } from '../../../../src/policies/around-call/budget/shared-tokens.js';
import { ManualClock } from '../../../support/manual-clock.js';
import { type TestPostgres, testPostgres } from '../../../support/postgres.js';

const RATE: Rate = { perSecond: 2, burst: 5 };

let server: TestPostgres;

beforeAll(async () => {
  server = await testPostgres();
}, 60_000);
afterAll(() => server.stop());

/** Two replicas on one database. */
async function openReplicas() {
  const url = await server.createDatabase();
  const clock = new ManualClock();
  const away: boolean[] = [];
  const events = { onSharedBudget: (event: { away: boolean }) => away.push(event.away) };
  const replica = () => {
    const buckets = new PostgresBuckets(url, clock.now, clock.now);
    return new SharedTokens({ buckets, replicas: 2, clock, events });
  };
  const replicas = [replica(), replica()] as const;
  return {
    url,
    clock,
    away,
    replicas,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(replicas.map((each) => each.close()));
    },
  };
}

describe('Replicas on one PostgreSQL', () => {
  it('take from one bucket: together as much as one process would', async () => {
    await using open = await openReplicas();
    const { clock, replicas } = open;
    let run = 0;
    const takes = fc.record({ which: fc.constantFrom(0, 1), wanted: fc.integer({ min: 1, max: 5 }) });
    const script = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 1_500 }), take: takes }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const key = `StartTaskContact ${run++}`;
        const own = new OwnTokens(clock.now);
        for (const { afterMs, take } of steps) {
          await clock.advance(afterMs);
          const shared = await replicas[take.which as 0 | 1].take(key, RATE, take.wanted);
          expect(shared).toEqual(await own.take(key, RATE, take.wanted));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('hand out no token twice when they ask at once', async () => {
    await using open = await openReplicas();
    const { clock, replicas } = open;
    const askAll = async () => {
      const asks = Array.from({ length: 40 }, (_, index) => replicas[index % 2 ? 1 : 0].take('any', RATE, 1));
      return (await Promise.all(asks)).filter(({ tokens }) => tokens === 1).length;
    };
    expect(await askAll()).toBe(5);
    await clock.advance(1_000);
    expect(await askAll()).toBe(2);
    expect(open.away).toEqual([]);
  });

  it('make their table anew where it is gone, and have a bucket for each operation and scope', async () => {
    await using open = await openReplicas();
    const [one] = open.replicas;
    expect((await one.take('a', RATE, 5)).tokens).toBe(5);
    expect((await one.take('b', RATE, 5)).tokens).toBe(5);
    expect((await one.take('a', RATE, 1)).tokens).toBe(0);
    expect(await server.query(open.url, 'select key from connect_rate_bucket order by key')).toEqual([
      { key: 'a' },
      { key: 'b' },
    ]);
  });
});

describe('A replica whose database is away', () => {
  it('keeps to its share from nothing on, and begins with nothing again when it is back', async () => {
    await using open = await openReplicas();
    const { away, clock, replicas, url } = open;
    const [one] = replicas;
    expect((await one.take('any', RATE, 1)).tokens).toBe(1);
    await server.query(url, 'alter table connect_rate_bucket rename to gone');
    // A column that is missing fails as any database does that cannot be used.
    await server.query(url, 'create table connect_rate_bucket (key text)');
    expect((await one.take('any', RATE, 5)).tokens).toBe(0);
    await clock.advance(4_000);
    expect((await one.take('any', RATE, 5)).tokens).toBe(shareOf(RATE, 2).burst);
    await clock.advance(1_000);
    expect((await one.take('any', RATE, 5)).tokens).toBe(1);
    expect(away).toEqual([true]);
    await server.query(url, 'drop table connect_rate_bucket');
    await server.query(url, 'alter table gone rename to connect_rate_bucket');
    await clock.advance(5_000);
    expect(await one.take('any', RATE, 5)).toMatchObject({ tokens: 0, retryAfterMs: 500 });
    expect(away).toEqual([true, false]);
    await clock.advance(10_000);
    expect((await one.take('any', RATE, 5)).tokens).toBe(5);
  });

  it('has a part of the rate, and a burst of one at least', () => {
    expect(shareOf(RATE, 2)).toEqual({ perSecond: 1, burst: 2 });
    expect(shareOf({ perSecond: 0.5, burst: 1 }, 4)).toEqual({ perSecond: 0.125, burst: 1 });
  });
});
