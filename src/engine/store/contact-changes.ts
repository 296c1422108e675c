import { type Kysely, sql } from 'kysely';
import { END_KINDS, type LogBounds } from '../../connect/contact-change.js';
import { DAY_MS } from '../../connect/limits.js';
import type { SqlDialect } from './batch-sql.js';
import type { Inserts } from './inserts.js';
import type { Connection } from './statement.js';
import type { ContactChangeRow, Tables } from './tables.js';

/** How long changes are kept, in milliseconds. */
export const CHANGE_RETENTION_MS = DAY_MS;

/** Maximum number of changes that are kept of an instance. */
export const MAX_CHANGES = 100_000;

/** Changes between two looks for those that are too many, and the maximum that one such look removes by age. */
const REMOVED_AT_ONCE = 1_000;

/** How often an instance's time of the last look for timed changes is written if there are none, in milliseconds. */
const LOOK_MS = 60 * 60 * 1000;

/** A change that follows from time alone: a scheduled task begins, or a task expires. */
interface TimedChange {
  readonly id: string;
  readonly chainId: string;
  readonly queueId: string | null;
  readonly agentId: string | null;
  readonly at: number;
  readonly isEnd: number;
}

/** Writes and removes rows of the table of changes, in the transactions of batches. */
export class ChangeWriter {
  readonly #inserts: Inserts;

  constructor(inserts: Inserts) {
    this.#inserts = inserts;
  }

  /**
   * Writes changes whose numbers follow the last ones of their instances; the caller counts them there. Old ones leave, a
   * thousand at a time.
   */
  async write(connection: Connection, changes: readonly ContactChangeRow[]): Promise<void> {
    await this.#inserts.into(connection, 'contactChange', changes);
    for (const { instanceId, id } of changes) {
      if (id % REMOVED_AT_ONCE !== 0) continue;
      await connection.db
        .deleteFrom('contactChange')
        .where('instanceId', '=', instanceId)
        .where('id', '<=', id - MAX_CHANGES)
        .execute();
    }
  }
}

/** Returns the numbers of the changes that are kept of an instance. */
export async function changeBounds(db: Kysely<Tables>, instanceId: string): Promise<LogBounds> {
  const row = await db
    .selectFrom('instance')
    .select((of) => [
      'lastChange',
      of
        .selectFrom('contactChange')
        .select((change) => change.fn.min('contactChange.id').as('oldest'))
        .whereRef('contactChange.instanceId', '=', 'instance.id')
        .as('oldest'),
    ])
    .where('id', '=', instanceId)
    .executeTakeFirst();
  const newest = Number(row?.lastChange ?? 0);
  return { newest, oldest: Number(row?.oldest ?? newest + 1) };
}

/** Returns changes of an instance after a number, in their order. */
export function changesAfter(
  db: Kysely<Tables>,
  instanceId: string,
  after: number,
  limit: number,
): Promise<readonly ContactChangeRow[]> {
  return db
    .selectFrom('contactChange')
    .selectAll()
    .where('instanceId', '=', instanceId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** An instance whose table of changes needs a write at an instant. */
export interface DueInstance {
  readonly id: string;
  readonly lastChange: number;
  readonly changesUntil: number;
  /** The store's clock, never below one that a batch has used. */
  readonly now: number;
}

/** Returns the instances for which time alone has changed contacts, or old changes can leave. */
export async function dueInstances(db: Kysely<Tables>, dialect: SqlDialect): Promise<readonly DueInstance[]> {
  const { rows } = await sql<DueInstance & { readonly oldestAt: number | null; readonly timed: unknown }>`
    select *, exists (${timedChanges(sql.ref('at.id'), sql.ref('at.changesUntil'), sql.ref('at.now'))}) as "timed",
      (select "occurredAt" from "contactChange" where "instanceId" = at."id" order by "contactChange"."id" limit 1) as "oldestAt"
    from (select "id", "lastChange", "changesUntil",
      case when "lastInstant" > ${dialect.clock()} then "lastInstant" else ${dialect.clock()} end as "now" from "instance") as at`.execute(
    db,
  );
  return rows
    .filter(
      ({ timed, oldestAt, changesUntil, now }) =>
        timed || now - changesUntil > LOOK_MS || (oldestAt !== null && now - oldestAt > CHANGE_RETENTION_MS),
    )
    .map(({ id, lastChange, changesUntil, now }) => ({ id, lastChange, changesUntil, now }));
}

/**
 * Writes the changes of an instance that follow from time alone, and removes old ones, in the caller's transaction, which holds
 * the instance. After a pause of more than the retention, older changes are not written: a number is left out instead, so that
 * readers from before see that there is a gap.
 */
export async function writeTimedChanges(
  connection: Connection,
  writer: ChangeWriter,
  { id: instanceId, lastChange, changesUntil, now }: DueInstance,
): Promise<void> {
  const { db } = connection;
  const from = Math.max(changesUntil, now - CHANGE_RETENTION_MS);
  const hasGap = changesUntil > 0 && from > changesUntil;
  if (hasGap) await db.deleteFrom('contactChange').where('instanceId', '=', instanceId).execute();
  // A log that begins has no readers from before.
  const timed =
    changesUntil === 0
      ? []
      : (await timedChanges(sql.val(instanceId), sql.val(from), sql.val(now), 'order by "at", "id"').execute(db)).rows;
  let next = Number(lastChange) + (hasGap ? 2 : 1);
  const rows = timed.flatMap(({ id, chainId, queueId, agentId, at, isEnd }) =>
    (isEnd ? END_KINDS : (['INITIATED'] as const)).map(
      (kind): ContactChangeRow => ({
        instanceId,
        id: next++,
        contactId: id,
        chainId,
        isOfChain: 0,
        kind,
        occurredAt: Number(at),
        queueId,
        userId: agentId,
      }),
    ),
  );
  await writer.write(connection, rows);
  await db
    .updateTable('instance')
    .set((of) => ({ changesUntil: now, lastChange: of('lastChange', '+', rows.length + (hasGap ? 1 : 0)) }))
    .where('id', '=', instanceId)
    .execute();
  await sql`delete from "contactChange" where "instanceId" = ${instanceId} and "id" in (select "id" from
    (select "id", "occurredAt" from "contactChange" where "instanceId" = ${instanceId} order by "id" limit ${REMOVED_AT_ONCE}) as old
    where "occurredAt" <= ${now - CHANGE_RETENTION_MS})`.execute(db);
}

/** The contacts that begin or end within (from, now] because of time alone. Each part is a range of an index. */
function timedChanges(
  instanceId: ReturnType<typeof sql.ref | typeof sql.val>,
  from: ReturnType<typeof sql.ref | typeof sql.val>,
  now: ReturnType<typeof sql.ref | typeof sql.val>,
  order = '',
) {
  return sql<TimedChange>`select "contact"."id", "chainId", "queueId", "agentId", "scheduledAt" as "at", 0 as "isEnd" from "contact"
    where "instanceId" = ${instanceId} and "scheduledAt" > ${from} and "scheduledAt" <= ${now}
      and ("endedAt" is null or "endedAt" > "scheduledAt")
    union all select "contact"."id", "chainId", "queueId", "agentId", "expiresAt", 1 from "contact"
    where "instanceId" = ${instanceId} and "channel" = 'TASK' and "endedAt" is null
      and "expiresAt" > ${from} and "expiresAt" <= ${now}
    union all select "contact"."id", "chainId", "queueId", "agentId", "endedAt", 1 from "contact"
    where "instanceId" = ${instanceId} and "endedAt" > ${from} and "endedAt" <= ${now} and "disconnectReason" = 'EXPIRED'
    ${sql.raw(order)}`;
}
