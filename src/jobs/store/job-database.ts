import type { Kysely, RawBuilder } from 'kysely';
import type { JobTables } from './job-tables.js';

/** A database of jobs, and what differs between its two kinds. */
export interface JobDatabase {
  readonly db: Kysely<JobTables>;
  /** Returns a table expression with one column, `value`: the elements of a JSON list. */
  elements(json: string): RawBuilder<unknown>;
  /** Ends a select whose rows are changed next: rows that another process is changing are left to it. */
  readonly skipLocked: RawBuilder<unknown>;
  /** Ends a select of a row that is changed next: waits for another process that is changing it. */
  readonly forUpdate: RawBuilder<unknown>;
  /** Whether other processes may use the database too. If not, each lease at the start is of a process that has ended. */
  readonly isShared: boolean;
  /** Sets whether the commits that follow survive a power failure. Undefined: all of them do. */
  readonly setDurable?: (db: Kysely<JobTables>, isDurable: boolean) => Promise<unknown>;
  /** Called in the transaction of the migration, before it. */
  readonly beforeMigration?: (db: Kysely<JobTables>) => Promise<unknown>;
}
