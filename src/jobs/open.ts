import { existsSync } from 'node:fs';
import { databaseKind, databasePath } from '../util/database-url.js';
import type { JobStore } from './job-store.js';
import { jobsPath } from './store/jobs-path.js';

/**
 * Removes what the jobs of a database hold of a contact, for an erasure request.
 *
 * @returns the number of items that named it
 */
export async function purgeFromJobs(databaseUrl: string, contactId: string): Promise<number> {
  const { open, mayHaveJobs } = jobDatabase(databaseUrl, Date.now);
  if (!mayHaveJobs) return 0;
  const store = await open();
  try {
    return await store.purge(contactId);
  } finally {
    await store.close();
  }
}

/** A database of jobs that is opened when it is needed. */
export interface JobDatabaseFile {
  readonly open: () => Promise<JobStore>;
  /** Whether it may have jobs already. */
  readonly mayHaveJobs: boolean;
}

/**
 * Returns the database of the jobs that belongs to a database URL: a file beside it, or tables in the same PostgreSQL. Only
 * the driver that is needed is loaded.
 *
 * @param now the clock, in milliseconds since the epoch
 */
export function jobDatabase(databaseUrl: string, now: () => number): JobDatabaseFile {
  const open = async () => {
    const { SqlJobStore } = await import('./store/sql-job-store.js');
    if (databaseKind(databaseUrl) === 'postgres') {
      const { postgresJobs } = await import('./store/postgres-jobs.js');
      return SqlJobStore.open(postgresJobs(databaseUrl), now);
    }
    const { sqliteJobs } = await import('./store/sqlite-jobs.js');
    return SqlJobStore.open(sqliteJobs(jobsPath(databasePath(databaseUrl))), now);
  };
  const mayHaveJobs = databaseKind(databaseUrl) === 'postgres' || existsSync(jobsPath(databasePath(databaseUrl)));
  return { open, mayHaveJobs };
}
