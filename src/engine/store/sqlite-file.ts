import { existsSync, readFileSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseInUseError, isBusy } from './process-lock.js';

/** A database file has several names (hard links). It is not changed. */
export class DatabaseLinkedError extends Error {
  constructor(file: string, names: number) {
    super(
      `The database ${file} has ${names} names (hard links). A start under another name would not find its write-ahead log. Remove the other names, or copy the file.`,
    );
    this.name = 'DatabaseLinkedError';
  }
}

/** A database file is no longer at its path: it was removed, renamed or replaced. */
export class DatabaseLostError extends Error {
  constructor(file: string) {
    super(`${file} was removed, renamed or replaced while it was open. Put it back, or restart.`);
    this.name = 'DatabaseLostError';
  }
}

/** @throws DatabaseLinkedError if the file has more names than one */
export function refuseLinks(file: string): void {
  const { nlink } = statSync(file);
  if (nlink > 1) throw new DatabaseLinkedError(file, nlink);
}

/** Time to wait for a holder that is ending, in milliseconds. */
const BUSY_TIMEOUT_MS = 500;

/**
 * Refuses a file that another process has opened, even by another name. Each open connection holds a shared lock of SQLite
 * on the file itself (device and inode), whereas the lock file belongs to a path.
 *
 * @throws DatabaseInUseError
 */
export function refuseOtherHolders(file: string): void {
  if (!isHeld(file)) return;
  throw new DatabaseInUseError(file, `${holderOf(file)}, under another name of the file`);
}

function isHeld(file: string): boolean {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec('pragma locking_mode = exclusive; begin immediate; rollback');
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    database.close();
  }
}

/** The list of file locks on Linux. */
const LOCKS = '/proc/locks';

/** Returns the name of the process that has locked a file. */
function holderOf(file: string): string {
  if (!existsSync(LOCKS)) return 'another process';
  const ofFile = new RegExp(`POSIX +ADVISORY +\\w+ +(\\d+) [\\da-f]+:[\\da-f]+:${statSync(file).ino} `);
  const [, id] = ofFile.exec(readFileSync(LOCKS, 'utf8')) ?? [];
  return id === undefined ? 'another process' : `process ${id}`;
}

/** Minimum interval between checks of the files, in milliseconds. A check takes 8 % of the time of a creation. */
const CHECK_MS = 100;

/** Checks that the files of an open database are still at their paths. */
export class WatchedFiles {
  readonly #known: readonly { readonly path: string; readonly identity: string }[];
  #checkedAt = performance.now();

  constructor(paths: readonly string[]) {
    this.#known = paths.map((path) => ({ path, identity: identityOf(path) }));
  }

  /** @throws DatabaseLostError if a file was removed, renamed or replaced */
  check(): void {
    this.#checkedAt = performance.now();
    for (const { path, identity } of this.#known) {
      if (identityOf(path) !== identity) throw new DatabaseLostError(path);
    }
  }

  /** Checks the files if the last check is {@link CHECK_MS} old. @throws DatabaseLostError */
  checkNowAndThen(): void {
    if (performance.now() - this.#checkedAt >= CHECK_MS) this.check();
  }
}

function identityOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'absent' : `${found.dev}:${found.ino}`;
}

/** SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL and SQLITE_CANTOPEN: the low byte of an error's code. */
const UNWRITABLE: ReadonlySet<number> = new Set([8, 10, 13, 14]);

/** Returns whether the error means that SQLite cannot write at the moment, or that the file is lost. */
export function isUnwritable(error: unknown): boolean {
  const { errcode } = error as { readonly errcode?: unknown };
  return error instanceof DatabaseLostError || (typeof errcode === 'number' && UNWRITABLE.has(errcode & 0xff));
}
