import { sql } from 'kysely';
import { DEFAULT_QUEUE_PRIORITY } from '../../connect/limits.js';
import { type ContactReadParts, instantOf, readContacts } from './contact-reads.js';

/**
 * Returns the id of the task that is next in a queue: that of the lowest priority number, then the one that waits
 * longest, with its time adjustment, then by id. Undefined if none waits.
 *
 * The condition means QUEUED: a pause takes a waiting task out of its queue, and a scheduled one is in none.
 */
export async function nextInQueue(
  parts: ContactReadParts,
  instanceId: string,
  queueId: string,
): Promise<string | undefined> {
  const row = await readContacts(parts)
    .where('contact.instanceId', '=', instanceId)
    .where('contact.queueId', '=', queueId)
    .where('contact.channel', '=', 'TASK')
    .where('contact.enqueuedAt', 'is not', null)
    .where('contact.connectedAt', 'is', null)
    .where('contact.endedAt', 'is', null)
    .where(sql<boolean>`("contact"."expiresAt" is null or "contact"."expiresAt" > ${instantOf(parts.dialect)})`)
    .orderBy(sql`coalesce(cast("contact"."queuePriority" as bigint), ${sql.lit(Number(DEFAULT_QUEUE_PRIORITY))})`)
    .orderBy(sql`"contact"."enqueuedAt" - 1000 * coalesce("contact"."queueTimeAdjustmentSeconds", 0)`)
    .orderBy('contact.id')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}
