import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CompiledQuery } from 'kysely';
import type { SearchContactsRequest } from '../../../src/connect/contact-search.js';
import { EmbeddedConnect } from '../../../src/engine/engine.js';
import { sampleInstance } from '../../../src/engine/seed/sample-instance.js';
import { openPostgresStore } from '../../../src/engine/store/postgres.js';
import { openStorePool } from '../../../src/engine/store/postgres-pool.js';
import { PostgresScans } from '../../../src/engine/store/postgres-scans.js';
import { SqliteScans } from '../../../src/engine/store/sqlite-scans.js';
import { DEFAULT_QUOTAS } from '../../../src/engine/decide/state.js';
import { HOUR, NOW, openTestEngine, refusal, request, SAMPLE, type TestEngine } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';

const { instanceId } = SAMPLE;

/** Finds nothing, and looks at every contact for that. */
const SEARCH: SearchContactsRequest = {
  instanceId,
  timeRange: { type: 'INITIATION_TIMESTAMP', from: new Date(NOW - HOUR), to: new Date(NOW + HOUR) },
  criteria: { attributes: { match: 'MATCH_ALL', criteria: [{ key: 'k', values: ['no such value'] }] } },
};

/** Searches of a caller, all at once. */
function searchAll(engine: EmbeddedConnect, count: number, signal?: AbortSignal) {
  const options = { caller: { key: 'searcher', rights: '' }, ...(signal && { signal }) };
  return Array.from({ length: count }, () => engine.searchContacts(SEARCH, options));
}

/** Turns of the event loop until something holds. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

/** Adds so many contacts that a scan of them takes its time. */
async function fill(test: TestEngine, contacts: number): Promise<void> {
  const id = await test.start({ attributes: Array.from({ length: 20 }, (_, n) => ({ key: `k${n}`, value: 'v' })) });
  await test.close();
  const columns = Object.keys(test.rows(`select * from contact where id = '${id}'`)[0] ?? {}).map(
    (name) => `"${name}"`,
  );
  const values = columns.map((name) => (name === '"id"' ? "'copy-' || i" : name));
  test.write(`with recursive n (i) as (select 1 union all select i + 1 from n where i < ${contacts})
    insert into contact (${columns}) select ${values} from n, contact where id = '${id}'`);
  await test.reopen();
}

describe('A search on SQLite', () => {
  it('leaves the thread of requests to others, whatever there is to go through', async () => {
    await using test = await openTestEngine();
    await fill(test, 5_000);
    const before = [process.threadCpuUsage(), process.cpuUsage()] as const;
    let found = 0;
    const searches = searchAll(test.engine, 8).map((search) => search.then(() => found++));
    for (let other = 0; other < 8; other++) {
      await test.engine.startTaskContact(request(), { caller: { key: 'other', rights: '' } });
      await test.engine.ready();
    }
    expect(found).toBeLessThan(8);
    await Promise.all(searches);
    const [own, all] = [process.threadCpuUsage(before[0]), process.cpuUsage(before[1])];
    expect((own.user + own.system) / (all.user + all.system)).toBeLessThan(0.4);
  });

  it('is interrupted with its request, in the midst of a statement', async () => {
    await using test = await openTestEngine();
    await fill(test, 5_000);
    const whole = performance.now();
    await Promise.all(searchAll(test.engine, 1));
    const wholeMs = performance.now() - whole;
    const controller = new AbortController();
    const searches = searchAll(test.engine, 20, controller.signal).map(refusal);
    await test.engine.ready();
    controller.abort();
    const from = performance.now();
    expect(await Promise.all(searches)).toEqual(searches.map(() => expect.objectContaining({ code: 'Cancelled' })));
    // All of them would take ten times as long as one.
    expect(performance.now() - from).toBeLessThan(5 * wholeMs);
    expect(await test.engine.searchContacts(SEARCH)).toMatchObject({ totalCount: 0 });
  });

  it('ends a search that takes too long and reports it', async () => {
    await using test = await openTestEngine({ scans: { timeoutMs: 1 } });
    await fill(test, 5_000);
    expect(await refusal(test.engine.searchContacts(SEARCH))).toMatchObject({ code: 'DeadlineExceeded' });
  });

  it('sees what is committed, and both of its statements the same', async () => {
    await using test = await openTestEngine();
    const criteria = { channels: ['TASK' as const] };
    const search = { instanceId, timeRange: SEARCH.timeRange, criteria, maxResults: 1 };
    for (let count = 1; count <= 3; count++) {
      const id = await test.start();
      const { contacts, totalCount } = await test.engine.searchContacts(search);
      expect([contacts.map((contact) => contact.id), totalCount]).toEqual([[id], count]);
    }
  });
});

describe('The threads of scans', () => {
  const scan = (text: string) => [CompiledQuery.raw(text)];
  const never = new AbortController().signal;

  it('are there only while they are needed: none before the first scan, at most one a scan, none when idle', async () => {
    await using test = await openTestEngine();
    const scans = new SqliteScans(test.file, () => 0, 1);
    expect(scans.threads).toBe(0);
    const [one] = await scans.run(scan('select 1 as one'), never);
    expect(one).toHaveLength(1);
    await until(() => scans.threads === 0);
    const both = Promise.all([scans.run(scan('select 1'), never), scans.run(scan('select 2'), never)]);
    await until(() => scans.threads === 2);
    await both;
    await until(() => scans.threads === 0);
    await scans.close();
  });

  it('reject with the error of SQLite, and go on', async () => {
    await using test = await openTestEngine();
    const scans = new SqliteScans(test.file, () => 0);
    await expect(scans.run(scan('select * from absent'), never)).rejects.toThrow('no such table: absent');
    await expect(scans.run(scan('delete from contact'), never)).rejects.toThrow('readonly');
    expect(await scans.run(scan('select 1'), never)).toHaveLength(1);
    expect(scans.threads).toBe(1);
    await scans.close();
    expect(scans.threads).toBe(0);
  });

  it('pause when the write-ahead log has grown, until it could begin anew', async () => {
    await using test = await openTestEngine();
    let bytes = 100 * 1024 * 1024;
    const scans = new SqliteScans(test.file, () => bytes);
    const ended: string[] = [];
    const first = scans.run(scan('select 1'), never).then(() => ended.push('first'));
    bytes = 0;
    const second = scans.run(scan('select 2'), never).then(() => ended.push('second'));
    expect(scans.threads).toBe(0);
    await Promise.all([first, second]);
    expect(ended).toHaveLength(2);
    await scans.close();
  });
});

describe('A search on PostgreSQL', () => {
  let server: TestPostgres;
  let url: string;
  beforeAll(async () => {
    server = await testPostgres();
    url = await server.createDatabase();
  });
  afterAll(() => server.stop());

  async function open() {
    const store = await openPostgresStore({ url, shownUrl: url, content: sampleInstance(NOW) });
    return new EmbeddedConnect({ store, quotas: DEFAULT_QUOTAS });
  }

  /** Keeps everyone waiting who reads attributes, as long as a statement lasts. */
  const HOLD = `begin; lock table "chain" in access exclusive mode; select pg_sleep(60)`;
  const ofTest = `from pg_stat_activity where datname = current_database()`;
  const isHeld = async () =>
    (
      await server.query(
        url,
        `select 1 from pg_locks where relation = '"chain"'::regclass
    and mode = 'AccessExclusiveLock' and granted`,
      )
    ).length > 0;
  const waiting = async () =>
    Number((await server.query(url, `select count(*) as count ${ofTest} and wait_event_type = 'Lock'`))[0]?.count);
  const letGo = () => server.query(url, `select pg_cancel_backend(pid) ${ofTest} and query like 'begin; lock%'`);

  it('ends a hanging search on the server with its request, without a connection of other reads and changes', async () => {
    const engine = await open();
    const holding = server.query(url, HOLD).catch(() => {});
    try {
      await until(isHeld);
      const controller = new AbortController();
      const searches = searchAll(engine, 50, controller.signal).map(refusal);
      await until(async () => (await waiting()) === 2);
      for (let other = 0; other < 20; other++) {
        await engine.ready();
        expect(await engine.describeContacts({ instanceId, contactIds: [SAMPLE.voiceContact] })).toHaveLength(1);
      }
      controller.abort();
      expect(await Promise.all(searches)).toEqual(searches.map(() => expect.objectContaining({ code: 'Cancelled' })));
      await until(async () => (await waiting()) === 0);
    } finally {
      await letGo();
      await holding;
    }
    expect(await engine.searchContacts(SEARCH)).toMatchObject({ totalCount: 0 });
    await engine.close();
  });

  it('has a time that the server keeps too, and sees one state of the data', async () => {
    const scans = new PostgresScans(openStorePool(url, 1), openStorePool(url, 1));
    const settings = ['statement_timeout', 'transaction_isolation', 'transaction_read_only'];
    const read = settings.map((name) => CompiledQuery.raw(`select current_setting('${name}') as value`));
    expect(await scans.run(read, new AbortController().signal)).toEqual([
      [{ value: '15s' }],
      [{ value: 'repeatable read' }],
      [{ value: 'on' }],
    ]);
    await scans.close();
  });
});
