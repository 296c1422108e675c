import { type Kysely, sql } from 'kysely';
import { type SqlFlavour, texts } from './batch-sql.js';
import { IS_OPEN_TASK, settleChains } from './retention.js';
import type { Tables } from './tables.js';

/** What left with a contact. */
export interface Purged {
  readonly chainId: string;
  /** Whether it was the last of its chain, whose attributes left with it. */
  readonly wasLast: boolean;
  /** Whether it counted as an open task. */
  readonly wasOpen: boolean;
  readonly clientTokens: number;
}

/** Removes a contact in the caller's transaction, with all that is its alone; undefined where there is none. */
export async function purgeRows(
  db: Kysely<Tables>,
  flavour: SqlFlavour,
  instanceId: string,
  contactId: string,
): Promise<Purged | undefined> {
  const ids = texts(flavour, [contactId]);
  const row = await db
    .selectFrom('contact')
    .select(['chainId', sql<number>`case when ${IS_OPEN_TASK} then 1 else 0 end`.as('open')])
    .where('instanceId', '=', instanceId)
    .where('id', 'in', ids)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await db.deleteFrom('contact').where('instanceId', '=', instanceId).where('id', 'in', ids).execute();
  const tokens = await db.deleteFrom('clientToken').where('contactId', 'in', ids).executeTakeFirst();
  await settleChains(db, flavour, instanceId, [row.chainId]);
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
