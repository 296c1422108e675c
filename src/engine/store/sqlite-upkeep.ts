import { closeSync, existsSync, fsyncSync, openSync, realpathSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import { MissingDatabaseError } from './store.js';
import { DatabaseInUseError, lockFor, type ProcessLock } from './process-lock.js';
import { CachingDatabase, kyselyOver } from './sqlite-database.js';
import { inspect, untouched } from './sqlite.js';
import { refuseLinks } from './sqlite-file.js';
import type { Tables } from './tables.js';

/** How long to wait while a checkpoint holds the file, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** The backup's file is there already. It is left as it is. */
export class BackupExistsError extends Error {
  constructor(file: string) {
    super(`${file} is there already. Nothing was written: name a file that is not there yet.`);
    this.name = 'BackupExistsError';
  }
}

/**
 * Looks at a database that nobody works on, and changes nothing.
 *
 * @param look gets what SQLite itself finds wrong, one sentence each, and the rows
 * @throws DatabaseInUseError, DatabaseTooNewError, ForeignDatabaseError, MissingDatabaseError
 */
export async function withStillSqlite<Result>(
  path: string,
  look: (damages: readonly string[], db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const file = existing(path);
  const lock = lockFor(file);
  try {
    inspect(file);
    const database = new DatabaseSync(untouched(file), { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    try {
      return await look(damagesOf(database), kyselyOver(new CachingDatabase(database)));
    } finally {
      if (database.isOpen) database.close();
    }
  } finally {
    lock.discard();
  }
}

/**
 * Copies a database into a new file, as it is at one moment, also while an engine works on it.
 *
 * @throws BackupExistsError, DatabaseTooNewError, ForeignDatabaseError, MissingDatabaseError
 */
export function backupSqlite(path: string, target: string): void {
  const file = existing(path);
  refuseLinks(file);
  // Where nobody works on it, nobody is to begin while it is read as a file that stands still.
  const lock = lockUnlessRunning(file);
  try {
    inspect(file);
    claim(target);
    try {
      const database = new DatabaseSync(lock ? untouched(file) : file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
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

function existing(path: string): string {
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

/** Makes the file, so that nobody else's can be overwritten. SQLite takes an empty one. */
function claim(target: string): void {
  try {
    closeSync(openSync(target, 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new BackupExistsError(target);
    throw error;
  }
}
