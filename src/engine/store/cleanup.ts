import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { SqlDialect } from './batch-sql.js';
import { deletePastRetention, contactsPastRetention } from './retention.js';
import { type Connection, Statement, type Bind } from './statement.js';
import type { Tables } from './tables.js';

/** Maximum number of rows that a write deletes or ends per kind: few enough not to delay its callers. */
const CLEANUP_ROWS = 500;

/** Retention of the record of a batch, in milliseconds. It is read right after a failed COMMIT. */
const BATCH_PROOF_MS = 60 * 60 * 1000;

interface OfInstance {
  readonly instanceId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Deletes old rows with each write, a few at a time. A query of the indexes first finds whether there are any, because a
 * statement that changes no row takes ten times as long.
 */
export class Cleanup {
  readonly #dialect: SqlDialect;
  readonly #retentionMs: number;
  readonly #dueOfInstance: Statement<OfInstance, { readonly expired: unknown; readonly past: unknown }>;
  readonly #dueOfAll: Statement<number, { readonly tokens: unknown; readonly proofs: unknown }>;

  constructor(dialect: SqlDialect, retentionMs: number) {
    this.#dialect = dialect;
    this.#retentionMs = retentionMs;
    this.#dueOfInstance = new Statement((bind: Bind<OfInstance>, db) => {
      const of = [bind(({ instanceId }) => instanceId), bind(({ now }) => now)] as const;
      return db.selectNoFrom(({ exists }) => [
        exists(expiredTasks(db, ...of)).as('expired'),
        exists(contactsPastRetention(db, retentionMs, ...of)).as('past'),
      ]);
    });
    this.#dueOfAll = new Statement((bind: Bind<number>, db) =>
      db.selectNoFrom(({ exists }) => [
        exists(
          expiredTokens(
            db,
            bind((now) => now),
          ),
        ).as('tokens'),
        exists(oldProofs(db, bind(proofsUntil))).as('proofs'),
      ]),
    );
  }

  /**
   * Stores the ends of expired tasks, and deletes contacts past their retention.
   *
   * @returns the number of ended tasks
   */
  async cleanInstance(connection: Connection, instanceId: string, now: number): Promise<number> {
    const { db } = connection;
    const [due] = await this.#dueOfInstance.run(connection, { instanceId, now });
    const ended = due?.expired ? await endExpiredTasks(db, instanceId, now) : 0;
    // A task that was just ended may be past its retention as well.
    if (due?.past || ended > 0) await deletePastRetention(db, this.#dialect, this.#retentionMs, instanceId, now);
    return ended;
  }

  /**
   * Deletes expired client tokens and old records of batches. The locks of instances do not cover them, so it skips rows that
   * another replica has locked, and must be the last step of its transaction. Two batches then cannot wait for each other.
   */
  async cleanAll(connection: Connection, now: number): Promise<void> {
    const { db } = connection;
    const { locksRows } = this.#dialect;
    const [due] = await this.#dueOfAll.run(connection, now);
    if (due?.tokens) {
      const tokens = expiredTokens(db, now).$if(locksRows, (query) => query.forUpdate().skipLocked());
      await db.deleteFrom('clientToken').where('scope', 'in', tokens).execute();
    }
    if (due?.proofs) {
      const proofs = oldProofs(db, proofsUntil(now)).$if(locksRows, (query) => query.forUpdate().skipLocked());
      await db.deleteFrom('batch').where('id', 'in', proofs).execute();
    }
  }
}

/** Returns the instant of commit before which records of batches are deleted. */
function proofsUntil(now: number): number {
  return now - BATCH_PROOF_MS;
}

function expiredTokens(db: Kysely<Tables>, now: number | RawBuilder<number>) {
  return db
    .selectFrom('clientToken')
    .select('scope')
    .where('expiresAt', '<=', now)
    .orderBy('expiresAt')
    .limit(CLEANUP_ROWS);
}

function oldProofs(db: Kysely<Tables>, until: number | RawBuilder<number>) {
  return db
    .selectFrom('batch')
    .select('id')
    .where('committedAt', '<=', until)
    .orderBy('committedAt')
    .limit(CLEANUP_ROWS);
}

/** Selects open tasks that have expired. */
function expiredTasks(db: Kysely<Tables>, instanceId: string | RawBuilder<string>, now: number | RawBuilder<number>) {
  return (
    db
      .selectFrom('contact')
      .select('id')
      .where('instanceId', '=', instanceId)
      .where('endedAt', 'is', null)
      // A literal, because only then does SQLite use the partial index of open tasks.
      .where(sql<boolean>`"channel" = 'TASK'`)
      .where('expiresAt', '<=', now)
      .orderBy('expiresAt')
      .limit(CLEANUP_ROWS)
  );
}

/** Stores the end of expired tasks, which reads derive anyway, so that open tasks can be counted from an index. */
async function endExpiredTasks(db: Kysely<Tables>, instanceId: string, now: number): Promise<number> {
  const result = await db
    .updateTable('contact')
    .set((of) => ({
      endedAt: of.ref('expiresAt'),
      updatedAt: of.ref('expiresAt').$notNull(),
      disconnectReason: 'EXPIRED',
    }))
    .where('instanceId', '=', instanceId)
    .where('id', 'in', expiredTasks(db, instanceId, now))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
