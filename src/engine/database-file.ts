import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** A database file cannot be opened or written. The message states the setting, the path and the reason. */
export class DatabaseFileError extends Error {
  constructor(path: string, why: string, options?: ErrorOptions) {
    super(
      `The database file ${resolve(path)} cannot be used (${why}). Let this user write the file and its folder, or set DATABASE_URL to another file.`,
      options,
    );
    this.name = 'DatabaseFileError';
  }
}

/**
 * Runs work on a database file.
 *
 * @throws DatabaseFileError for what the operating system or SQLite reports; other errors of the work as they are
 */
export async function onDatabaseFile<Result>(path: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    const entry = statSync(path, { throwIfNoEntry: false });
    // The work itself refuses a folder and leaves it as it is. SQLite would write files beside a device.
    if (entry?.isFile() !== false || entry.isDirectory()) return await work();
  } catch (error) {
    // Both kinds have a code: EACCES, ENOTDIR and the like, or ERR_SQLITE_ERROR.
    const isReported = error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';
    throw isReported ? new DatabaseFileError(path, error.message, { cause: error }) : error;
  }
  throw new DatabaseFileError(path, 'it is a device, a pipe or a socket');
}
