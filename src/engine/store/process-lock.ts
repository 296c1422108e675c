import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Another process uses the same database file. */
export class DatabaseInUseError extends Error {
  constructor(file: string, holder: string) {
    super(`The database ${file} is in use by ${holder}. Stop that process, or set DATABASE_URL to another file.`);
    this.name = 'DatabaseInUseError';
  }
}

/**
 * Time to wait for a locked file, in milliseconds. Meanwhile a process that is ending releases the lock, and one that has
 * just started writes its name.
 */
const BUSY_TIMEOUT_MS = 500;

/** The lock of a process on a database file. */
export interface ProcessLock {
  release(): void;
  /** Releases the lock. Removes the lock file if this lock created it. */
  discard(): void;
}

/**
 * Locks a database file for this process by an open write transaction on a small file beside it. The operating system
 * releases the lock when the process ends, even by a crash, and other processes can read the holder's name in the file.
 *
 * @throws DatabaseInUseError naming the holder
 */
export function lockFor(file: string): ProcessLock {
  const name = `process ${process.pid}, started ${new Date().toISOString()}`;
  const path = `${file}.lock`;
  const isNew = !existsSync(path);
  const lock = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    lock.exec('create table if not exists holder (name text not null); begin immediate');
    // Another process may write its name between the two transactions. Then this process writes its own again.
    while (readHolder(lock) !== name) {
      lock.exec('delete from holder');
      lock.prepare('insert into holder values (?)').run(name);
      lock.exec('commit; begin immediate');
    }
  } catch (error) {
    const holder = readHolder(lock);
    lock.close();
    if (isBusy(error)) throw new DatabaseInUseError(file, holder);
    throw error;
  }
  return {
    release: () => lock.close(),
    discard() {
      lock.close();
      if (isNew) for (const left of [path, `${path}-journal`]) rmSync(left, { force: true });
    },
  };
}

function readHolder(lock: DatabaseSync): string {
  try {
    return String(lock.prepare('select name from holder').get()?.name ?? 'another process');
  } catch {
    return 'another process';
  }
}

const SQLITE_BUSY = 5;

/** Returns whether the error means that another connection holds a lock. */
export function isBusy(error: unknown): boolean {
  return (error as { readonly errcode?: unknown }).errcode === SQLITE_BUSY;
}
