import { type Kysely, sql } from 'kysely';
import { insertRows, replaceAll, type SqlFlavour } from './batch-sql.js';
import { forgetContacts } from './retention.js';
import type { WrittenRows } from './store.js';
import type { Tables } from './tables.js';
import { recordTemplateVersions } from './template-versions.js';

/** Rows that a write tidies up on the way, at most: small enough that no caller notices. */
const TIDY_ROWS = 500;

/** How long the proof of a batch is kept, in milliseconds. It is looked for right after its COMMIT failed. */
const BATCH_PROOF_MS = 60 * 60 * 1000;

/** Writes what a batch leaves behind: at most one statement a table, however many requests there are. */
export async function writeRows(
  db: Kysely<Tables>,
  { flavour, retentionMs }: { readonly flavour: SqlFlavour; readonly retentionMs: number },
  batchId: string,
  rows: WrittenRows,
  now: number,
): Promise<void> {
  await insertRows(db, flavour, 'taskTemplate', rows.newTemplates);
  await recordTemplateVersions(db, flavour, rows.newTemplates);
  await insertRows(db, flavour, 'contact', rows.newContacts);
  await insertRows(db, flavour, 'contact', rows.changedContacts, replaceAll('contact'));
  await insertRows(db, flavour, 'chain', rows.chains, {
    key: ['instanceId', 'id'],
    columns: ['attributes', 'attributeBytes', 'linkedTasks'],
  });
  await insertRows(db, flavour, 'clientToken', rows.tokens, {
    key: ['scope'],
    columns: ['fingerprint', 'contactId', 'expiresAt'],
  });
  await insertRows(db, flavour, 'batch', [{ id: batchId, committedAt: now }]);
  for (const [instanceId, opened] of rows.openedTasks) {
    const ended = await writeDownExpiredTasks(db, instanceId, now);
    await db
      .updateTable('instance')
      .set((of) => ({ openTasks: of('openTasks', '+', opened - ended), lastInstant: now }))
      .where('id', '=', instanceId)
      .execute();
    await forgetContacts(db, flavour, retentionMs, instanceId, now);
  }
  await forget(db, flavour, now);
}

/**
 * Lets go of client tokens past their window and of old proofs, a few at a time. They belong to no instance, so that no
 * lock keeps the batches of other replicas away from them: rows that another one holds are left to a later write, and this
 * comes last in its transaction, which then waits for nobody. Two batches can so never wait for each other.
 */
async function forget(db: Kysely<Tables>, { locksRows }: SqlFlavour, now: number): Promise<void> {
  await db
    .deleteFrom('clientToken')
    .where('scope', 'in', (of) =>
      of
        .selectFrom('clientToken')
        .select('scope')
        .where('expiresAt', '<=', now)
        .orderBy('expiresAt')
        .limit(TIDY_ROWS)
        .$if(locksRows, (query) => query.forUpdate().skipLocked()),
    )
    .execute();
  await db
    .deleteFrom('batch')
    .where('id', 'in', (of) =>
      of
        .selectFrom('batch')
        .select('id')
        .where('committedAt', '<=', now - BATCH_PROOF_MS)
        .orderBy('committedAt')
        .limit(TIDY_ROWS)
        .$if(locksRows, (query) => query.forUpdate().skipLocked()),
    )
    .execute();
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
    .where('id', 'in', (of) =>
      of
        .selectFrom('contact')
        .select('id')
        .where('instanceId', '=', instanceId)
        .where('endedAt', 'is', null)
        .where(sql<boolean>`"channel" = 'TASK'`)
        .where('expiresAt', '<=', now)
        .orderBy('expiresAt')
        .limit(TIDY_ROWS),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
