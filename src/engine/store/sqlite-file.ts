import { existsSync, readFileSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseInUseError, isBusy } from './process-lock.js';

/** The file of a database has several names. It is left as it is. */
export class DatabaseLinkedError extends Error {
  constructor(file: string, names: number) {
    super(
      `The database ${file} has ${names} names (hard links). Its write-ahead log lies beside one of them, and a start under another one would not find it. Remove the other names, or copy the file.`,
    );
    this.name = 'DatabaseLinkedError';
  }
}

/** The file of a database is no longer at its path: it was removed, renamed or replaced. */
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

/** How long to wait for a holder that is ending, in milliseconds. */
const BUSY_TIMEOUT_MS = 500;

/**
 * Refuses a file that another process has open, by whichever name: SQLite's locks belong to the file itself (device and
 * inode), whereas the lock beside it belongs to a path. Each open connection holds a shared one.
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

/** Where Linux lists the locks on files. */
const LOCKS = '/proc/locks';

/** Names the process that has locked a file. */
function holderOf(file: string): string {
  if (!existsSync(LOCKS)) return 'another process';
  const ofFile = new RegExp(`POSIX +ADVISORY +\\w+ +(\\d+) [\\da-f]+:[\\da-f]+:${statSync(file).ino} `);
  const [, id] = ofFile.exec(readFileSync(LOCKS, 'utf8')) ?? [];
  return id === undefined ? 'another process' : `process ${id}`;
}

/** How often changes look whether the files are still there, in milliseconds. Each time would take 8 % of a creation. */
const CHECK_MS = 100;

/** The files of an open database, as they lay at their paths when it was opened. */
export class WatchedFiles {
  readonly #known: readonly { readonly path: string; readonly identity: string }[];
  #checkedAt = performance.now();

  constructor(paths: readonly string[]) {
    this.#known = paths.map((path) => ({ path, identity: identityOf(path) }));
  }

  /** @throws DatabaseLostError if one of them is no longer there */
  check(): void {
    this.#checkedAt = performance.now();
    for (const { path, identity } of this.#known) {
      if (identityOf(path) !== identity) throw new DatabaseLostError(path);
    }
  }

  /** Checks them if the last check was a while ago. @throws DatabaseLostError */
  checkNowAndThen(): void {
    if (performance.now() - this.#checkedAt >= CHECK_MS) this.check();
  }
}

function identityOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'absent' : `${found.dev}:${found.ino}`;
}

/** SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL and SQLITE_CANTOPEN, in the low byte of an error's code. */
const UNWRITABLE: ReadonlySet<number> = new Set([8, 10, 13, 14]);

/** Whether SQLite says that nothing can be written at the moment, or the file is lost. */
export function isUnwritable(error: unknown): boolean {
  const { errcode } = error as { readonly errcode?: unknown };
  return error instanceof DatabaseLostError || (typeof errcode === 'number' && UNWRITABLE.has(errcode & 0xff));
}
