import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type SqlDialect, texts } from './batch-sql.js';
import type { Tables } from './tables.js';

/** Maximum number of contacts that a write deletes per instance: few enough not to delay its callers. */
const STEP = 100;

/**
 * Returns whether a contact is past its retention: it started that long ago, and has ended. As in the service, the time
 * counts from its start. An open contact, or one in after-contact work, is kept (our decision). From that moment no read
 * and no decision finds the contact; later writes delete its row.
 *
 * @param now milliseconds since the epoch, as SQL
 * @param retentionMs retention of contacts, in milliseconds
 */
export function isPastRetention(now: RawBuilder<number>, retentionMs: number): RawBuilder<boolean> {
  // No part can be null, because `not` is applied to it as well.
  return sql<boolean>`("contact"."initiatedAt" <= ${now} - ${sql.lit(retentionMs)}
    and ("contact"."endedAt" is not null or ("contact"."channel" = 'TASK'
      and "contact"."expiresAt" is not null and "contact"."expiresAt" <= ${now}))
    and ("contact"."afterContactWorkStartedAt" is null or "contact"."afterContactWorkEndedAt" is not null))`;
}

/** Whether a contact counts for the limit of its chain: StartTaskContact created it with a previous contact. */
export const HOLDS_PLACE = sql<boolean>`("contact"."previousContactId" is not null and "contact"."initiationMethod" = 'API')`;

/** Whether a contact counts as an open task of its instance: it has not ended, or is in after-contact work. */
export const IS_OPEN_TASK = sql<boolean>`("contact"."channel" = 'TASK' and ("contact"."endedAt" is null
  or ("contact"."afterContactWorkStartedAt" is not null and "contact"."afterContactWorkEndedAt" is null)))`;

/** Returns an instant as SQL. */
export function instantSql(now: number | RawBuilder<number>): RawBuilder<number> {
  return sql<number>`cast(${now} as bigint)`;
}

/** Selects ended contacts past their retention, the oldest first. */
export function contactsPastRetention(
  db: Kysely<Tables>,
  retentionMs: number,
  instanceId: string | RawBuilder<string>,
  now: number | RawBuilder<number>,
) {
  return (
    db
      .selectFrom('contact')
      .select('contact.id')
      .where('contact.instanceId', '=', instanceId)
      // A condition of its own, because only then does SQLite use the partial index of ended contacts.
      .where('contact.endedAt', 'is not', null)
      .where(isPastRetention(instantSql(now), retentionMs))
      .orderBy('contact.initiatedAt')
      .limit(STEP)
  );
}

/** Deletes contacts past their retention, the oldest first, and chains that have no contact left. */
export async function deletePastRetention(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  retentionMs: number,
  instanceId: string,
  now: number,
): Promise<void> {
  const gone = await db
    .deleteFrom('contact')
    .where('instanceId', '=', instanceId)
    .where('id', 'in', contactsPastRetention(db, retentionMs, instanceId, now))
    .returning('chainId')
    .execute();
  const chainIds = [...new Set(gone.map(({ chainId }) => chainId))];
  if (chainIds.length > 0) await recountChains(db, dialect, instanceId, chainIds);
}

/**
 * Recounts the tasks of chains after some of their contacts were deleted, and deletes chains without a contact. A deleted
 * task no longer counts for the limit of its chain (our decision).
 */
export async function recountChains(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  instanceId: string,
  chainIds: readonly string[],
): Promise<void> {
  await db
    .updateTable('chain')
    .set({
      linkedTasks: sql<number>`(select count(*) from "contact" where "contact"."instanceId" = "chain"."instanceId"
        and "contact"."chainId" = "chain"."id" and ${HOLDS_PLACE})`,
    })
    .where('instanceId', '=', instanceId)
    .where('id', 'in', texts(dialect, chainIds))
    .execute();
  await db
    .deleteFrom('chain')
    .where('instanceId', '=', instanceId)
    .where('id', 'in', texts(dialect, chainIds))
    .where(
      sql<boolean>`not exists (select 1 from "contact" where "contact"."instanceId" = "chain"."instanceId"
        and "contact"."chainId" = "chain"."id")`,
    )
    .execute();
}
