import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { sqliteFlavour } from './batch-sql.js';
import { DatabaseTooNewError, refuseNewer } from './migrations.js';
import { lockFor } from './process-lock.js';
import { SqlStore } from './sql-store.js';
import { CachingDatabase, kyselyOver, runnerOver } from './sqlite-database.js';
import { SqliteScans } from './sqlite-scans.js';
import { isUnwritable, refuseLinks, refuseOtherHolders, WatchedFiles } from './sqlite-file.js';
import { type Content, ForeignDatabaseError, type StoreEvents } from './store.js';
import type { Tables } from './tables.js';

/** Marks a file as ours, in SQLite's header: "CNCT". */
const APPLICATION_ID = 0x434e4354;

/** Size that the write-ahead log keeps when it begins anew, in bytes: what a commit grew it by beyond is given back. */
const KEPT_LOG_BYTES = 16 * 1024 * 1024;

/** How long a reader waits while a checkpoint holds the file, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the store in a file, which it makes where there is none.
 *
 * The writer commits with synchronous=FULL: an answered request survives a power cut. Reads have a connection of their
 * own, so that they see committed rows only, also while a batch is under way.
 *
 * @param now the process's clock, in milliseconds since the epoch
 * @param content what a new database holds
 * @param retentionMs how long ended contacts are kept, in milliseconds. Omitted: as the service does
 * @throws DatabaseInUseError, DatabaseLinkedError, DatabaseTooNewError, ForeignDatabaseError
 */
export async function openSqliteStore(
  path: string,
  now: () => number,
  content?: Content,
  retentionMs?: number,
  events?: StoreEvents,
): Promise<SqlStore> {
  mkdirSync(dirname(path), { recursive: true });
  // One file, one lock, by whichever of its names it is opened.
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
      flavour: sqliteFlavour(now),
      retentionMs,
      erasing,
      logBytes,
      isUnwritable,
      events,
      released() {
        // Kysely closes only what it has used itself.
        if (reader.isOpen) reader.close();
        lock.release();
      },
    };
    const store = await SqlStore.open(parts, content);
    // A connection opens its files with its first read. Only then are they all there.
    await store.ready();
    store.watch(new WatchedFiles([file, `${file}-wal`]));
    return store;
  } catch (error) {
    for (const database of opened) if (database.isOpen) database.close();
    // A file that is not ours is left alone, and so is its folder.
    const isRefused = error instanceof ForeignDatabaseError || error instanceof DatabaseTooNewError;
    if (isRefused) lock.discard();
    else lock.release();
    throw error;
  }
}

/** Lets SQLite overwrite what it removes. The log goes when the last connection is closed. */
async function erasing(writer: Kysely<Tables>): Promise<void> {
  await sql`pragma secure_delete = on`.execute(writer);
}

/**
 * Looks at a file before anything is written to it.
 *
 * @throws DatabaseTooNewError, ForeignDatabaseError where it must be left as it is
 */
export function inspect(file: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(untouched(file), { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    const id = database.prepare('pragma application_id').get()?.application_id;
    const tables = new Set(
      database
        .prepare('select name from sqlite_schema')
        .all()
        .map(({ name }) => name),
    );
    if (id !== APPLICATION_ID && (id !== 0 || tables.size > 0)) {
      throw new ForeignDatabaseError(file, 'it belongs to another one');
    }
    if (!tables.has('meta')) return;
    refuseNewer(Number(database.prepare("select value from meta where key = 'schemaVersion'").get()?.value ?? 0));
  } catch (error) {
    if (error instanceof ForeignDatabaseError || error instanceof DatabaseTooNewError) throw error;
    throw new ForeignDatabaseError(file, 'it cannot be read as one', { cause: error });
  } finally {
    database?.close();
  }
}

/**
 * How SQLite opens a file without leaving anything beside it: as one that nobody changes, which our lock ascertains.
 * Where a write-ahead log lies there already, its pages count, and so it must be read along.
 */
export function untouched(file: string): string | URL {
  if (existsSync(`${file}-wal`)) return file;
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return url;
}
