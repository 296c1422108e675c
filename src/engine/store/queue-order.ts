import { type RawBuilder, sql } from 'kysely';
import { DEFAULT_QUEUE_PRIORITY } from '../../connect/limits.js';
import { keysIn, listed } from './batch-sql.js';
import { type ContactReadParts, instantOf, isKept, readContacts } from './contact-reads.js';
import type { QueuePlaceRow } from './store.js';

/**
 * Means that a task is QUEUED: a pause takes a waiting task out of its queue, and a scheduled one is in none. The query must
 * join the instance.
 */
function isWaiting({ dialect }: ContactReadParts): RawBuilder<boolean> {
  return sql<boolean>`"contact"."channel" = 'TASK' and "contact"."enqueuedAt" is not null
    and "contact"."connectedAt" is null and "contact"."endedAt" is null
    and ("contact"."expiresAt" is null or "contact"."expiresAt" > ${instantOf(dialect)})`;
}

/** The order of a queue: by priority, then by the time that a task waits, with its adjustment, then by id. */
const QUEUE_ORDER = sql`coalesce(cast("contact"."queuePriority" as bigint), ${sql.lit(Number(DEFAULT_QUEUE_PRIORITY))}),
  "contact"."enqueuedAt" - 1000 * coalesce("contact"."queueTimeAdjustmentSeconds", 0), "contact"."id"`;

/** Returns the id of the task that is next in a queue; undefined if none waits. */
export async function nextInQueue(
  parts: ContactReadParts,
  instanceId: string,
  queueId: string,
): Promise<string | undefined> {
  const row = await readContacts(parts)
    .where('contact.instanceId', '=', instanceId)
    .where('contact.queueId', '=', queueId)
    .where(isWaiting(parts))
    .orderBy(QUEUE_ORDER)
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/**
 * Returns the place of contacts in their queues, by one statement. Unknown ids are left out.
 *
 * @param since start of the time whose connections count for the mean, in milliseconds before the instant of the read
 */
export async function queuePlaces(
  parts: ContactReadParts,
  instanceId: string,
  ids: readonly string[],
  since: number,
): Promise<readonly QueuePlaceRow[]> {
  const { reader, dialect } = parts;
  const asked = keysIn(dialect, sql`${instanceId}`, sql`${listed(ids)}`);
  const { rows } = await sql<QueuePlaceRow>`
    with "asked" as (
      select "contact"."id", "contact"."queueId", "instance"."arn" as "instanceArn"
      from "contact" inner join "instance" on "instance"."id" = "contact"."instanceId"
      where ("contact"."instanceId", "contact"."id") in ${asked} and ${isKept(parts)}
    ), "place" as (
      select "contact"."id", row_number() over (partition by "contact"."queueId" order by ${QUEUE_ORDER}) as "place"
      from "contact" inner join "instance" on "instance"."id" = "contact"."instanceId"
      where "contact"."instanceId" = ${instanceId} and ${isWaiting(parts)}
        and "contact"."queueId" in (select "queueId" from "asked")
    ), "wait" as (
      select "contact"."queueId", cast(avg("contact"."connectedAt" - "contact"."enqueuedAt") as bigint) as "meanWaitMs"
      from "contact" inner join "instance" on "instance"."id" = "contact"."instanceId"
      where "contact"."instanceId" = ${instanceId} and "contact"."connectedAt" > ${instantOf(dialect)} - ${sql.lit(since)}
        and "contact"."channel" = 'TASK' and "contact"."enqueuedAt" is not null
        and "contact"."queueId" in (select "queueId" from "asked")
      group by "contact"."queueId"
    )
    select "asked"."id", "asked"."instanceArn", "place"."place",
      case when "place"."place" is null then null else "wait"."meanWaitMs" end as "meanWaitMs"
    from "asked" left join "place" on "place"."id" = "asked"."id"
      left join "wait" on "wait"."queueId" = "asked"."queueId"`.execute(reader);
  return rows;
}
