import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Another process works on the same database file. */
export class DatabaseInUseError extends Error {
  constructor(file: string, holder: string) {
    super(
      `The database ${file} is in use by ${holder}. Stop that process first, or give this one another DATABASE_URL.`,
    );
    this.name = 'DatabaseInUseError';
  }
}

/**
 * How long to wait for a file that is held, in milliseconds: a holder that is going may be gone by then, and one that
 * has just come has written its name.
 */
const BUSY_TIMEOUT_MS = 500;

/** What holds a database file for one process. */
export interface ProcessLock {
  release(): void;
  /** Releases it and leaves nothing behind, where the lock was what made the file beside the database. */
  discard(): void;
}

/**
 * Holds a database file for this process, by an open write transaction on a small file beside it: the operating system
 * lets go of it however the process ends, and others can still read there who holds it.
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
    // Another process may come in between the two transactions, and leave its own name: then ours goes in again.
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

/** Whether SQLite says that another connection holds what is needed. */
export function isBusy(error: unknown): boolean {
  return (error as { readonly errcode?: unknown }).errcode === SQLITE_BUSY;
}
