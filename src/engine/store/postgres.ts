import { type Kysely, sql } from 'kysely';
import { type SqlDialect, texts } from './batch-sql.js';
import { DatabaseTooNewError, refuseNewer } from './migrations.js';
import { sharesSessions } from './postgres-pooler.js';
import { kyselyOverPostgres, openStorePool } from './postgres-pool.js';
import { PostgresScans } from './postgres-scans.js';
import { SqlStore } from './sql-store.js';
import { type Content, ForeignDatabaseError, MissingDatabaseError, type StoreEvents } from './store.js';
import { COLUMNS, type Tables } from './tables.js';

/** The oldest major version of PostgreSQL that the store supports. */
const OLDEST_MAJOR = 14;

/**
 * Maximum number of connections for reads. Batches run one after another on another connection. With fewer than 9
 * connections fewer reads run at once; the minimum is 2 connections.
 */
const READERS = 8;

/** Maximum number of connections for scans: the number that run at once. */
const SCANNERS = 2;

/** PostgreSQL cannot be used. The message states the reason and the address, without a password. */
export class DatabaseUnusableError extends Error {
  constructor(shownUrl: string, why: string, options?: ErrorOptions) {
    super(
      `The database ${shownUrl} cannot be used (${why}). Start it, or set DATABASE_URL to another database.`,
      options,
    );
    this.name = 'DatabaseUnusableError';
  }
}

/** The dialect of PostgreSQL. Its clock is the server's, because the clocks of replicas differ. */
export const POSTGRES_DIALECT: SqlDialect = {
  elements: (json) => sql`jsonb_array_elements(${json}::jsonb)`,
  elementsOf: (column) => sql`jsonb_array_elements((${column})::jsonb)`,
  upperAscii: (text) => sql<string>`upper(${text} collate "C")`,
  // On bytes, because `position` on texts takes the product of both lengths for some texts.
  contains: (text, part) =>
    sql<boolean>`position(convert_to(cast(${part} as text), 'UTF8') in convert_to(${text}, 'UTF8')) > 0`,
  // The time of the statement, because the transaction began before it waited for its lock.
  clock: () => sql<number>`floor(extract(epoch from statement_timestamp()) * 1000)::bigint`,
  locksRows: true,
};

/** Options of a store on PostgreSQL. */
export interface PostgresStoreOptions {
  readonly url: string;
  /** The URL without user and password, for messages. */
  readonly shownUrl: string;
  /** The rows of a new database. */
  readonly content?: Content;
  /** Default: {@link POSTGRES_DIALECT}. */
  readonly dialect?: SqlDialect;
  /** Retention of ended contacts, in milliseconds. Default: 730 days. */
  readonly retentionMs?: number | undefined;
  readonly events?: StoreEvents | undefined;
}

/**
 * Opens the store in the first schema of the search path. Several processes can share it: the batches of an instance run
 * one after another, even from different processes.
 *
 * @throws DatabaseUnusableError, DatabaseTooNewError, ForeignDatabaseError
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<SqlStore> {
  const { url, shownUrl, content, dialect = POSTGRES_DIALECT, retentionMs, events } = options;
  // Both keep one connection open, because the server may have none left later.
  const writers = openStorePool(url, 1, 1);
  const writer = kyselyOverPostgres(writers);
  const readers = openStorePool(url, READERS, 1);
  const reader = kyselyOverPostgres(readers);
  const scans = new PostgresScans(openStorePool(url, SCANNERS), readers);
  const parts = {
    writer,
    reader,
    scans,
    dialect,
    retentionMs,
    beforeMigration: (db: Kysely<Tables>) => refuseForeign(db, shownUrl),
    lock: (db: Kysely<Tables>, instanceIds: readonly string[]) => lockInstances(db, instanceIds),
    awaitBatch: (batchId: string) => awaitBatch(reader, batchId),
    isUnwritable,
    events,
  };
  try {
    if (await sharesSessions(writers, readers)) {
      throw new DatabaseUnusableError(
        shownUrl,
        'a pooler in transaction mode is in front of it; use pool_mode = session, or the address of PostgreSQL itself',
      );
    }
    const store = await SqlStore.open(parts, content);
    await sql`select 1`.execute(reader);
    return store;
  } catch (error) {
    await Promise.all([writer.destroy(), reader.destroy(), scans.close()]);
    throw isKnown(error) ? error : new DatabaseUnusableError(shownUrl, reasonOf(error), { cause: error });
  }
}

/** disk_full, and read_only_sql_transaction: a standby or a read-only database. */
const UNWRITABLE: readonly unknown[] = ['53100', '25006'];

/** Returns whether the error means that PostgreSQL cannot write at the moment. */
function isUnwritable(error: unknown): boolean {
  return UNWRITABLE.includes((error as { readonly code?: unknown }).code);
}

/**
 * Locks the schema until the transaction ends, and refuses a schema of another program.
 *
 * @returns whether the schema has the engine's tables
 */
async function refuseForeign(db: Kysely<Tables>, shownUrl: string): Promise<boolean> {
  // A migration, or the wait for that of another process, may take longer than a batch.
  await sql`set local statement_timeout = 0`.execute(db);
  await sql`select pg_advisory_xact_lock(hashtextextended('connect-task-gateway', 0))`.execute(db);
  const { rows: versions } = await sql<{
    version: number;
  }>`select current_setting('server_version_num')::int as version`.execute(db);
  const major = Math.floor((versions[0]?.version ?? 0) / 10_000);
  if (major < OLDEST_MAJOR) {
    throw new DatabaseUnusableError(
      shownUrl,
      `it is PostgreSQL ${major}, but the gateway needs PostgreSQL ${OLDEST_MAJOR} or newer`,
    );
  }
  const names = ['meta', 'taskTemplateVersion', ...Object.keys(COLUMNS)];
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = current_schema() and relname in ${texts(POSTGRES_DIALECT, names)}`.execute(db);
  const found = new Set(rows.map(({ name }) => name));
  if (found.size > 0 && !(['meta', 'instance', 'contact'].every((name) => found.has(name)) && (await isMarked(db)))) {
    throw new ForeignDatabaseError(shownUrl, 'another program has tables with the same names in it');
  }
  return found.size > 0;
}

/**
 * Reads a consistent snapshot of a database, even while engines use it. It changes nothing.
 *
 * @throws DatabaseUnusableError, DatabaseTooNewError, ForeignDatabaseError, MissingDatabaseError
 */
export async function withPostgresSnapshot<Result>(
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
        if (!(await refuseForeign(transaction, shownUrl))) throw new MissingDatabaseError(shownUrl);
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

/** Returns whether the table `meta` holds a schema version of this program. */
async function isMarked(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ value: string | null }>`
    select to_jsonb(meta) ->> 'value' as value from meta where to_jsonb(meta) ->> 'key' = 'schemaVersion'`.execute(db);
  return /^\d+$/.test(rows[0]?.value ?? '');
}

/** Locks instances until the transaction ends. It waits for other transactions on them. */
async function lockInstances(db: Kysely<Tables>, instanceIds: readonly string[]): Promise<void> {
  // In the order of the keys, because two batches could otherwise wait for each other.
  await sql`select pg_advisory_xact_lock(key) from (
    select distinct hashtextextended('connect-task-gateway/' || id, 0) as key
    from ${texts(POSTGRES_DIALECT, instanceIds)} as instance (id) order by key) as keys`.execute(db);
}

/**
 * Waits until the transaction of a batch has ended. The server may still execute it after its connection was lost, and an
 * insert of the same key waits for it.
 */
async function awaitBatch(db: Kysely<Tables>, id: string): Promise<void> {
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

/** Returns why a connection failed. An error for several addresses has no message, but an error per address. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
