import { type Kysely, sql } from 'kysely';
import { type SqlFlavour, texts } from './batch-sql.js';
import { DatabaseTooNewError, refuseNewer } from './migrations.js';
import { kyselyOverPostgres, openStorePool } from './postgres-pool.js';
import { PostgresScans } from './postgres-scans.js';
import { SqlStore } from './sql-store.js';
import { type Content, ForeignDatabaseError, MissingDatabaseError, type StoreEvents } from './store.js';
import { COLUMNS, type Tables } from './tables.js';

/** The oldest PostgreSQL that the store is tried with. */
const OLDEST_MAJOR = 14;

/**
 * Connections for reads, at most. Batches run one after another, and have one of their own. A server that allows fewer
 * than 9 serves the gateway as well, with less at once; 2 are the fewest.
 */
const READERS = 8;

/** Connections for scans, at most: as many as run at once. */
const SCANNERS = 2;

/** PostgreSQL cannot be used. The message says why, and where; never with a password. */
export class DatabaseUnusableError extends Error {
  constructor(shownUrl: string, why: string, options?: ErrorOptions) {
    super(`The database ${shownUrl} cannot be used (${why}). Start it, or give another DATABASE_URL.`, options);
    this.name = 'DatabaseUnusableError';
  }
}

/** PostgreSQL's flavour. Its clock is the server's, so that replicas whose clocks differ decide by one. */
export const POSTGRES_FLAVOUR: SqlFlavour = {
  elements: (json) => sql`jsonb_array_elements(${json}::jsonb)`,
  elementsOf: (column) => sql`jsonb_array_elements((${column})::jsonb)`,
  upperAscii: (text) => sql<string>`upper(${text} collate "C")`,
  // Of bytes: `position` of texts skips by a table, which takes the product of both lengths for some texts.
  contains: (text, part) =>
    sql<boolean>`position(convert_to(cast(${part} as text), 'UTF8') in convert_to(${text}, 'UTF8')) > 0`,
  // The statement's, not the transaction's: that began before it waited for its lock.
  clock: () => sql<number>`floor(extract(epoch from statement_timestamp()) * 1000)::bigint`,
  locksRows: true,
};

/** How a store on PostgreSQL is opened. */
export interface PostgresStoreOptions {
  readonly url: string;
  /** The URL as people may see it. */
  readonly shownUrl: string;
  /** What a new database holds. */
  readonly content?: Content;
  /** Omitted: {@link POSTGRES_FLAVOUR}. */
  readonly flavour?: SqlFlavour;
  /** How long ended contacts are kept, in milliseconds. Omitted: as the service does. */
  readonly retentionMs?: number | undefined;
  readonly events?: StoreEvents | undefined;
}

/**
 * Opens the store in the first schema of the search path. Several processes may share it: batches of one instance run
 * one after another, whichever process they come from.
 *
 * @throws DatabaseUnusableError, DatabaseTooNewError, ForeignDatabaseError
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<SqlStore> {
  const { url, shownUrl, content, flavour = POSTGRES_FLAVOUR, retentionMs, events } = options;
  // Those two keep a connection each: a server with few of them might have none left later.
  const writer = kyselyOverPostgres(openStorePool(url, 1, 1));
  const readers = openStorePool(url, READERS, 1);
  const reader = kyselyOverPostgres(readers);
  const scans = new PostgresScans(openStorePool(url, SCANNERS), readers);
  const parts = {
    writer,
    reader,
    scans,
    flavour,
    retentionMs,
    enter: (db: Kysely<Tables>) => enter(db, shownUrl),
    lock: (db: Kysely<Tables>, instanceIds: readonly string[]) => lockInstances(db, instanceIds),
    settled: (batchId: string) => settled(reader, batchId),
    isUnwritable,
    events,
  };
  try {
    const store = await SqlStore.open(parts, content);
    await sql`select 1`.execute(reader);
    return store;
  } catch (error) {
    await Promise.all([writer.destroy(), reader.destroy(), scans.close()]);
    throw isKnown(error) ? error : new DatabaseUnusableError(shownUrl, reasonOf(error), { cause: error });
  }
}

/** disk_full, and read_only_sql_transaction: a standby, or a database that was set so. */
const UNWRITABLE: readonly unknown[] = ['53100', '25006'];

/** Whether PostgreSQL says that nothing can be written at the moment. */
function isUnwritable(error: unknown): boolean {
  return UNWRITABLE.includes((error as { readonly code?: unknown }).code);
}

/** Lets one opener after another look at the schema and bring it up to date. Tells whether our tables are there. */
async function enter(db: Kysely<Tables>, shownUrl: string): Promise<boolean> {
  // A migration, or the wait for another's, may take longer than a batch may.
  await sql`set local statement_timeout = 0`.execute(db);
  await sql`select pg_advisory_xact_lock(hashtextextended('connect-task-gateway', 0))`.execute(db);
  const { rows: versions } = await sql<{
    version: number;
  }>`select current_setting('server_version_num')::int as version`.execute(db);
  const major = Math.floor((versions[0]?.version ?? 0) / 10_000);
  if (major < OLDEST_MAJOR) {
    throw new DatabaseUnusableError(
      shownUrl,
      `it is PostgreSQL ${major}, and ${OLDEST_MAJOR} is the oldest that will do`,
    );
  }
  const names = ['meta', 'taskTemplateVersion', ...Object.keys(COLUMNS)];
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = current_schema() and relname in ${texts(POSTGRES_FLAVOUR, names)}`.execute(db);
  const found = new Set(rows.map(({ name }) => name));
  if (found.size > 0 && !(['meta', 'instance', 'contact'].every((name) => found.has(name)) && (await isMarked(db)))) {
    throw new ForeignDatabaseError(shownUrl, 'it has tables of other programs by the names of ours');
  }
  return found.size > 0;
}

/**
 * Looks at a database as it is at one moment, also while engines work on it, and changes nothing.
 *
 * @throws DatabaseUnusableError, DatabaseTooNewError, ForeignDatabaseError, MissingDatabaseError
 */
export async function withStillPostgres<Result>(
  { url, shownUrl }: Pick<PostgresStoreOptions, 'url' | 'shownUrl'>,
  look: (db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const db = kyselyOverPostgres(openStorePool(url, 1));
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (transaction) => {
        if (!(await enter(transaction, shownUrl))) throw new MissingDatabaseError(shownUrl);
        const row = await transaction
          .selectFrom('meta')
          .select('value')
          .where('key', '=', 'schemaVersion')
          .executeTakeFirst();
        refuseNewer(Number(row?.value));
        return look(transaction);
      });
  } catch (error) {
    throw isKnown(error) ? error : new DatabaseUnusableError(shownUrl, reasonOf(error), { cause: error });
  } finally {
    await db.destroy();
  }
}

function isKnown(error: unknown): boolean {
  const known = [DatabaseTooNewError, ForeignDatabaseError, DatabaseUnusableError, MissingDatabaseError];
  return known.some((each) => error instanceof each);
}

/** Whether the schema version stands where this program writes it. */
async function isMarked(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ value: string | null }>`
    select to_jsonb(meta) ->> 'value' as value from meta where to_jsonb(meta) ->> 'key' = 'schemaVersion'`.execute(db);
  return /^\d+$/.test(rows[0]?.value ?? '');
}

/** Waits until no other transaction works on these instances, and keeps others waiting until this one ends. */
async function lockInstances(db: Kysely<Tables>, instanceIds: readonly string[]): Promise<void> {
  // In the order of the keys, so that two batches never wait for each other.
  await sql`select pg_advisory_xact_lock(key) from (
    select distinct hashtextextended('connect-task-gateway/' || id, 0) as key
    from ${texts(POSTGRES_FLAVOUR, instanceIds)} as instance (id) order by key) as keys`.execute(db);
}

/**
 * Waits for the transaction of a batch, where its connection was lost but the server still works on it: writing the
 * same key waits for whoever wrote it first.
 */
async function settled(db: Kysely<Tables>, id: string): Promise<void> {
  const transaction = await db.startTransaction().execute();
  try {
    await transaction
      .insertInto('batch')
      .values({ id, committedAt: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  } finally {
    await transaction.rollback().execute();
  }
}

/** Why a connection failed. One that was tried by several addresses has its reasons inside, and no message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
