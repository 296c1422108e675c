import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Connect } from '../../../src/connect/connect.js';
import type { Contact } from '../../../src/connect/contact.js';
import { EmbeddedConnect } from '../../../src/engine/engine.js';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import { sampleInstance } from '../../../src/engine/seed/sample-instance.js';
import { SCHEMA_VERSION } from '../../../src/engine/store/migrations.js';
import { openPostgresStore, POSTGRES_DIALECT } from '../../../src/engine/store/postgres.js';
import { type ConnectFault, isConnectFault } from '../../../src/connect/errors.js';
import { DEFAULT_QUOTAS } from '../../../src/engine/decide/state.js';
import type { StartTaskContactRequest } from '../../../src/connect/start-task-contact.js';
import { DAY, HOUR, MINUTE, NOW, refusal, request, SAMPLE, SECOND, UNKNOWN_ID } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';
import { announced, startProgram, urlOf } from '../../support/process.js';
import { DeferredParameter } from '../../../src/engine/store/statement.js';

let server: TestPostgres;

beforeAll(async () => {
  server = await testPostgres();
});

afterAll(() => server.stop());

type Members = Partial<StartTaskContactRequest>;

/** A database of its own, and the engines that a test opens on it, each as in a process of its own. */
class TestDatabase implements AsyncDisposable {
  readonly clock = { now: NOW };
  readonly #engines: Connect[] = [];

  private constructor(readonly url: string) {}

  static async make(): Promise<TestDatabase> {
    return new TestDatabase(await server.createDatabase());
  }

  /** Opens an engine whose clock the test sets. */
  async open(quotas: { activeTasks?: number; chainTasks?: number } = {}): Promise<Connect> {
    const store = await openPostgresStore({
      url: this.url,
      shownUrl: 'the test database',
      content: sampleInstance(NOW),
      dialect: {
        ...POSTGRES_DIALECT,
        clock: () => sql<number>`cast(${new DeferredParameter(() => this.clock.now)} as bigint)`,
      },
    });
    const engine = new EmbeddedConnect({
      store,
      quotas: { ...DEFAULT_QUOTAS, ...quotas },
      groupCommit: { maxRequests: 7 },
    });
    this.#engines.push(engine);
    return engine;
  }

  query(text: string, ...parameters: unknown[]) {
    return server.query(this.url, text, parameters);
  }

  async count(text: string): Promise<number> {
    return Number(Object.values((await this.query(text))[0] ?? {})[0]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.close()));
  }
}

async function start(engine: Connect, members: Members = {}): Promise<string> {
  return (await engine.startTaskContact(request(members))).contactId;
}

/** Sends requests at once, in turns to each engine. */
async function startAll(engines: readonly Connect[], requests: readonly Members[]) {
  const outcomes = await Promise.allSettled(
    requests.map((members, index) => start(engines[index % engines.length] as Connect, members)),
  );
  return {
    ids: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    errors: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as ConnectFault] : [])),
  };
}

async function contact(engine: Connect, id: string): Promise<Contact> {
  const [found] = await engine.describeContacts({ instanceId: SAMPLE.instanceId, contactIds: [id] });
  if (!found || isConnectFault(found)) throw new Error(`Not found: ${found}`);
  return found;
}

async function attributes(engine: Connect, id: string): Promise<unknown> {
  const [found] = await engine.getAttributes({ instanceId: SAMPLE.instanceId, contactIds: [id] });
  if (!found || isConnectFault(found)) throw new Error(`Not found: ${found}`);
  return Object.fromEntries(found.map(({ key, value }) => [key, value]));
}

async function members(engine: Connect, id: string): Promise<readonly string[]> {
  const [found] = await engine.listChains({ instanceId: SAMPLE.instanceId, contactIds: [id] });
  if (!found || isConnectFault(found)) throw new Error(`Not found: ${found}`);
  return found.members.map((member) => member.id);
}

const times = (count: number, one: Members = {}) => Array.from({ length: count }, () => one);
const TASKS = `select count(*) from contact where channel = 'TASK'`;

describe('On PostgreSQL', () => {
  it('reads a created task back as stated, also by another engine and after the first is closed', async () => {
    await using database = await TestDatabase.make();
    const engine = await database.open();
    const id = await start(engine, {
      name: 'Grüße 👋 "quoted" \\ back',
      description: "it's\nnew",
      references: [{ name: 'Order', type: 'URL', value: 'https://example.com/1' }],
      attributes: [{ key: 'tier', value: 'gold ✓' }],
      scheduledTime: new Date(NOW + HOUR),
      expiryMinutes: 120,
    });
    const other = await database.open();
    const expected = {
      name: 'Grüße 👋 "quoted" \\ back',
      description: "it's\nnew",
      state: 'SCHEDULED',
      initiatedAt: new Date(NOW),
      references: [{ name: 'Order', type: 'URL', value: 'https://example.com/1' }],
    };
    expect(await contact(engine, id)).toMatchObject(expected);
    expect(await contact(other, id)).toMatchObject(expected);
    await engine.close();
    expect(await attributes(other, id)).toEqual({ tier: 'gold ✓' });
    const again = await database.open();
    expect(await contact(again, id)).toMatchObject(expected);
    await again.ready();
  });

  it('returns null for what does not exist and for text that cannot be stored', async () => {
    await using database = await TestDatabase.make();
    const engine = await database.open();
    const odd = [UNKNOWN_ID, '\0', 'a\ud800', "'; drop table contact; --"];
    expect(await engine.describeContacts({ instanceId: SAMPLE.instanceId, contactIds: odd })).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(await engine.listChains({ instanceId: SAMPLE.instanceId, contactIds: odd })).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(await engine.getAttributes({ instanceId: SAMPLE.instanceId, contactIds: odd })).toEqual([
      null,
      null,
      null,
      null,
    ]);
    for (const instanceId of odd) {
      expect(await engine.describeContacts({ instanceId, contactIds: [SAMPLE.voiceContact] })).toEqual([null]);
      expect(await engine.getAttributes({ instanceId, contactIds: [SAMPLE.voiceContact] })).toEqual([null]);
      expect((await refusal(engine.startTaskContact(request({ instanceId })))).code).not.toBe(
        'InternalServiceException',
      );
    }
  });

  it.each([1, 2])('gives 32 callers at %i engines exactly the free places of a chain', async (count) => {
    await using database = await TestDatabase.make();
    const engines = await Promise.all(Array.from({ length: count }, () => database.open()));
    const root = await start(engines[0] as Connect);
    const { ids, errors } = await startAll(engines, times(32, { previousContactId: root }));
    expect(ids).toHaveLength(12);
    expect(errors.map((error) => 'quota' in error && error.quota)).toEqual(Array(20).fill('CHAIN'));
    expect((await members(engines[0] as Connect, root)).toSorted()).toEqual([root, ...ids].toSorted());
    expect(await database.query(`select "linkedTasks" from chain where id = '${root}'`)).toEqual([
      { linkedTasks: '12' },
    ]);
  });

  it('creates one contact by one token of 32 callers at two engines, and replays it later', async () => {
    await using database = await TestDatabase.make();
    const engines = [await database.open(), await database.open()];
    const { ids } = await startAll(engines, times(32, { clientToken: 'token' }));
    expect([ids.length, new Set(ids).size]).toEqual([32, 1]);
    expect(await database.count(TASKS)).toBe(1);
    expect(await refusal(start(engines[0] as Connect, { clientToken: 'token', name: 'Other' }))).toMatchObject({
      code: 'IdempotencyException',
    });
    database.clock.now = NOW + 7 * DAY - 1;
    const later = await database.open();
    expect(await later.startTaskContact(request({ clientToken: 'token' }))).toEqual({
      contactId: ids[0],
      replayed: true,
    });
    database.clock.now = NOW + 7 * DAY;
    expect(await start(later, { clientToken: 'token' })).not.toBe(ids[0]);
  });

  it('keeps one quota of active tasks for two engines, and frees the places of expired ones', async () => {
    await using database = await TestDatabase.make();
    const engines = [await database.open({ activeTasks: 20 }), await database.open({ activeTasks: 20 })];
    const { ids, errors } = await startAll(engines, times(32, { expiryMinutes: 1 }));
    expect([ids.length, errors.length]).toEqual([20, 12]);
    expect(errors[0]).toMatchObject({ quota: 'ACTIVE_TASKS' });
    database.clock.now = NOW + MINUTE;
    expect((await startAll(engines, times(32))).ids).toHaveLength(20);
    expect(await database.query('select "openTasks" from instance')).toEqual([{ openTasks: '20' }]);
  });

  it('attributes are shared along a chain, and updates from two engines all stay', async () => {
    await using database = await TestDatabase.make();
    const engines = [await database.open(), await database.open()] as const;
    const root = await start(engines[0], { attributes: [{ key: 'a', value: '1' }] });
    const link = await start(engines[1], { previousContactId: root, attributes: [{ key: 'b', value: '2' }] });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        engines[index % 2 === 0 ? 0 : 1].updateContactAttributes({
          instanceId: SAMPLE.instanceId,
          contactId: index % 3 === 0 ? root : link,
          attributes: [{ key: `k${index}`, value: `${index}` }],
        }),
      ),
    );
    const expected = { a: '1', b: '2', ...Object.fromEntries([...Array(20).keys()].map((k) => [`k${k}`, `${k}`])) };
    expect(await attributes(engines[0], link)).toEqual(expected);
    expect(await attributes(engines[1], root)).toEqual(expected);
  });

  it('updates and tags a task at one engine, and transfers and stops it at the other', async () => {
    await using database = await TestDatabase.make();
    const engines = [await database.open(), await database.open()] as const;
    const contactId = await start(engines[0], { scheduledTime: new Date(NOW + HOUR) });
    const of = { instanceId: SAMPLE.instanceId, contactId };
    await engines[0].updateContact({ ...of, name: 'Renamed' });
    await engines[1].updateContactSchedule({ ...of, scheduledTime: new Date(NOW + 2 * HOUR) });
    await engines[0].tagContact({ ...of, tags: [{ key: 'team', value: 'north' }] });
    expect(await contact(engines[1], contactId)).toMatchObject({
      scheduledTime: new Date(NOW + 2 * HOUR),
      tags: [{ key: 'team', value: 'north' }],
    });
    database.clock.now += SECOND;
    await engines[1].stopContact(of);
    expect(await contact(engines[0], contactId)).toMatchObject({ name: 'Renamed', endedAt: new Date(NOW + SECOND) });
    expect(await database.query('select "openTasks" from instance')).toEqual([{ openTasks: '0' }]);
  });

  it('orders a chain by time, also after a clock is set back', async () => {
    await using database = await TestDatabase.make();
    const engines = [await database.open(), await database.open()] as const;
    const root = await start(engines[0]);
    const ids = [root];
    for (let turn = 1; turn < 6; turn++) {
      database.clock.now += SECOND;
      ids.push(await start(engines[turn % 2 === 0 ? 0 : 1], { previousContactId: root }));
    }
    expect(await members(engines[1], root)).toEqual(ids);
    database.clock.now = NOW - DAY;
    expect((await contact(engines[1], await start(engines[1]))).initiatedAt).toEqual(new Date(NOW + 5 * SECOND));
  });

  it('decisions go by the server’s clock', async () => {
    await using database = await TestDatabase.make();
    const engine = await openEmbeddedConnect({ databaseUrl: database.url, now: () => 0 });
    try {
      const before = (await database.query('select clock_timestamp() as now'))[0]?.now as Date;
      const id = await start(engine);
      const after = (await database.query('select clock_timestamp() as now'))[0]?.now as Date;
      const { initiatedAt } = await contact(engine, id);
      expect(initiatedAt.getTime()).toBeGreaterThanOrEqual(before.getTime());
      expect(initiatedAt.getTime()).toBeLessThanOrEqual(after.getTime());
    } finally {
      await engine.close();
    }
  });
});

/** Makes every insert of a contact of this name fail, as a statement or at COMMIT. */
function failing(when: 'statement' | 'commit', what: string): string {
  return `create function fail() returns trigger language plpgsql as $$ begin ${what}; return new; end $$;
    create constraint trigger fail after insert on contact ${when === 'commit' ? 'deferrable initially deferred' : ''}
    for each row when (new.name = 'bad') execute function fail()`;
}

const LOST = 'perform pg_terminate_backend(pg_backend_pid())';

describe('On PostgreSQL, where the database fails', () => {
  it.each([
    ['a statement', `raise exception 'injected'`],
    ['a connection', LOST],
  ])('%s in a batch, only the request that it is about fails', async (_what, fault) => {
    await using database = await TestDatabase.make();
    const engine = await database.open();
    await database.query(failing('statement', fault));
    const { ids, errors } = await startAll([engine], [{ name: 'a' }, { name: 'bad' }, { name: 'c' }]);
    expect(ids).toHaveLength(2);
    expect(errors).toEqual([expect.objectContaining({ code: 'InternalServiceException' })]);
    expect(errors[0]?.message).not.toContain('injected');
    expect(await database.query(`select name from contact where channel = 'TASK' order by id`)).toEqual([
      { name: 'a' },
      { name: 'c' },
    ]);
    expect(await database.query('select "openTasks" from instance')).toEqual([{ openTasks: '2' }]);
    await start(engine);
  });

  it.each([
    ['fails', `raise exception 'injected'`],
    ['loses its connection', LOST],
  ])(
    'COMMIT %s, all callers of its batch are answered, nothing is stored, and the engine goes on',
    async (_what, fault) => {
      await using database = await TestDatabase.make();
      const engine = await database.open();
      await database.query(failing('commit', fault));
      const { errors } = await startAll([engine], [{ name: 'a' }, { name: 'bad' }]);
      expect(errors.map(({ code }) => code)).toEqual(['InternalServiceException', 'InternalServiceException']);
      expect(await database.count(TASKS)).toBe(0);
      await start(engine);
      expect(await database.count(TASKS)).toBe(1);
    },
  );

  it('continues with new connections after all were cut', async () => {
    await using database = await TestDatabase.make();
    const engine = await database.open();
    const id = await start(engine);
    await contact(engine, id);
    await server.query(
      database.url,
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'connect-task-gateway'`,
    );
    // Each connection has ended by now. A call that meets it first may fail.
    await Promise.allSettled([contact(engine, id), start(engine)]);
    await start(engine);
    expect(await contact(engine, id)).toMatchObject({ id });
  });

  it('looks up a COMMIT whose answer was lost after the server has finished it', async () => {
    await using database = await TestDatabase.make();
    await database.open();
    const store = await openPostgresStore({ url: database.url, shownUrl: 'the test database' });
    try {
      const written = Promise.withResolvers<void>();
      const mayEnd = Promise.withResolvers<void>();
      const writing = store.transaction(async (transaction) => {
        const none = {
          newTemplates: [],
          newContacts: [],
          changedContacts: [],
          chains: [],
          tokens: [],
          changes: [],
          openedTasks: new Map(),
        };
        await transaction.write('batch', none, NOW);
        written.resolve();
        await mayEnd.promise;
      });
      await written.promise;
      const found = store.hasBatch('batch');
      expect(await Promise.race([found, database.query('select pg_sleep(0.05)').then(() => 'waits')])).toBe('waits');
      mayEnd.resolve();
      await writing;
      expect(await found).toBe(true);
      expect(await store.hasBatch('other')).toBe(false);
      expect(await database.count(`select count(*) from batch where id = 'other'`)).toBe(0);
    } finally {
      await store.close();
    }
  });
});

describe('A PostgreSQL database', () => {
  it('is brought up to date once, however many open it at once', async () => {
    await using database = await TestDatabase.make();
    const engines = await Promise.all(Array.from({ length: 4 }, () => database.open()));
    expect(await database.query('select * from meta')).toEqual([
      { key: 'schemaVersion', value: String(SCHEMA_VERSION) },
    ]);
    await startAll(engines, times(4));
    expect(await database.count(TASKS)).toBe(4);
  });

  it('is refused and left unchanged if a newer program made it', async () => {
    await using database = await TestDatabase.make();
    await (await database.open()).close();
    await database.query(`update meta set value = '99'`);
    await expect(openEmbeddedConnect({ databaseUrl: database.url })).rejects.toMatchObject({
      name: 'DatabaseTooNewError',
      message: expect.stringContaining('schema version 99'),
    });
    expect(await database.query('select * from meta')).toEqual([{ key: 'schemaVersion', value: '99' }]);
  });

  it.each([
    'create table contact (id int)',
    'create table meta (a int)',
    'create table meta (key text, value text)',
    `create table meta (key text, value text); insert into meta values ('schemaVersion', '1')`,
    'create view chain as select 1 as one',
  ])('is refused and left unchanged if it belongs to something else: %s', async (made) => {
    await using database = await TestDatabase.make();
    await database.query(made);
    const relations = () =>
      database.query(`select relname from pg_class where relnamespace = 'public'::regnamespace order by 1`);
    const before = await relations();
    await expect(openEmbeddedConnect({ databaseUrl: database.url })).rejects.toMatchObject({
      name: 'ForeignDatabaseError',
      message: expect.stringMatching(/Nothing was changed.*DATABASE_URL/),
    });
    expect(await relations()).toEqual(before);
  });

  it('accepts tables of other programs with other names', async () => {
    await using database = await TestDatabase.make();
    await database.query('create table customer (id int)');
    await start(await database.open());
  });

  it('serves a gateway whose log contains no password', async () => {
    const url = new URL(await server.createDatabase());
    const program = startProgram({ DATABASE_URL: url.href });
    try {
      expect((await announced(program)).database).toBe(`postgres://${url.host}${url.pathname}`);
      const ready = await fetch(new URL('/health/ready', await urlOf(program)));
      expect(ready.status).toBe(200);
    } finally {
      program.child.kill('SIGTERM');
    }
    expect(await program.exit).toBe(0);
    expect(program.stdout() + program.stderr()).not.toContain(`:${url.password}@`);
  });

  it('needs a driver that nothing else loads', () => {
    const script = `import('./dist/engine/open.js').then(() => console.log(Object.keys(require.cache).filter((path) => /[\\\\/]pg[\\\\/]/.test(path)).length))`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });

  it('is reported without its password if it cannot be reached', async () => {
    const url = 'postgres://someone:secret-word@127.0.0.1:1/connect?password=secret-word';
    const error = await openEmbeddedConnect({ databaseUrl: url }).catch((caught: Error) => caught as Error);
    expect(error).toMatchObject({
      name: 'DatabaseUnusableError',
      message: expect.stringMatching(/postgres:\/\/127\.0\.0\.1:1\/connect cannot be used \(.*ECONNREFUSED/),
    });
    expect((error as Error).message).not.toContain('secret');
  });
});
