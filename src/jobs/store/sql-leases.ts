import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { ItemState, Job, LeasedItem, Settled } from '../job.js';
import type { ExpiryErrors } from '../job-store.js';
import type { JobDatabase } from './job-database.js';
import { jobOf, taskOf } from './job-rows.js';
import type { JobTables, TaskJobItemRow, TaskJobRow } from './job-tables.js';
import { rated } from './rate.js';

/** How long a process counts as alive after its last beat, in milliseconds. Beats come far more often. */
const ALIVE_MS = 10_000;

/** Time after which a job that waits for a quota tries again, in milliseconds. */
const QUOTA_RETRY_MS = 5_000;

/**
 * The leases of items. A process leases items and reports from time to time that it is alive; the items of a process that has
 * ended become free again. What such an item's attempt led to is not known, so it keeps the instant of the attempt.
 */
export class SqlLeases {
  protected readonly database: JobDatabase;
  protected readonly now: () => number;
  readonly #runner = randomUUID();

  constructor(database: JobDatabase, now: () => number) {
    this.database = database;
    this.now = now;
  }

  protected get db(): Kysely<JobTables> {
    return this.database.db;
  }

  async runnable(): Promise<readonly Job[]> {
    const rows = await this.db
      .selectFrom('taskJob')
      .selectAll()
      .where('waiting', '>', 0)
      .where((is) =>
        is.or([
          is('state', 'in', ['RUNNING', 'CANCELLED']),
          is.and([is('pauseReason', '=', 'QUOTA_EXCEEDED'), is('resumeAt', '<=', this.now())]),
        ]),
      )
      .orderBy('id')
      .execute();
    return rows.map(jobOf);
  }

  async lease({ id, state }: Job, limit: number): Promise<readonly LeasedItem[]> {
    const now = this.now();
    // A cancelled job only settles what may exist.
    const which = state === 'CANCELLED' ? sql`and "openSince" is not null` : sql``;
    // One statement, so that a later change of the job finds the items leased. Materialized, because PostgreSQL may otherwise
    // run the inner select, and with it the limit, more than once.
    const { rows } = await sql<Pick<TaskJobItemRow, 'seq' | 'key' | 'attempts'> & { task: string; openSince: number }>`
      with picked as materialized (select "seq" from "taskJobItem"
        where "jobId" = ${id} and "state" = 'WAITING' and "leasedBy" is null and "notBefore" <= ${now} ${which}
        order by "seq" limit ${limit} ${this.database.skipLocked})
      update "taskJobItem" set "leasedBy" = ${this.#runner}, "attempts" = "attempts" + 1,
        "openSince" = coalesce("openSince", cast(${now} as bigint))
      where "jobId" = ${id} and "seq" in (select "seq" from picked)
      and exists (select 1 from "taskJob" where "id" = ${id} and "state" = ${state})
      returning "seq", "key", "task", "attempts", "openSince"`.execute(this.db);
    return rows
      .sort((one, other) => one.seq - other.seq)
      .map(({ seq, key, task, attempts, openSince }) => ({
        seq,
        key,
        task: taskOf(task),
        attempts,
        openSince: openSince === now ? undefined : openSince,
      }));
  }

  async settle(jobId: string, settled: readonly Settled[]): Promise<Job | undefined> {
    return this.db.transaction().execute(async (transaction) => {
      const row = await this.locked(transaction, jobId);
      if (row === undefined) return undefined;
      const now = this.now();
      const json = JSON.stringify(settled.map((each) => columnsOf(each, row.state === 'CANCELLED', now)));
      // Items that were freed meanwhile belong to another process by now, which settles them.
      const { rows } = await sql<{ state: ItemState }>`update "taskJobItem" set
          "state" = outcome.state, "contactId" = outcome."contactId", "errors" = outcome.errors,
          "notBefore" = outcome."notBefore", "leasedBy" = null,
          "openSince" = case when outcome."isOpen" = 1 then "openSince" else null end,
          "task" = case when outcome.state in ('CREATED', 'CANCELLED') then null else "task" end
        from (select cast(value ->> 0 as bigint) as seq, value ->> 1 as state, value ->> 2 as "contactId",
          value ->> 3 as errors, cast(value ->> 4 as bigint) as "notBefore", cast(value ->> 5 as bigint) as "isOpen"
          from ${this.database.elements(json)} as element) as outcome
        where "taskJobItem"."jobId" = ${jobId} and "taskJobItem"."seq" = outcome.seq
          and "taskJobItem"."leasedBy" = ${this.#runner}
        returning "taskJobItem"."state" as "state"`.execute(transaction);
      const number = (state: ItemState) => rows.filter((each) => each.state === state).length;
      const [created, failed, cancelled] = [number('CREATED'), number('FAILED'), number('CANCELLED')];
      const counted = {
        ...row,
        waiting: row.waiting - created - failed - cancelled,
        created: row.created + created,
        failed: row.failed + failed,
        cancelled: row.cancelled + cancelled,
      };
      const isQuotaFull = settled.some(({ outcome }) => outcome.kind === 'AGAIN' && outcome.isQuotaFull);
      let changed = rated(stateAfter(counted, { created, failed, isQuotaFull }, now), now);
      if (changed.state === 'CANCELLED' && row.state !== 'CANCELLED') {
        changed = await this.cancelWaiting(transaction, changed);
      }
      changed = this.ended(changed);
      await this.update(transaction, changed);
      return jobOf(changed);
    });
  }

  async release(jobId: string): Promise<void> {
    await this.db
      .updateTable('taskJobItem')
      .set({ leasedBy: null })
      .where('jobId', '=', jobId)
      .where('leasedBy', '=', this.#runner)
      .execute();
  }

  async claimProbe(jobId: string, untilMs: number): Promise<boolean> {
    const now = this.now();
    const { numUpdatedRows } = await this.db
      .updateTable('taskJob')
      .set({ resumeAt: now + untilMs })
      .where('id', '=', jobId)
      .where('pauseReason', '=', 'QUOTA_EXCEEDED')
      .where('resumeAt', '<=', now)
      .executeTakeFirst();
    return Number(numUpdatedRows) === 1;
  }

  async expire({ expired, outcomeUnknown }: ExpiryErrors): Promise<void> {
    const late = await this.db
      .selectFrom('taskJob')
      .select('id')
      .where('waiting', '>', 0)
      .where('notAfter', '<=', this.now())
      .execute();
    for (const { id } of late) {
      await this.db.transaction().execute(async (transaction) => {
        const row = await this.locked(transaction, id);
        if (row === undefined) return;
        const { numUpdatedRows } = await transaction
          .updateTable('taskJobItem')
          .set({
            state: 'FAILED',
            errors: sql<string>`case when "openSince" is null then ${JSON.stringify(expired)} else ${JSON.stringify(outcomeUnknown)} end`,
          })
          .where('jobId', '=', id)
          .where('state', '=', 'WAITING')
          .where('leasedBy', 'is', null)
          .executeTakeFirst();
        const failed = Number(numUpdatedRows);
        await this.update(
          transaction,
          this.ended({ ...row, waiting: row.waiting - failed, failed: row.failed + failed }),
        );
      });
    }
  }

  async beat(): Promise<void> {
    const now = this.now();
    const { db } = this;
    await db
      .insertInto('taskJobRunner')
      .values({ id: this.#runner, aliveUntil: now + ALIVE_MS })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ aliveUntil: now + ALIVE_MS }))
      .execute();
    let ended = db.deleteFrom('taskJobRunner').where('id', '!=', this.#runner);
    if (this.database.isShared) ended = ended.where('aliveUntil', '<=', now);
    await ended.execute();
    await sql`update "taskJobItem" set "leasedBy" = null
      where "leasedBy" is not null and "leasedBy" not in (select "id" from "taskJobRunner")`.execute(db);
  }

  /** Frees what this process has leased, and closes the database. */
  protected async leave(): Promise<void> {
    try {
      await this.db.deleteFrom('taskJobRunner').where('id', '=', this.#runner).execute();
    } catch {
      // The others find out by themselves.
    }
    await this.db.destroy();
  }

  /** Reads a job that the transaction changes. */
  protected async locked(db: Transaction<JobTables>, jobId: string): Promise<TaskJobRow | undefined> {
    const { rows } =
      await sql<TaskJobRow>`select * from "taskJob" where "id" = ${jobId} ${this.database.forUpdate}`.execute(db);
    return rows[0];
  }

  protected async update(db: Transaction<JobTables>, { id, ...row }: TaskJobRow): Promise<void> {
    const { state, pauseReason, resumeAt, endedAt, waiting, created, failed, cancelled } = row;
    const { rate, ratedAt, ratedItems } = row;
    await db
      .updateTable('taskJob')
      .set({ state, pauseReason, resumeAt, endedAt, waiting, created, failed, cancelled, rate, ratedAt, ratedItems })
      .where('id', '=', id)
      .execute();
  }

  /** Cancels the items that wait, without those that may exist: what became of these is found out first. */
  protected async cancelWaiting(db: Transaction<JobTables>, row: TaskJobRow): Promise<TaskJobRow> {
    const { numUpdatedRows } = await db
      .updateTable('taskJobItem')
      .set({ state: 'CANCELLED', task: null })
      .where('jobId', '=', row.id)
      .where('state', '=', 'WAITING')
      .where('leasedBy', 'is', null)
      .where('openSince', 'is', null)
      .executeTakeFirst();
    const cancelled = Number(numUpdatedRows);
    return { ...row, waiting: row.waiting - cancelled, cancelled: row.cancelled + cancelled };
  }

  /** Ends a job without waiting items, and begins one anew that has some again. */
  protected ended(row: TaskJobRow): TaskJobRow {
    if (row.waiting > 0) return { ...row, endedAt: null };
    const state = row.state === 'CANCELLED' ? row.state : 'COMPLETED';
    return { ...row, state, pauseReason: null, resumeAt: null, endedAt: row.endedAt ?? this.now() };
  }
}

/** What a set of outcomes means for their job. */
interface Seen {
  readonly created: number;
  readonly failed: number;
  readonly isQuotaFull: boolean;
}

/** Returns a job after some outcomes: paused, resumed or cancelled by them. */
function stateAfter(row: TaskJobRow, { created, failed, isQuotaFull }: Seen, now: number): TaskJobRow {
  if (row.state === 'CANCELLED') return row;
  if (failed > 0 && row.onError === 'CANCEL') return { ...row, state: 'CANCELLED', pauseReason: null, resumeAt: null };
  if (failed > 0 && row.onError === 'PAUSE') {
    return { ...row, state: 'PAUSED', pauseReason: 'ITEM_FAILED', resumeAt: null };
  }
  if (row.state === 'PAUSED' && row.pauseReason !== 'QUOTA_EXCEEDED') return row;
  if (isQuotaFull) return { ...row, state: 'PAUSED', pauseReason: 'QUOTA_EXCEEDED', resumeAt: now + QUOTA_RETRY_MS };
  if (created + failed > 0) return { ...row, state: 'RUNNING', pauseReason: null, resumeAt: null };
  return row;
}

/** The columns of a settled item, as a JSON list. */
function columnsOf({ seq, outcome }: Settled, isCancelled: boolean, now: number): readonly unknown[] {
  switch (outcome.kind) {
    case 'CREATED':
      return [seq, 'CREATED', outcome.contactId, null, 0, 0];
    case 'FAILED':
      return [seq, 'FAILED', null, JSON.stringify(outcome.errors), 0, Number(outcome.isOpen)];
    case 'AGAIN': {
      const state: ItemState = isCancelled && !outcome.isOpen ? 'CANCELLED' : 'WAITING';
      return [seq, state, null, null, now + outcome.afterMs, Number(outcome.isOpen)];
    }
  }
}
