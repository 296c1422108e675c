import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type SqlFlavour, texts } from './batch-sql.js';
import type { Tables } from './tables.js';

/** Contacts that a write lets go of, at most, in each of its instances: small enough that no caller notices. */
const STEP = 100;

/**
 * Whether a contact is past its retention: it started that long ago, and is over. As on the service the time counts from
 * its start; one that is still open, or in after-contact work, stays for as long as it is (our decision). It is gone for
 * whoever reads and for every decision from that moment on; its row leaves with the writes, a few at a time.
 *
 * @param now an instant in milliseconds since the epoch, as SQL
 * @param retentionMs how long contacts are kept, in milliseconds
 */
export function isPastRetention(now: RawBuilder<number>, retentionMs: number): RawBuilder<boolean> {
  // No part may be null, since this is negated too.
  return sql<boolean>`("contact"."initiatedAt" <= ${now} - ${sql.lit(retentionMs)}
    and ("contact"."endedAt" is not null or ("contact"."channel" = 'TASK'
      and "contact"."expiresAt" is not null and "contact"."expiresAt" <= ${now}))
    and ("contact"."afterContactWorkStartedAt" is null or "contact"."afterContactWorkEndedAt" is not null))`;
}

/** Whether a contact holds one of its chain's places: a task that StartTaskContact made with a previous contact. */
export const HOLDS_PLACE = sql<boolean>`("contact"."previousContactId" is not null and "contact"."initiationMethod" = 'API')`;

/** Whether a contact counts as an open task of its instance: one without an end, or in after-contact work. */
export const IS_OPEN_TASK = sql<boolean>`("contact"."channel" = 'TASK' and ("contact"."endedAt" is null
  or ("contact"."afterContactWorkStartedAt" is not null and "contact"."afterContactWorkEndedAt" is null)))`;

/** An instant as SQL. */
export function instantSql(now: number | RawBuilder<number>): RawBuilder<number> {
  return sql<number>`cast(${now} as bigint)`;
}

/** Ended contacts past their retention, the oldest first. */
export function pastContacts(
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
      // Written out, so that the partial index of ended contacts serves the query.
      .where('contact.endedAt', 'is not', null)
      .where(isPastRetention(instantSql(now), retentionMs))
      .orderBy('contact.initiatedAt')
      .limit(STEP)
  );
}

/** Lets go of contacts past their retention, the oldest first, and of their chains where nobody is left in them. */
export async function forgetContacts(
  db: Kysely<Tables>,
  flavour: SqlFlavour,
  retentionMs: number,
  instanceId: string,
  now: number,
): Promise<void> {
  const gone = await db
    .deleteFrom('contact')
    .where('instanceId', '=', instanceId)
    .where('id', 'in', pastContacts(db, retentionMs, instanceId, now))
    .returning('chainId')
    .execute();
  const chainIds = [...new Set(gone.map(({ chainId }) => chainId))];
  if (chainIds.length > 0) await settleChains(db, flavour, instanceId, chainIds);
}

/**
 * Puts chains right after some of their contacts were removed: a place becomes free with the task that held it, since
 * that references the chain no more (our decision), and a chain leaves with its last contact.
 */
export async function settleChains(
  db: Kysely<Tables>,
  flavour: SqlFlavour,
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
    .where('id', 'in', texts(flavour, chainIds))
    .execute();
  await db
    .deleteFrom('chain')
    .where('instanceId', '=', instanceId)
    .where('id', 'in', texts(flavour, chainIds))
    .where(
      sql<boolean>`not exists (select 1 from "contact" where "contact"."instanceId" = "chain"."instanceId"
        and "contact"."chainId" = "chain"."id")`,
    )
    .execute();
}
