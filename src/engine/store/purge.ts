import { type Kysely, sql } from 'kysely';
import { type SqlDialect, texts } from './batch-sql.js';
import { IS_OPEN_TASK, recountChains } from './retention.js';
import type { Tables } from './tables.js';

/** The data that was removed with a contact. */
export interface Purged {
  readonly chainId: string;
  /** Whether it was the last contact of its chain. If so, the attributes of the chain were removed as well. */
  readonly wasLast: boolean;
  /** Whether it was counted as an open task. */
  readonly wasOpen: boolean;
  readonly clientTokens: number;
}

/** Removes a contact and its data in the caller's transaction. Returns undefined if it does not exist. */
export async function purgeRows(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  instanceId: string,
  contactId: string,
): Promise<Purged | undefined> {
  const ids = texts(dialect, [contactId]);
  const row = await db
    .selectFrom('contact')
    .select(['chainId', sql<number>`case when ${IS_OPEN_TASK} then 1 else 0 end`.as('open')])
    .where('instanceId', '=', instanceId)
    .where('id', 'in', ids)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await db.deleteFrom('contact').where('instanceId', '=', instanceId).where('id', 'in', ids).execute();
  await db.deleteFrom('contactChange').where('instanceId', '=', instanceId).where('contactId', 'in', ids).execute();
  const tokens = await db.deleteFrom('clientToken').where('contactId', 'in', ids).executeTakeFirst();
  await recountChains(db, dialect, instanceId, [row.chainId]);
  await db
    .updateTable('instance')
    .set((of) => ({ openTasks: of('openTasks', '-', row.open) }))
    .where('id', '=', instanceId)
    .execute();
  const chain = await db
    .selectFrom('chain')
    .select('id')
    .where('instanceId', '=', instanceId)
    .where('id', '=', row.chainId)
    .executeTakeFirst();
  return {
    chainId: row.chainId,
    wasLast: chain === undefined,
    wasOpen: row.open === 1,
    clientTokens: Number(tokens.numDeletedRows),
  };
}
