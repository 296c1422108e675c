import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EmbeddedConnect } from '../../../src/engine/engine.js';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import { migrate, SCHEMA_VERSION } from '../../../src/engine/store/migrations.js';
import { kyselyOverPostgres, openStorePool } from '../../../src/engine/store/postgres-pool.js';
import { CachingDatabase, kyselyOver } from '../../../src/engine/store/sqlite-database.js';
import { checkDatabase } from '../../../src/engine/maintenance.js';
import { HOUR, refusal, request, SAMPLE } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';
import { temporaryFolder } from '../../support/process.js';
import { field } from '../../support/resources.js';

const { instanceId, instanceArn, contactFlow, voiceContact } = SAMPLE;
const TEMPLATE = SAMPLE.taskTemplate.withFlow;
const USER = '70000000-0000-4000-8000-000000000001';
const TASK = '019e830e-1afa-726c-9cff-39f20000fe6b';
const OF_TEMPLATE = '019e830e-1afa-726c-9cff-39f20000fe6c';
/** PostgreSQL's clock is its own: what is to last is young. */
const THEN = Date.now() - HOUR;
const LATER = THEN + 7 * 24 * HOUR;

/** The one request that was made with a token, and what the first program stored of it: hashes that must not change. */
const ASKED = request({ clientToken: 'before', previousContactId: voiceContact });
const SCOPE = 'NJfPNFkiYtev9qDTEO0KSkm6v3s3FVOvgZ7W24LF3Ow';
const FINGERPRINT = 'DIjNDVvL_IyWY-AxoMHu5-P7L-oqF7m0skJ3WJLL_mw';

const CONTACT = `insert into "contact" ("instanceId", "id", "chainId", "associationId", "previousContactId", "channel",
  "initiationMethod", "name", "contactFlowId", "taskTemplateId", "references", "initiatedAt", "expiresAt", "endedAt",
  "disconnectReason", "updatedAt", "pauses", "transfers") values`;

/** Rows as the first program wrote them: a call that has ended, a task in its chain, and one from a template. */
const ROWS = [
  `insert into "instance" ("id", "alias", "arn", "createdAt", "openTasks", "lastInstant") values ('${instanceId}', 'sample', '${instanceArn}', ${THEN}, 2, ${THEN})`,
  `insert into "contactFlow" values ('${instanceId}', '${contactFlow}', 'Ours', 'CONTACT_FLOW', 'ACTIVE', 'PUBLISHED', null)`,
  `insert into "connectUser" values ('${instanceId}', '${USER}', 'agent')`,
  `insert into "taskTemplate" ("instanceId", "id", "name", "description", "status", "contactFlowId", "fields", "createdAt",
    "updatedAt") values ('${instanceId}', '${TEMPLATE}', 'Old template', null, 'ACTIVE', '${contactFlow}',
    '[{"name":"Name","type":"NAME","required":true,"readOnly":false,"invisible":false}]', ${THEN}, ${THEN})`,
  `insert into "chain" values ('${instanceId}', '${voiceContact}', '[["customerId","C-1"]]', 13, 1)`,
  `insert into "chain" values ('${instanceId}', '${OF_TEMPLATE}', '[]', 0, 0)`,
  `${CONTACT} ('${instanceId}', '${voiceContact}', '${voiceContact}', '${voiceContact}', null, 'VOICE', 'INBOUND', null,
    '${contactFlow}', null, null, ${THEN}, null, ${THEN + 1000}, 'CUSTOMER_DISCONNECT', ${THEN + 1000}, 0, 0)`,
  `${CONTACT} ('${instanceId}', '${TASK}', '${voiceContact}', '${voiceContact}', '${voiceContact}', 'TASK', 'API',
    'Call back', '${contactFlow}', null, '[{"name":"Note","type":"STRING","value":"old"}]', ${THEN + 2000}, ${LATER}, null, null,
    ${THEN}, 0, 0)`,
  `${CONTACT} ('${instanceId}', '${OF_TEMPLATE}', '${OF_TEMPLATE}', '${OF_TEMPLATE}', null, 'TASK', 'API', 'Rückruf',
    '${contactFlow}', '${TEMPLATE}', null, ${THEN}, ${LATER}, null, null, ${THEN}, 0, 0)`,
  `insert into "clientToken" values ('${SCOPE}', '${FINGERPRINT}', '${TASK}', ${LATER})`,
];

/** The row that programs have added since they keep each version of a template. */
const VERSION_ROW = `insert into "taskTemplateVersion" ("instanceId", "id", "version", "name", "status", "contactFlowId",
  "fields", "createdAt", "updatedAt") select "instanceId", "id", 1, "name", "status", "contactFlowId", "fields",
  "createdAt", "updatedAt" from "taskTemplate"`;

/** The schema version that brought the versions of templates. */
const WITH_VERSIONS = 7;

const rowsOf = (version: number) => (version < WITH_VERSIONS ? ROWS : [...ROWS, VERSION_ROW]);

/** A database as a program of an earlier schema version left it, and the same schema made anew. */
interface Old extends AsyncDisposable {
  readonly url: string;
  /** Every column and index, as text. */
  schema(of?: 'the old one' | 'a new one'): Promise<readonly string[]>;
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
}

async function oldSqlite(version: number): Promise<Old> {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'old.db');
  const fresh = join(folder.path, 'new.db');
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal; pragma application_id = 0x434e4354');
  const db = kyselyOver(new CachingDatabase(database));
  await db.transaction().execute((transaction) => migrate(transaction, version));
  for (const row of rowsOf(version)) database.exec(row);
  await db.destroy();
  const rows = (of: string, sql: string) => {
    using reader = new DatabaseSync(of, { readOnly: true });
    return reader.prepare(sql).all() as readonly Record<string, unknown>[];
  };
  return {
    url: `file:${file}`,
    query: async (sql) => rows(file, sql),
    async schema(of) {
      if (of === 'a new one') await (await openEmbeddedConnect({ databaseUrl: `file:${fresh}` })).close();
      const listed = rows(
        of === 'a new one' ? fresh : file,
        `select t.name as "table", c.name as part, c.type || c."notnull" || c.pk as facts from sqlite_schema as t
         join pragma_table_info(t.name) as c where t.type = 'table'
         union all select tbl_name, name, sql from sqlite_schema where type = 'index' and sql is not null`,
      );
      return listed.map((row) => JSON.stringify(row)).sort();
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

let server: TestPostgres;

beforeAll(async () => {
  server = await testPostgres();
});

afterAll(() => server.stop());

async function oldPostgres(version: number): Promise<Old> {
  const url = await server.createDatabase();
  const fresh = await server.createDatabase();
  const db = kyselyOverPostgres(openStorePool(url, 1));
  await db.transaction().execute((transaction) => migrate(transaction, version));
  await db.destroy();
  for (const row of rowsOf(version)) await server.query(url, row);
  return {
    url,
    query: (sql) => server.query(url, sql),
    async schema(of) {
      if (of === 'a new one') await (await openEmbeddedConnect({ databaseUrl: fresh })).close();
      const listed = await server.query(
        of === 'a new one' ? fresh : url,
        `select table_name as "table", column_name as part, data_type || is_nullable as facts
         from information_schema.columns where table_schema = current_schema()
         union all select tablename, indexname, indexdef from pg_indexes where schemaname = current_schema()`,
      );
      return listed.map((row) => JSON.stringify(row)).sort();
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function holds(engine: EmbeddedConnect): Promise<void> {
  expect(await engine.describeContacts({ instanceId, contactIds: [voiceContact, TASK, OF_TEMPLATE] })).toMatchObject([
    { channel: 'VOICE', state: 'COMPLETED', associationId: voiceContact, disconnectReason: 'CUSTOMER_DISCONNECT' },
    {
      name: 'Call back',
      state: 'INITIATED',
      initialContactId: voiceContact,
      previousContactId: voiceContact,
      associationId: voiceContact,
      references: [{ name: 'Note', type: 'STRING', value: 'old' }],
    },
    { name: 'Rückruf', taskTemplate: { id: TEMPLATE, name: 'Old template' } },
  ]);
  expect(await engine.getAttributes({ instanceId, contactIds: [TASK] })).toEqual([
    [{ key: 'customerId', value: 'C-1' }],
  ]);
  expect(await engine.startTaskContact(ASKED)).toEqual({ contactId: TASK, replayed: true });
  const template = { instanceId, taskTemplateId: TEMPLATE, snapshotVersion: '1' };
  expect(await engine.getTaskTemplate(template)).toMatchObject({ name: 'Old template', contactFlowId: contactFlow });
}

/** What each later version brought. */
async function works(engine: EmbeddedConnect): Promise<void> {
  const linked = await engine.startTaskContact(request({ previousContactId: TASK }));
  const associated = await engine.listAssociatedContacts({ instanceId, contactId: linked.contactId });
  expect(associated.items.map(({ id }) => id)).toEqual([voiceContact, TASK, linked.contactId]);
  await engine.stopContact({ instanceId, contactId: OF_TEMPLATE });
  const timeRange = {
    type: 'INITIATION_TIMESTAMP',
    from: new Date(THEN - HOUR),
    to: new Date(THEN + 24 * HOUR),
  } as const;
  expect(await engine.searchContacts({ instanceId, timeRange })).toMatchObject({ totalCount: 4 });
  const byName = { name: { texts: ['RÜCKRUF'], match: 'MATCH_ANY' } } as const;
  const named = await engine.searchContacts({ instanceId, timeRange, criteria: byName });
  expect(named.contacts.map(({ id }) => id)).toEqual([OF_TEMPLATE]);
  const { id: taskTemplateId } = await engine.createTaskTemplate({
    instanceId,
    name: 'New template',
    contactFlowId: contactFlow,
    selfAssignFlowId: contactFlow,
    fields: [field('Name', 'NAME', { required: true })],
  });
  const own = { taskTemplateId, createdByUserId: USER, assignmentType: 'SELF' } as const;
  const { contactId } = await engine.startTaskContact(request(own));
  expect(await engine.describeContacts({ instanceId, contactIds: [contactId] })).toMatchObject([
    { assignmentType: 'SELF', createdBy: { id: USER } },
  ]);
  const missing = engine.getTaskTemplate({ instanceId, taskTemplateId: TEMPLATE, snapshotVersion: '2' });
  expect((await refusal(missing)).code).toBe('ResourceNotFoundException');
}

const OLDER = Array.from({ length: SCHEMA_VERSION - 1 }, (_, index) => index + 1);

describe.each([
  ['SQLite', oldSqlite],
  ['PostgreSQL', oldPostgres],
])('On %s, a database of schema version', (_name, make) => {
  it.each(OLDER)('%d is brought up to date when it is opened, keeps what it holds, and works', async (version) => {
    await using old = await make(version);
    const storedVersion = 'select value from meta';
    expect(await old.query(storedVersion)).toEqual([{ value: String(version) }]);
    let engine = await openEmbeddedConnect({ databaseUrl: old.url });
    try {
      expect(await old.query(storedVersion)).toEqual([{ value: String(SCHEMA_VERSION) }]);
      await holds(engine);
      await works(engine);
      await engine.close();
      expect(await checkDatabase(old.url)).toEqual([]);
      expect(await old.schema()).toEqual(await old.schema('a new one'));
      engine = await openEmbeddedConnect({ databaseUrl: old.url });
      expect(await engine.describeContacts({ instanceId, contactIds: [TASK] })).toMatchObject([{ name: 'Call back' }]);
    } finally {
      await engine.close();
    }
  });
});
