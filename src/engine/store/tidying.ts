import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { SqlFlavour } from './batch-sql.js';
import { forgetContacts, pastContacts } from './retention.js';
import { type Connection, Statement, type Tell } from './statement.js';
import type { Tables } from './tables.js';

/** Rows that a write tidies up on the way, at most: small enough that no caller notices. */
const TIDY_ROWS = 500;

/** How long the proof of a batch is kept, in milliseconds. It is looked for right after its COMMIT failed. */
const BATCH_PROOF_MS = 60 * 60 * 1000;

interface OfInstance {
  readonly instanceId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What writes tidy up on the way, a few rows at a time. Most of the time nothing is due, and one look at the indexes
 * tells so: a statement that finds nothing to change costs ten times as much (measured).
 */
export class Tidying {
  readonly #flavour: SqlFlavour;
  readonly #retentionMs: number;
  readonly #dueOfInstance: Statement<OfInstance, { readonly expired: unknown; readonly past: unknown }>;
  readonly #dueOfAll: Statement<number, { readonly tokens: unknown; readonly proofs: unknown }>;

  constructor(flavour: SqlFlavour, retentionMs: number) {
    this.#flavour = flavour;
    this.#retentionMs = retentionMs;
    this.#dueOfInstance = new Statement((tell: Tell<OfInstance>, db) => {
      const of = [tell(({ instanceId }) => instanceId), tell(({ now }) => now)] as const;
      return db.selectNoFrom(({ exists }) => [
        exists(expiredTasks(db, ...of)).as('expired'),
        exists(pastContacts(db, retentionMs, ...of)).as('past'),
      ]);
    });
    this.#dueOfAll = new Statement((tell: Tell<number>, db) =>
      db.selectNoFrom(({ exists }) => [
        exists(
          expiredTokens(
            db,
            tell((now) => now),
          ),
        ).as('tokens'),
        exists(oldProofs(db, tell(proofsUntil))).as('proofs'),
      ]),
    );
  }

  /**
   * Writes down the ends of expired tasks, and lets go of contacts past their retention.
   *
   * @returns how many tasks were ended
   */
  async ofInstance(connection: Connection, instanceId: string, now: number): Promise<number> {
    const { db } = connection;
    const [due] = await this.#dueOfInstance.run(connection, { instanceId, now });
    const ended = due?.expired ? await writeDownExpiredTasks(db, instanceId, now) : 0;
    // What has just been ended may be past its retention as well.
    if (due?.past || ended > 0) await forgetContacts(db, this.#flavour, this.#retentionMs, instanceId, now);
    return ended;
  }

  /**
   * Lets go of client tokens past their window and of old proofs. They belong to no instance, so that no lock keeps the
   * batches of other replicas away from them: rows that another one holds are left to a later write, and this comes last
   * in its transaction, which then waits for nobody. Two batches can so never wait for each other.
   */
  async ofAll(connection: Connection, now: number): Promise<void> {
    const { db } = connection;
    const { locksRows } = this.#flavour;
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

/** Until which commit proofs are let go of. */
function proofsUntil(now: number): number {
  return now - BATCH_PROOF_MS;
}

function expiredTokens(db: Kysely<Tables>, now: number | RawBuilder<number>) {
  return db
    .selectFrom('clientToken')
    .select('scope')
    .where('expiresAt', '<=', now)
    .orderBy('expiresAt')
    .limit(TIDY_ROWS);
}

function oldProofs(db: Kysely<Tables>, until: number | RawBuilder<number>) {
  return db.selectFrom('batch').select('id').where('committedAt', '<=', until).orderBy('committedAt').limit(TIDY_ROWS);
}

/** Open tasks whose expiry has passed. */
function expiredTasks(db: Kysely<Tables>, instanceId: string | RawBuilder<string>, now: number | RawBuilder<number>) {
  return (
    db
      .selectFrom('contact')
      .select('id')
      .where('instanceId', '=', instanceId)
      .where('endedAt', 'is', null)
      // Written out, so that the partial index of open tasks serves the query.
      .where(sql<boolean>`"channel" = 'TASK'`)
      .where('expiresAt', '<=', now)
      .orderBy('expiresAt')
      .limit(TIDY_ROWS)
  );
}

/** Gives expired tasks the end that every reader derives for them anyway, so that counting open ones stays cheap. */
async function writeDownExpiredTasks(db: Kysely<Tables>, instanceId: string, now: number): Promise<number> {
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
