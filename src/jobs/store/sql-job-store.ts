import { type Kysely, sql, type Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { JOB_ITEMS } from '../../connect/limits.js';
import type { Job, JobAction, JobItem, NewItem, NewJob } from '../job.js';
import type { AddedItems, Controlled, CreatedJob, ItemsRequest, JobsRequest, JobStore } from '../job-store.js';
import { controlled } from './control.js';
import type { JobDatabase } from './job-database.js';
import { SqlLeases } from './sql-leases.js';
import { fingerprintOf, itemOf, jobOf, type StoredItem, storedItem, tokenHashOf } from './job-rows.js';
import { migrateJobs, type JobTables, type TaskJobRow } from './job-tables.js';

/** Rows that one step of a removal deletes: few enough not to delay others. */
const REMOVED_AT_ONCE = 1_000;

/** The jobs over SQL. Both kinds of database get the same statements. */
export class SqlJobStore extends SqlLeases implements JobStore {
  private constructor(database: JobDatabase, now: () => number) {
    super(database, now);
  }

  /**
   * Opens the jobs, and migrates their schema to the latest version.
   *
   * @param now the clock, in milliseconds since the epoch
   * @throws JobsTooNewError, and what the database reports
   */
  static async open(database: JobDatabase, now: () => number): Promise<SqlJobStore> {
    const store = new SqlJobStore(database, now);
    try {
      await database.db.transaction().execute(async (transaction) => {
        await database.beforeMigration?.(transaction);
        await migrateJobs(transaction);
      });
      await store.beat();
      return store;
    } catch (error) {
      await database.db.destroy();
      throw error;
    }
  }

  create(job: NewJob, items: readonly NewItem[]): Promise<CreatedJob> {
    const stored = items.map(storedItem);
    return this.#durably(async (transaction) => {
      const row = this.#newRow(job, stored);
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('taskJob')
        .values(row)
        .onConflict((conflict) => conflict.column('tokenHash').doNothing())
        .executeTakeFirst();
      if (Number(numInsertedOrUpdatedRows) === 0) return this.#replayed(transaction, row) as Promise<CreatedJob>;
      await this.#insert(transaction, row.id, stored, 0);
      return { job: jobOf(row), isReplayed: false };
    });
  }

  async findByToken(job: NewJob, items: readonly NewItem[]): Promise<CreatedJob | undefined> {
    return job.clientToken === undefined
      ? undefined
      : this.#replayed(this.db, this.#newRow(job, items.map(storedItem)));
  }

  add(jobId: string, items: readonly NewItem[]): Promise<AddedItems | undefined> {
    const stored = items.map(storedItem);
    return this.#durably(async (transaction) => {
      const row = await this.locked(transaction, jobId);
      if (row === undefined) return undefined;
      if (row.state === 'CANCELLED') return 'CANCELLED';
      const known = await this.#known(transaction, jobId, stored);
      const otherTasks = new Set(
        stored.filter(({ key, fingerprint }) => (known.get(key) ?? fingerprint) !== fingerprint).map(({ key }) => key),
      );
      if (otherTasks.size > 0) return { otherTasks };
      const added = stored.filter(({ key }) => !known.has(key));
      if (row.total + added.length > JOB_ITEMS) return { tooMany: row.total };
      if (added.length === 0) return { job: jobOf(row) };
      await this.#insert(transaction, jobId, added, row.total);
      const changed: Partial<TaskJobRow> = {
        total: row.total + added.length,
        waiting: row.waiting + added.length,
        ...(row.state === 'COMPLETED' && { state: 'RUNNING', endedAt: null }),
      };
      await transaction.updateTable('taskJob').set(changed).where('id', '=', jobId).execute();
      return { job: jobOf({ ...row, ...changed }) };
    });
  }

  control(jobId: string, action: JobAction): Promise<Controlled | undefined> {
    return this.#durably(async (transaction) => {
      const row = await this.locked(transaction, jobId);
      if (row === undefined) return undefined;
      const change = controlled(row, action);
      if (change === undefined) return { job: jobOf(row), isAllowed: false };
      let changed = { ...row, ...change };
      if (action === 'CANCEL') changed = await this.cancelWaiting(transaction, changed);
      if (action === 'RETRY') changed = await this.#retryFailed(transaction, changed);
      changed = this.ended(changed);
      await this.update(transaction, changed);
      return { job: jobOf(changed), isAllowed: true };
    });
  }

  async find(jobId: string): Promise<Job | undefined> {
    const row = await this.db.selectFrom('taskJob').selectAll().where('id', '=', jobId).executeTakeFirst();
    return row && jobOf(row);
  }

  async list({ instanceId, owner, before, limit }: JobsRequest): Promise<readonly Job[]> {
    let query = this.db.selectFrom('taskJob').selectAll().where('instanceId', '=', instanceId);
    if (owner !== undefined) query = query.where('owner', '=', owner);
    if (before !== undefined) query = query.where('id', '<', before);
    return (await query.orderBy('id', 'desc').limit(limit).execute()).map(jobOf);
  }

  async items({ jobId, state, after, limit }: ItemsRequest): Promise<readonly JobItem[]> {
    let query = this.db
      .selectFrom('taskJobItem')
      .select(['seq', 'key', 'state', 'contactId', 'errors', 'attempts'])
      .where('jobId', '=', jobId)
      .where('seq', '>', after);
    if (state !== undefined) query = query.where('state', '=', state);
    return (await query.orderBy('seq').limit(limit).execute()).map(itemOf);
  }

  async count(): Promise<{ readonly running: number; readonly waiting: number }> {
    const { rows } = await sql<{ running: number; waiting: number | null }>`
      select count(case when "state" = 'RUNNING' then 1 end) as "running", cast(sum("waiting") as bigint) as "waiting"
      from "taskJob" where "waiting" > 0`.execute(this.db);
    return { running: rows[0]?.running ?? 0, waiting: rows[0]?.waiting ?? 0 };
  }

  async removeEndedBefore(instant: number): Promise<boolean> {
    const { db } = this;
    const job = await db
      .selectFrom('taskJob')
      .select('id')
      .where('endedAt', '<=', instant)
      .orderBy('endedAt')
      .limit(1)
      .executeTakeFirst();
    if (job === undefined) return false;
    const items = db.selectFrom('taskJobItem').select('seq').where('jobId', '=', job.id).limit(REMOVED_AT_ONCE);
    const { numDeletedRows } = await db
      .deleteFrom('taskJobItem')
      .where('jobId', '=', job.id)
      .where('seq', 'in', items)
      .executeTakeFirst();
    if (Number(numDeletedRows) < REMOVED_AT_ONCE) await db.deleteFrom('taskJob').where('id', '=', job.id).execute();
    return true;
  }

  /** Removes it from the log of SQLite as well, which is emptied when the database is closed. */
  async purge(contactId: string): Promise<number> {
    const { numUpdatedRows } = await this.db
      .updateTable('taskJobItem')
      .set({ key: sql<string>`'purged-' || "seq"`, fingerprint: '', task: null, errors: null, contactId: null })
      .where('contactId', '=', contactId)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  close(): Promise<void> {
    return this.leave();
  }

  /**
   * Runs a transaction whose commit survives a power failure, because a caller is answered. Outcomes of items need not: an item
   * whose outcome is lost is tried again with the same client token.
   */
  #durably<Result>(work: (transaction: Transaction<JobTables>) => Promise<Result>): Promise<Result> {
    const { setDurable } = this.database;
    if (setDurable === undefined) return this.db.transaction().execute(work);
    return this.db.connection().execute(async (connection) => {
      await setDurable(connection, true);
      try {
        return await connection.transaction().execute(work);
      } finally {
        await setDurable(connection, false);
      }
    });
  }

  #newRow(job: NewJob, items: readonly StoredItem[]): TaskJobRow {
    const now = this.now();
    const { length } = items;
    const tokenHash = tokenHashOf(job);
    return {
      id: uuidv7({ msecs: now }),
      instanceId: job.instanceId,
      owner: job.owner,
      caller: JSON.stringify(job.caller),
      name: job.name ?? null,
      onError: job.onError,
      notAfter: job.notAfter ?? null,
      tokenHash,
      fingerprint: tokenHash === null ? null : fingerprintOf(job, items),
      state: 'RUNNING',
      pauseReason: null,
      resumeAt: null,
      createdAt: now,
      endedAt: null,
      total: length,
      waiting: length,
      created: 0,
      failed: 0,
      cancelled: 0,
      rate: null,
      ratedAt: now,
      ratedItems: 0,
    };
  }

  async #replayed(db: Kysely<JobTables>, { tokenHash, fingerprint }: TaskJobRow): Promise<CreatedJob | undefined> {
    const row = await db.selectFrom('taskJob').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst();
    if (row === undefined) return undefined;
    return row.fingerprint === fingerprint ? { job: jobOf(row), isReplayed: true } : 'CONFLICT';
  }

  /** Inserts items in one statement, whose text does not depend on their number. */
  async #insert(db: Transaction<JobTables>, jobId: string, items: readonly StoredItem[], first: number): Promise<void> {
    const json = JSON.stringify(
      items.map(({ key, fingerprint, task }, index) => [first + index, key, fingerprint, task]),
    );
    await sql`insert into "taskJobItem" ("jobId", "seq", "key", "fingerprint", "task", "state", "attempts", "notBefore")
      select cast(${jobId} as text), cast(value ->> 0 as bigint), value ->> 1, value ->> 2, value ->> 3, 'WAITING', 0, 0
      from ${this.database.elements(json)} as element`.execute(db);
  }

  /** Returns the fingerprints of the items whose keys a job has already. */
  async #known(
    db: Transaction<JobTables>,
    jobId: string,
    items: readonly StoredItem[],
  ): Promise<ReadonlyMap<string, string>> {
    const json = JSON.stringify(items.map(({ key }) => [key]));
    const { rows } = await sql<{ key: string; fingerprint: string }>`select "key", "fingerprint" from "taskJobItem"
      where "jobId" = ${jobId} and "key" in (select value ->> 0 from ${this.database.elements(json)} as element)`.execute(
      db,
    );
    return new Map(rows.map(({ key, fingerprint }) => [key, fingerprint]));
  }

  async #retryFailed(db: Transaction<JobTables>, row: TaskJobRow): Promise<TaskJobRow> {
    const { numUpdatedRows } = await db
      .updateTable('taskJobItem')
      .set({ state: 'WAITING', errors: null, notBefore: 0 })
      .where('jobId', '=', row.id)
      .where('state', '=', 'FAILED')
      .executeTakeFirst();
    const retried = Number(numUpdatedRows);
    return { ...row, waiting: row.waiting + retried, failed: row.failed - retried };
  }
}
