import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { CachingDatabase, kyselyOver } from '../../../src/engine/store/sqlite-database.js';
import { DAY, HOUR, NOW, openTestEngine, SAMPLE } from '../../support/engine.js';

const TOKENS = 'select count(*) from clientToken';
const PROOFS = 'select count(*) from batch';

describe('What was answered', () => {
  it('is there when the engine is opened again: contacts, chains, attributes, tokens and quotas', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 3, chainTasks: 2 } });
    const root = await test.start({ attributes: [{ key: 'k', value: 'v' }] });
    const tokened = { previousContactId: root, clientToken: 'token' };
    const child = await test.start(tokened);
    const reported = async () => ({
      contacts: await test.engine.describeContacts({ instanceId: SAMPLE.instanceId, contactIds: [root, child] }),
      chains: await test.engine.listChains({ instanceId: SAMPLE.instanceId, contactIds: [root, child] }),
      attributes: await test.engine.getAttributes({ instanceId: SAMPLE.instanceId, contactIds: [root, child] }),
    });
    const before = await reported();
    for (let time = 0; time < 2; time++) {
      await test.reopen();
      expect(await reported()).toEqual(before);
    }
    expect(await test.start(tokened)).toBe(child);
    await test.start({ previousContactId: child });
    await expect(test.start({ previousContactId: root })).rejects.toMatchObject({ quota: 'CHAIN' });
    await expect(test.start()).rejects.toMatchObject({ quota: 'ACTIVE_TASKS' });
  });

  it('lies in a database that SQLite finds sound, behind a write-ahead log', async () => {
    await using test = await openTestEngine();
    expect(test.rows('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(test.rows('pragma application_id')).toEqual([{ application_id: 0x434e4354 }]);
    expect(test.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });
});

describe('A read that no caller waits for', () => {
  it('leaves with the writes: client tokens past their window, 500 at a time', async () => {
    await using test = await openTestEngine({ groupCommit: { maxRequests: 10_000 } });
    await test.startAll(Array.from({ length: 1200 }, (_, caller) => ({ clientToken: `${caller}` })));
    test.clock.now = NOW + 7 * DAY - 1;
    await test.start({ clientToken: 'kept' });
    expect(test.count(TOKENS)).toBe(1201);
    test.clock.now = NOW + 7 * DAY;
    const left = [];
    for (let time = 0; time < 4; time++) {
      await test.start();
      left.push(test.count(TOKENS));
    }
    expect(left).toEqual([701, 201, 1, 1]);
  });

  it('leaves with the writes: proofs of batches after an hour, 500 at a time', async () => {
    await using test = await openTestEngine();
    await test.close();
    test.write(`insert into batch (id, committedAt)
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 700) select 'old-' || i, ${NOW} from n`);
    await test.reopen();
    test.clock.now = NOW + HOUR - 1;
    await test.start();
    expect(test.count(PROOFS)).toBe(701);
    test.clock.now = NOW + HOUR;
    await test.start();
    expect(test.count(PROOFS)).toBe(202);
    await test.start();
    expect(test.count(PROOFS)).toBe(3);
  });
});

describe('A statement', () => {
  it.each([
    ['a boolean', true],
    ['undefined', undefined],
  ])('does not take %s, which the driver would bind as something else without a word', async (_what, parameter) => {
    using database = new DatabaseSync(':memory:');
    const statement = new CachingDatabase(database).prepare('select ? as value');
    for (const run of ['all', 'run', 'iterate'] as const) {
      expect(() => statement[run]([parameter])).toThrow(
        `A statement's parameter must be text, number or null, but got: ${parameter}`,
      );
    }
    await expect(sql`select ${parameter} as value`.execute(kyselyOver(new CachingDatabase(database)))).rejects.toThrow(
      TypeError,
    );
  });

  it('takes text, numbers and null, and gives them back', () => {
    using database = new DatabaseSync(':memory:');
    const statement = new CachingDatabase(database).prepare('select ? as text, ? as number, ? as absent');
    const row = { text: '𝄞\n', number: 2 ** 53 - 1, absent: null };
    expect(statement.all(Object.values(row)).map((found) => ({ ...(found as object) }))).toEqual([row]);
    expect(statement.reader).toBe(true);
  });

  it('is prepared once, as long as there are not too many', () => {
    using database = new DatabaseSync(':memory:');
    const caching = new CachingDatabase(database);
    const first = caching.prepare('select 1');
    expect(caching.prepare('select 1')).toBe(first);
    for (let other = 2; other < 300; other++) caching.prepare(`select ${other}`);
    expect(caching.prepare('select 1')).toBe(first);
    expect(caching.prepare('select 299')).not.toBe(caching.prepare('select 299'));
  });
});
