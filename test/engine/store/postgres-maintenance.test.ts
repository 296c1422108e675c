import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { EmbeddedConnect } from '../../../src/engine/engine.js';
import { sampleInstance } from '../../../src/engine/seed/sample-instance.js';
import { openPostgresStore, POSTGRES_DIALECT } from '../../../src/engine/store/postgres.js';
import { checkDatabase, purgeContact } from '../../../src/engine/maintenance.js';
import { DEFAULT_QUOTAS } from '../../../src/engine/decide/state.js';
import { DAY, HOUR, NOW, request, SAMPLE } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';
import { DeferredParameter } from '../../../src/engine/store/statement.js';

const { instanceId } = SAMPLE;

let server: TestPostgres;

beforeAll(async () => {
  server = await testPostgres();
});

afterAll(() => server.stop());

async function openEngine() {
  const url = await server.createDatabase();
  const clock = { now: NOW };
  const store = await openPostgresStore({
    url,
    shownUrl: 'the test database',
    content: sampleInstance(NOW),
    retentionMs: 30 * DAY,
    dialect: {
      ...POSTGRES_DIALECT,
      clock: () => sql<number>`cast(${new DeferredParameter(() => clock.now)} as bigint)`,
    },
  });
  const engine = new EmbeddedConnect({ store, quotas: DEFAULT_QUOTAS });
  return { url, clock, engine, [Symbol.asyncDispose]: () => engine.close() };
}

describe('On PostgreSQL', () => {
  it('contacts past their retention leave, and their chains count what is left', async () => {
    await using test = await openEngine();
    const { engine, clock, url } = test;
    const start = async (members = {}) => (await engine.startTaskContact(request(members))).contactId;
    const root = await start();
    await start({ previousContactId: root });
    clock.now = NOW + HOUR;
    const linked = await start({ previousContactId: root, expiryMinutes: 129_600 });
    clock.now = NOW + 30 * DAY;
    expect(await engine.describeContacts({ instanceId, contactIds: [root] })).toEqual([null]);
    expect(await engine.getAttributes({ instanceId, contactIds: [root, linked] })).toEqual([null, []]);
    const next = await start({ previousContactId: linked });
    expect(await server.query(url, 'select id from contact order by "initiatedAt"')).toEqual([
      { id: linked },
      { id: next },
    ]);
    expect(await server.query(url, 'select id, "linkedTasks"::int from chain')).toEqual([{ id: root, linkedTasks: 2 }]);
  });

  it('skips rows that another writer holds while it cleans up', async () => {
    await using test = await openEngine();
    const { engine, clock, url } = test;
    for (const clientToken of ['one', 'two']) await engine.startTaskContact(request({ clientToken }));
    clock.now = NOW + 8 * DAY;
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('begin');
    await other.query('select from "clientToken" order by scope limit 1 for update');
    await engine.startTaskContact(request());
    expect(await server.query(url, 'select count(*)::int from "clientToken"')).toEqual([{ count: 1 }]);
    await other.query('rollback');
    await other.end();
    await engine.startTaskContact(request());
    expect(await server.query(url, 'select count(*)::int from "clientToken"')).toEqual([{ count: 0 }]);
  });

  it('reports contradictions by a check that changes nothing, also while an engine works', async () => {
    await using test = await openEngine();
    const { engine, url } = test;
    await engine.startTaskContact(request({ attributes: [{ key: 'a', value: 'ä' }], clientToken: 'one' }));
    expect(await checkDatabase(url)).toEqual([]);
    await server.query(url, 'update instance set "openTasks" = 7');
    await server.query(url, 'update chain set "attributeBytes" = 0, "linkedTasks" = 1 where "attributeBytes" = 3');
    await server.query(url, `update "clientToken" set "contactId" = 'absent'`);
    expect(await checkDatabase(url)).toEqual([
      expect.stringMatching(/^Instance .+ states openTasks 7, but has 1\.$/),
      expect.stringMatching(/^Chain .+ states linkedTasks 1, but has 0\.$/),
      expect.stringMatching(/^Client token .+ names absent/),
      expect.stringMatching(/^Chain .+ states attributeBytes 0, but has 3\.$/),
    ]);
  });

  it('removes a contact and its client token for good while an engine works', async () => {
    await using test = await openEngine();
    const { engine, url } = test;
    const { contactId } = await engine.startTaskContact(request({ clientToken: 'one' }));
    expect(await purgeContact(url, instanceId, contactId)).toEqual({
      chainId: contactId,
      wasLast: true,
      wasOpen: true,
      files: 0,
      clientTokens: 1,
    });
    expect(await purgeContact(url, instanceId, contactId)).toBeUndefined();
    expect(await engine.describeContacts({ instanceId, contactIds: [contactId] })).toEqual([null]);
    expect(await checkDatabase(url)).toEqual([]);
  });

  it('maintenance makes no tables in an empty database, and leaves those of others alone', async () => {
    const url = await server.createDatabase();
    for (const work of [() => checkDatabase(url), () => purgeContact(url, instanceId, 'x')]) {
      await expect(work()).rejects.toMatchObject({ name: 'MissingDatabaseError' });
    }
    await server.query(url, 'create table meta (a text)');
    await expect(checkDatabase(url)).rejects.toMatchObject({ name: 'ForeignDatabaseError' });
    expect(await server.query(url, "select relname from pg_class where relname in ('instance', 'contact')")).toEqual(
      [],
    );
  });
});
