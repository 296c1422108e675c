import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { sqliteDialect } from './batch-sql.js';
import { DatabaseTooNewError, refuseNewer } from './migrations.js';
import { lockFor } from './process-lock.js';
import { SqlStore } from './sql-store.js';
import { CachingDatabase, kyselyOver, runnerOver } from './sqlite-database.js';
import { SqliteScans } from './sqlite-scans.js';
import { isUnwritable, refuseLinks, refuseOtherHolders, WatchedFiles } from './sqlite-file.js';
import { type Content, ForeignDatabaseError, type StoreEvents } from './store.js';
import type { Tables } from './tables.js';

/** Identifies a file of this program in SQLite's header: "CNCT". */
const APPLICATION_ID = 0x434e4354;

/** Size to which SQLite truncates its write-ahead log at a reset, in bytes. */
const KEPT_LOG_BYTES = 16 * 1024 * 1024;

/** Time that a reader waits while a checkpoint locks the file, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the store in a file, and creates the file if it does not exist.
 *
 * The writer commits with synchronous=FULL, so that an answered request survives a power failure. Reads have their own
 * connection, so that they see committed rows only.
 *
 * @param now the clock of the process, in milliseconds since the epoch
 * @param content the rows of a new database
 * @param retentionMs retention of ended contacts, in milliseconds. Default: 730 days
 * @throws DatabaseInUseError, DatabaseLinkedError, DatabaseTooNewError, ForeignDatabaseError
 */
export async function openSqliteStore(
  path: string,
  now: () => number,
  content?: Content,
  retentionMs?: number,
  events?: StoreEvents,
): Promise<SqlStore> {
  makeFolder(dirname(resolve(path)));
  // All symbolic links to a file share one lock.
  const file = existsSync(path) ? realpathSync(path) : path;
  const lock = lockFor(file);
  const opened: DatabaseSync[] = [];
  try {
    if (existsSync(file)) {
      inspect(file);
      refuseOtherHolders(file);
      refuseLinks(file);
    }
    const writer = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    opened.push(writer);
    writer.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma application_id = ${APPLICATION_ID};
      pragma journal_size_limit = ${KEPT_LOG_BYTES}`);
    const reader = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    opened.push(reader);
    const [writing, reading] = [new CachingDatabase(writer), new CachingDatabase(reader)];
    const logBytes = () => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    const parts = {
      writer: kyselyOver(writing),
      writerRunner: runnerOver(writing, 'all'),
      reader: kyselyOver(reading),
      runner: runnerOver(reading, 'views'),
      scans: new SqliteScans(file, logBytes),
      dialect: sqliteDialect(now),
      retentionMs,
      beforePurge: overwriteDeleted,
      logBytes,
      isUnwritable,
      events,
      onClosed() {
        // Kysely closes only what it has used itself.
        if (reader.isOpen) reader.close();
        lock.release();
      },
    };
    const store = await SqlStore.open(parts, content);
    // A connection opens its files with its first read. All of them exist only then.
    await store.ready();
    store.watch(new WatchedFiles([file, `${file}-wal`]));
    return store;
  } catch (error) {
    for (const database of opened) if (database.isOpen) database.close();
    // A refused file and its folder are left unchanged.
    const isRefused = error instanceof ForeignDatabaseError || error instanceof DatabaseTooNewError;
    if (isRefused) lock.discard();
    else lock.release();
    throw error;
  }
}

/**
 * Creates a folder and its parents. `recursive` of `mkdirSync` is not used, because it never returns below a folder that
 * refuses new entries with ENOENT, such as /proc.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have created it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Makes SQLite overwrite deleted rows. The log is removed when the last connection is closed. */
async function overwriteDeleted(writer: Kysely<Tables>): Promise<void> {
  await sql`pragma secure_delete = on`.execute(writer);
}

/**
 * Checks that a file is a database of this version of the program, without a change to it.
 *
 * @throws DatabaseTooNewError, ForeignDatabaseError
 */
export function inspect(file: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(readOnlyLocation(file), { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    const id = database.prepare('pragma application_id').get()?.application_id;
    const tables = new Set(
      database
        .prepare('select name from sqlite_schema')
        .all()
        .map(({ name }) => name),
    );
    if (id !== APPLICATION_ID && (id !== 0 || tables.size > 0)) {
      throw new ForeignDatabaseError(file, 'it belongs to another program');
    }
    if (!tables.has('meta')) return;
    refuseNewer(Number(database.prepare("select value from meta where key = 'schemaVersion'").get()?.value ?? 0));
  } catch (error) {
    if (error instanceof ForeignDatabaseError || error instanceof DatabaseTooNewError) throw error;
    throw new ForeignDatabaseError(file, 'SQLite cannot read it', { cause: error });
  } finally {
    database?.close();
  }
}

/**
 * Returns the location with which SQLite opens a file without creating files beside it: as immutable, which the lock of the
 * process ensures. If the file has a write-ahead log, SQLite must read that as well.
 */
export function readOnlyLocation(file: string): string | URL {
  if (existsSync(`${file}-wal`)) return file;
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return url;
}
