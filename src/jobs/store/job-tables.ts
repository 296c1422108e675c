import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { ErrorMode, ItemState, JobState, PauseReason } from '../job.js';

/** A job. Instants are milliseconds since the epoch. */
export interface TaskJobRow {
  id: string;
  instanceId: string;
  owner: string;
  /** JSON. */
  caller: string;
  name: string | null;
  onError: ErrorMode;
  notAfter: number | null;
  /** Hash of owner and client token; null without one. */
  tokenHash: string | null;
  /** Hash of the request that the token belongs to. */
  fingerprint: string | null;
  state: JobState;
  pauseReason: PauseReason | null;
  resumeAt: number | null;
  createdAt: number;
  endedAt: number | null;
  total: number;
  waiting: number;
  created: number;
  failed: number;
  cancelled: number;
  /** Thousandths of an item that are settled a second; null until that is known. */
  rate: number | null;
  /** When the rate was last measured, and the settled items by then. */
  ratedAt: number;
  ratedItems: number;
}

/** An item of a job. */
export interface TaskJobItemRow {
  jobId: string;
  seq: number;
  key: string;
  /** Hash of the task. */
  fingerprint: string;
  /** JSON. Null once the task is created, cancelled or purged. */
  task: string | null;
  state: ItemState;
  attempts: number;
  /** When an attempt began whose outcome is not known; null if each outcome is known. */
  openSince: number | null;
  /** The next attempt is not made before. */
  notBefore: number;
  /** The process that works on it. */
  leasedBy: string | null;
  contactId: string | null;
  /** JSON. */
  errors: string | null;
}

/** A process that leases items. */
export interface TaskJobRunnerRow {
  id: string;
  aliveUntil: number;
}

/** The tables of jobs. */
export interface JobTables {
  taskJobSchema: { version: number };
  taskJob: TaskJobRow;
  taskJobItem: TaskJobItemRow;
  taskJobRunner: TaskJobRunnerRow;
}

/** The schema of the jobs was written by a newer version of this program. It is not changed. */
export class JobsTooNewError extends Error {
  constructor(found: number) {
    super(
      `The jobs have schema version ${found}, but this program knows versions up to ${MIGRATIONS.length}. Nothing was changed: start the version that wrote them.`,
    );
    this.name = 'JobsTooNewError';
  }
}

/** The migrations in their order. A released migration never changes. */
const MIGRATIONS: readonly ((db: Kysely<JobTables>) => Promise<void>)[] = [createTables];

/**
 * Brings the schema up to date inside the caller's transaction.
 *
 * @throws JobsTooNewError
 */
export async function migrateJobs(db: Kysely<JobTables>): Promise<void> {
  await sql`create table if not exists "taskJobSchema" ("version" bigint not null)`.execute(db);
  const row = await db.selectFrom('taskJobSchema').select('version').executeTakeFirst();
  const found = Number(row?.version ?? 0);
  if (found > MIGRATIONS.length) throw new JobsTooNewError(found);
  for (const step of MIGRATIONS.slice(found)) await step(db);
  if (found === MIGRATIONS.length) return;
  await db.deleteFrom('taskJobSchema').execute();
  await db.insertInto('taskJobSchema').values({ version: MIGRATIONS.length }).execute();
}

async function createTables(db: Kysely<JobTables>): Promise<void> {
  for (const statement of [
    `create table "taskJob" ("id" text primary key, "instanceId" text not null, "owner" text not null,
      "caller" text not null, "name" text, "onError" text not null, "notAfter" bigint, "tokenHash" text,
      "fingerprint" text, "state" text not null, "pauseReason" text, "resumeAt" bigint, "createdAt" bigint not null,
      "endedAt" bigint, "total" bigint not null, "waiting" bigint not null, "created" bigint not null,
      "failed" bigint not null, "cancelled" bigint not null, "rate" bigint, "ratedAt" bigint not null,
      "ratedItems" bigint not null)`,
    `create unique index "taskJobByToken" on "taskJob" ("tokenHash")`,
    `create index "taskJobByInstance" on "taskJob" ("instanceId", "id")`,
    `create index "taskJobByEnd" on "taskJob" ("endedAt") where "endedAt" is not null`,
    `create index "taskJobWaiting" on "taskJob" ("id") where "waiting" > 0`,
    `create table "taskJobItem" ("jobId" text not null, "seq" bigint not null, "key" text not null,
      "fingerprint" text not null, "task" text, "state" text not null, "attempts" bigint not null,
      "openSince" bigint, "notBefore" bigint not null, "leasedBy" text, "contactId" text, "errors" text,
      primary key ("jobId", "seq"))`,
    `create unique index "taskJobItemByKey" on "taskJobItem" ("jobId", "key")`,
    `create index "taskJobItemByState" on "taskJobItem" ("jobId", "state", "seq")`,
    `create index "taskJobItemLeased" on "taskJobItem" ("leasedBy") where "leasedBy" is not null`,
    `create index "taskJobItemByContact" on "taskJobItem" ("contactId") where "contactId" is not null`,
    `create table "taskJobRunner" ("id" text primary key, "aliveUntil" bigint not null)`,
  ]) {
    await sql.raw(statement).execute(db);
  }
}
