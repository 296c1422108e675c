import { closeSync, existsSync, fsyncSync, openSync, realpathSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import { MissingDatabaseError } from './store.js';
import { DatabaseInUseError, lockFor, type ProcessLock } from './process-lock.js';
import { CachingDatabase, kyselyOver } from './sqlite-database.js';
import { inspect, readOnlyLocation } from './sqlite.js';
import { refuseLinks } from './sqlite-file.js';
import type { Tables } from './tables.js';

/** Time to wait while a checkpoint locks the file, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** The file of a backup exists already. It is not changed. */
export class BackupExistsError extends Error {
  constructor(file: string) {
    super(`${file} exists already. Nothing was written. Give the name of a new file.`);
    this.name = 'BackupExistsError';
  }
}

/**
 * Reads a database that no process uses. It changes nothing.
 *
 * @param read receives the damages that SQLite reports, one sentence each, and the rows
 * @throws DatabaseInUseError, DatabaseTooNewError, ForeignDatabaseError, MissingDatabaseError
 */
export async function withIdleSqlite<Result>(
  path: string,
  read: (damages: readonly string[], db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const file = existingFile(path);
  const lock = lockFor(file);
  try {
    inspect(file);
    const database = new DatabaseSync(readOnlyLocation(file), { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    try {
      return await read(damagesOf(database), kyselyOver(new CachingDatabase(database)));
    } finally {
      if (database.isOpen) database.close();
    }
  } finally {
    lock.discard();
  }
}

/**
 * Copies a snapshot of a database into a new file, even while an engine uses the database.
 *
 * @throws BackupExistsError, DatabaseTooNewError, ForeignDatabaseError, MissingDatabaseError
 */
export function backupSqlite(path: string, target: string): void {
  const file = existingFile(path);
  refuseLinks(file);
  // If no process uses it, none may begin to while it is read as immutable.
  const lock = lockUnlessRunning(file);
  try {
    inspect(file);
    createNew(target);
    try {
      const database = new DatabaseSync(lock ? readOnlyLocation(file) : file, {
        readOnly: true,
        timeout: BUSY_TIMEOUT_MS,
      });
      try {
        database.prepare('vacuum into ?').run(target);
      } finally {
        database.close();
      }
      const written = openSync(target, 'r');
      fsyncSync(written);
      closeSync(written);
    } catch (error) {
      rmSync(target, { force: true });
      throw error;
    }
  } finally {
    lock?.discard();
  }
}

function damagesOf(database: DatabaseSync): readonly string[] {
  try {
    const found = database.prepare('pragma integrity_check').all();
    return found.map((row) => String(row.integrity_check).replaceAll('\n', ' ')).filter((line) => line !== 'ok');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function existingFile(path: string): string {
  if (!existsSync(path)) throw new MissingDatabaseError(path);
  return realpathSync(path);
}

function lockUnlessRunning(file: string): ProcessLock | undefined {
  try {
    return lockFor(file);
  } catch (error) {
    if (error instanceof DatabaseInUseError) return undefined;
    throw error;
  }
}

/** Creates an empty file, so that no existing file is overwritten. SQLite accepts an empty file. */
function createNew(target: string): void {
  try {
    closeSync(openSync(target, 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new BackupExistsError(target);
    throw error;
  }
}
