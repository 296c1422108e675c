import { type CreateTableBuilder, sql, type Transaction } from 'kysely';
import { foldCase } from '../../util/fold-case.js';
import type { Tables } from './tables.js';

/** A newer version of this program has written the database. It is not changed. */
export class DatabaseTooNewError extends Error {
  constructor(found: number, known: number) {
    super(
      `The database has schema version ${found}, but this program knows versions up to ${known}. Nothing was changed: start the version that wrote it, or set DATABASE_URL to another database.`,
    );
    this.name = 'DatabaseTooNewError';
  }
}

type Migration = (db: Transaction<Tables>) => Promise<void>;

/** The migrations in their order. A released migration never changes. */
const MIGRATIONS: readonly Migration[] = [
  createTables,
  indexAssociations,
  indexEndedContacts,
  indexSearches,
  addSelfAssignFlow,
  addCreator,
  keepTemplateVersions,
  foldNames,
  indexQueuesAndAgents,
  addLifecycleFacts,
  keepChanges,
  countTemplateChanges,
  addAttachments,
];

/** The schema version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Refuses a database of a newer version of this program.
 *
 * @param found the schema version of the database
 * @throws DatabaseTooNewError
 */
export function refuseNewer(found: number): void {
  if (found > SCHEMA_VERSION) throw new DatabaseTooNewError(found, SCHEMA_VERSION);
}

/**
 * Brings the schema up to date inside the caller's transaction.
 *
 * @param version the last version to apply, for a database as an earlier version left it. Default: the latest one
 * @returns whether the database was new
 * @throws DatabaseTooNewError
 */
export async function migrate(db: Transaction<Tables>, version = SCHEMA_VERSION): Promise<boolean> {
  await db.schema
    .createTable('meta')
    .ifNotExists()
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'schemaVersion').executeTakeFirst();
  const found = Number(row?.value ?? 0);
  refuseNewer(found);
  for (const step of MIGRATIONS.slice(found, version)) await step(db);
  if (found < version) {
    const value = String(version);
    await db
      .insertInto('meta')
      .values({ key: 'schemaVersion', value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  }
  return found === 0;
}

/** Column types of a migration. A column with a question mark can be null. */
type Columns = Readonly<Record<string, 'text' | 'text?' | 'bigint' | 'bigint?'>>;

async function createTables(db: Transaction<Tables>): Promise<void> {
  const ofInstance = { instanceId: 'text', id: 'text' } as const;
  const key = ['instanceId', 'id'];
  await createTable(db, 'instance', ['id'], {
    id: 'text',
    alias: 'text',
    arn: 'text',
    createdAt: 'bigint',
    openTasks: 'bigint',
    lastInstant: 'bigint',
  });
  await createTable(db, 'contactFlow', key, {
    ...ofInstance,
    name: 'text',
    type: 'text',
    state: 'text',
    status: 'text',
    description: 'text?',
  });
  await createTable(db, 'queue', key, { ...ofInstance, name: 'text' });
  await createTable(db, 'connectUser', key, { ...ofInstance, username: 'text' });
  await createTable(db, 'quickConnect', key, {
    ...ofInstance,
    name: 'text',
    type: 'text',
    description: 'text?',
    contactFlowId: 'text?',
    queueId: 'text?',
    userId: 'text?',
    phoneNumber: 'text?',
  });
  await createTable(db, 'taskTemplate', key, {
    ...ofInstance,
    name: 'text',
    description: 'text?',
    status: 'text',
    contactFlowId: 'text?',
    fields: 'text',
    createdAt: 'bigint',
    updatedAt: 'bigint',
  });
  await createTable(db, 'chain', key, {
    ...ofInstance,
    attributes: 'text',
    attributeBytes: 'bigint',
    linkedTasks: 'bigint',
  });
  await createTable(db, 'contact', key, {
    ...ofInstance,
    chainId: 'text',
    associationId: 'text',
    previousContactId: 'text?',
    relatedContactId: 'text?',
    channel: 'text',
    initiationMethod: 'text',
    name: 'text?',
    description: 'text?',
    contactFlowId: 'text?',
    quickConnectId: 'text?',
    taskTemplateId: 'text?',
    references: 'text?',
    initiatedAt: 'bigint',
    scheduledAt: 'bigint?',
    expiresAt: 'bigint?',
    endedAt: 'bigint?',
    disconnectReason: 'text?',
    updatedAt: 'bigint',
    queueId: 'text?',
    enqueuedAt: 'bigint?',
    agentId: 'text?',
    connectedAt: 'bigint?',
    afterContactWorkStartedAt: 'bigint?',
    afterContactWorkEndedAt: 'bigint?',
    pausedAt: 'bigint?',
    resumedAt: 'bigint?',
    pauses: 'bigint',
    transfers: 'bigint',
    tags: 'text?',
  });
  await createTable(db, 'clientToken', ['scope'], {
    scope: 'text',
    fingerprint: 'text',
    contactId: 'text',
    expiresAt: 'bigint',
  });
  await createTable(db, 'batch', ['id'], { id: 'text', committedAt: 'bigint' });

  // The members of a chain in their order.
  await createIndex(db, 'contactByChain', 'contact', ['instanceId', 'chainId', 'initiatedAt', 'id']).execute();
  // Open tasks by expiry.
  await createIndex(db, 'openTaskByExpiry', 'contact', ['instanceId', 'expiresAt'])
    .where(sql<boolean>`"endedAt" is null and "channel" = 'TASK'`)
    .execute();
  await createIndex(db, 'clientTokenByExpiry', 'clientToken', ['expiresAt']).execute();
  await createIndex(db, 'batchByTime', 'batch', ['committedAt']).execute();
}

/** Adds the index by which associated contacts are listed in the order of their initiation. */
async function indexAssociations(db: Transaction<Tables>): Promise<void> {
  await createIndex(db, 'contactByAssociation', 'contact', [
    'instanceId',
    'associationId',
    'initiatedAt',
    'id',
  ]).execute();
}

async function indexEndedContacts(db: Transaction<Tables>): Promise<void> {
  // Retention deletes contacts in this order.
  await createIndex(db, 'endedContactByStart', 'contact', ['instanceId', 'initiatedAt'])
    .where('endedAt', 'is not', null)
    .execute();
}

/** Adds an index for each timestamp that a search can select a range of. */
async function indexSearches(db: Transaction<Tables>): Promise<void> {
  await createIndex(db, 'contactByInitiation', 'contact', ['instanceId', 'initiatedAt', 'id']).execute();
  for (const column of ['scheduledAt', 'endedAt', 'enqueuedAt', 'connectedAt'] as const) {
    const name = `contactBy${column.charAt(0).toUpperCase()}${column.slice(1)}`;
    await createIndex(db, name, 'contact', ['instanceId', column, 'id'])
      .where(sql.ref(column), 'is not', null)
      .execute();
  }
}

/** Adds the flow of a template for tasks that their creators assign to themselves. */
async function addSelfAssignFlow(db: Transaction<Tables>): Promise<void> {
  await db.schema.alterTable('taskTemplate').addColumn('selfAssignFlowId', 'text').execute();
}

/** Adds the segment attributes for the creator of a task. SQLite adds one column at a time. */
async function addCreator(db: Transaction<Tables>): Promise<void> {
  for (const column of ['createdByUserId', 'assignmentType']) {
    await db.schema.alterTable('contact').addColumn(column, 'text').execute();
  }
}

/** Adds the versions of templates. Each existing template becomes version 1. */
async function keepTemplateVersions(db: Transaction<Tables>): Promise<void> {
  await createTable(db, 'taskTemplateVersion', ['instanceId', 'id', 'version'], {
    instanceId: 'text',
    id: 'text',
    version: 'bigint',
    name: 'text',
    description: 'text?',
    status: 'text',
    contactFlowId: 'text?',
    selfAssignFlowId: 'text?',
    fields: 'text',
    createdAt: 'bigint',
    updatedAt: 'bigint',
  });
  const columns = sql.raw(
    '"instanceId", "id", "name", "description", "status", "contactFlowId", "selfAssignFlowId", "fields", "createdAt", "updatedAt"',
  );
  await sql`insert into "taskTemplateVersion" (${columns}, "version") select ${columns}, 1 from "taskTemplate"`.execute(
    db,
  );
}

/** Contacts per statement of {@link foldNames}. With 1,000 of them SQLite scans all contacts for each statement. */
const FOLDED_AT_ONCE = 100;

/** Adds the form of names that searches compare, for names with characters outside ASCII. */
async function foldNames(db: Transaction<Tables>): Promise<void> {
  await db.schema.alterTable('contact').addColumn('foldedName', 'text').execute();
  let update = updateNames(db, FOLDED_AT_ONCE);
  let after = { instanceId: '', id: '' };
  for (;;) {
    const { rows } = await sql<{ instanceId: string; id: string; name: string }>`
      select "instanceId", "id", "name" from "contact"
      where length("name") <> octet_length("name") and ("instanceId", "id") > (${after.instanceId}, ${after.id})
      order by "instanceId", "id" limit ${sql.lit(FOLDED_AT_ONCE)}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    if (rows.length < FOLDED_AT_ONCE) update = updateNames(db, rows.length);
    const parameters = rows.flatMap(({ instanceId, id, name }) => [instanceId, id, foldCase(name)]);
    await db.executeQuery({ ...update, parameters });
    after = last;
  }
}

/** Compiles the update of a number of contacts, because compiling it for each page would take most of the time. */
function updateNames(db: Transaction<Tables>, count: number) {
  const row = sql`(cast(${null} as text), cast(${null} as text), cast(${null} as text))`;
  return sql`update "contact" set "foldedName" = folded.column3
    from (values ${sql.join(Array.from({ length: count }, () => row))}) as folded
    where "contact"."instanceId" = folded.column1 and "contact"."id" = folded.column2`.compile(db);
}

/** Adds the indexes for searches by queue and by agent. */
async function indexQueuesAndAgents(db: Transaction<Tables>): Promise<void> {
  for (const [name, column] of [
    ['contactByQueue', 'queueId'],
    ['contactByAgent', 'agentId'],
  ] as const) {
    await createIndex(db, name, 'contact', ['instanceId', column, 'initiatedAt', 'id'])
      .where(sql.ref(column), 'is not', null)
      .execute();
  }
}

/** Adds what DescribeContact reports beside the rest, and the number of reschedules. */
async function addLifecycleFacts(db: Transaction<Tables>): Promise<void> {
  for (const column of ['reschedules', 'pausedMs']) {
    await db.schema
      .alterTable('contact')
      .addColumn(column, 'bigint', (define) => define.notNull().defaultTo(0))
      .execute();
  }
  await db.schema.alterTable('contact').addColumn('queueTimeAdjustmentSeconds', 'bigint').execute();
  for (const column of ['queuePriority', 'segmentAttributes', 'customerEndpoint']) {
    await db.schema.alterTable('contact').addColumn(column, 'text').execute();
  }
}

/** Changes of contacts are kept for those who follow them. */
async function keepChanges(db: Transaction<Tables>): Promise<void> {
  for (const column of ['lastChange', 'changesUntil']) {
    await db.schema
      .alterTable('instance')
      .addColumn(column, 'bigint', (define) => define.notNull().defaultTo(0))
      .execute();
  }
  await createTable(db, 'contactChange', ['instanceId', 'id'], {
    instanceId: 'text',
    id: 'bigint',
    contactId: 'text',
    chainId: 'text',
    isOfChain: 'bigint',
    kind: 'text',
    occurredAt: 'bigint',
    queueId: 'text?',
    userId: 'text?',
  });
}

/** Adds the number of times that a contact got another task template. */
async function countTemplateChanges(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .alterTable('contact')
    .addColumn('templateChanges', 'bigint', (define) => define.notNull().defaultTo(0))
    .execute();
}

/** Adds the attachments of a contact. Their files are in a folder beside the database. */
async function addAttachments(db: Transaction<Tables>): Promise<void> {
  await db.schema.alterTable('contact').addColumn('attachments', 'text').execute();
}

async function createTable(
  db: Transaction<Tables>,
  table: string,
  key: readonly string[],
  columns: Columns,
): Promise<void> {
  let create: CreateTableBuilder<string, string> = db.schema.createTable(table);
  for (const [name, notation] of Object.entries(columns)) {
    const type = notation.startsWith('text') ? 'text' : 'bigint';
    create = create.addColumn(name, type, (column) => (notation.endsWith('?') ? column : column.notNull()));
  }
  await create.addPrimaryKeyConstraint(`${table}Key`, [...key]).execute();
}

function createIndex(db: Transaction<Tables>, name: string, table: string, columns: readonly string[]) {
  return db.schema
    .createIndex(name)
    .on(table)
    .columns([...columns]);
}
