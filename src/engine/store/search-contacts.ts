import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { MatchType, SearchSortField, SearchTimestamp } from '../../connect/contact-search.js';
import { foldCase } from '../../util/fold-case.js';
import { type SqlDialect, texts } from './batch-sql.js';
import type { SearchPlace, SearchQuery } from './store.js';
import type { Tables } from './tables.js';

type Condition = RawBuilder<boolean>;

const COLUMNS = {
  INITIATION_TIMESTAMP: 'initiatedAt',
  SCHEDULED_TIMESTAMP: 'scheduledAt',
  CONNECTED_TO_AGENT_TIMESTAMP: 'connectedAt',
  ENQUEUE_TIMESTAMP: 'enqueuedAt',
  EXPIRY_TIMESTAMP: 'expiresAt',
  INITIATION_METHOD: 'initiationMethod',
  CHANNEL: 'channel',
} as const;

/** Sort keys that are never null. */
const NEVER_NULL: readonly SearchSortField[] = ['INITIATION_TIMESTAMP', 'INITIATION_METHOD', 'CHANNEL'];

/** Returns the conditions of a search, without that on the instance. */
export function searchConditions(dialect: SqlDialect, { asOf, range, criteria }: SearchQuery): Condition {
  const { name, channels, initiationMethods, queueIds, agentIds, attributes, without, tags } = criteria;
  const { continues } = dialect;
  const oneOf = (column: string, values: readonly string[] | undefined): Condition[] =>
    values?.length ? [sql<boolean>`${of(column)} in ${texts(dialect, values)}`] : [];
  return all([
    // First, because the database must evaluate it for each row.
    ...(continues ? [continues] : []),
    inRange(range, asOf),
    ...oneOf('channel', channels),
    ...oneOf('initiationMethod', initiationMethods),
    ...oneOf('queueId', queueIds),
    ...oneOf('agentId', agentIds),
    ...(without ?? []).map((type) => isAbsent(type, asOf)),
    ...(name?.texts.length ? [nameMatches(dialect, name.texts, name.match)] : []),
    ...(attributes?.criteria.length
      ? [
          matching(
            attributes.match,
            attributes.criteria.map(({ key, values }) => hasAttribute(dialect, key, values)),
          ),
        ]
      : []),
    ...(tags?.length
      ? [any(tags.map((group) => all(group.map(({ key, value }) => hasTag(dialect, key, value)))))]
      : []),
  ]);
}

/** Returns the sort key of a search as an expression. */
export function sortKey({ sort: { field }, asOf }: SearchQuery): RawBuilder<string | number | null> {
  if (field !== 'DISCONNECT_TIMESTAMP') return of(COLUMNS[field]);
  return sql`case when ${expired(asOf)} then "contact"."expiresAt" else "contact"."endedAt" end`;
}

/** Returns the order of a search. Contacts without a value come last in either order (our decision). */
export function searchOrder(query: SearchQuery): RawBuilder<unknown> {
  const way = query.sort.order === 'ASCENDING' ? sql`asc` : sql`desc`;
  const key = sortKey(query);
  const nullsLast = mayBeNull(query) ? sql`(${key}) is null, ` : sql``;
  return sql`${nullsLast}${key} ${way}, "contact"."id" ${way}`;
}

/** Returns the condition that a contact comes after a place in the order of a search. */
export function afterPlace(query: SearchQuery, { key: last, id }: SearchPlace): Condition {
  const key = sortKey(query);
  const beyond = query.sort.order === 'ASCENDING' ? sql`>` : sql`<`;
  if (last === null) return sql<boolean>`(${key}) is null and "contact"."id" ${beyond} ${id}`;
  const later = sql<boolean>`(${key}, "contact"."id") ${beyond} (${last}, ${id})`;
  return mayBeNull(query) ? sql<boolean>`(${later} or (${key}) is null)` : later;
}

/** Makes a query that counts all contacts of a search. */
export function countFound(db: Kysely<Tables>, instanceId: string, conditions: Condition) {
  return db
    .selectFrom('contact')
    .innerJoin('instance', 'instance.id', 'contact.instanceId')
    .select((select) => select.fn.countAll<number>().as('found'))
    .where('contact.instanceId', '=', instanceId)
    .where(conditions);
}

function mayBeNull({ sort, range }: SearchQuery): boolean {
  return !NEVER_NULL.includes(sort.field) && sort.field !== range.type;
}

/** Returns the condition of a half-open range, in a form for which an index on the column is used. */
function inRange({ type, from, to }: SearchQuery['range'], asOf: number): Condition {
  const within = (column: string) => sql<boolean>`(${of(column)} >= ${from} and ${of(column)} < ${to})`;
  if (type !== 'DISCONNECT_TIMESTAMP') return within(COLUMNS[type]);
  return any([within('endedAt'), all([expired(asOf), within('expiresAt')])]);
}

/** Returns the condition that a task has expired, but its end is not stored yet. */
function expired(asOf: number): Condition {
  return sql<boolean>`("contact"."endedAt" is null and "contact"."channel" = 'TASK' and "contact"."expiresAt" <= ${asOf})`;
}

/** Returns the condition on names: by parts in any case, or by the whole name in its case for MATCH_EXACT. */
function nameMatches(dialect: SqlDialect, parts: readonly string[], match: MatchType): Condition {
  if (match === 'MATCH_EXACT') return sql<boolean>`"contact"."name" in ${texts(dialect, parts)}`;
  const name = sql`coalesce("contact"."foldedName", ${dialect.upperAscii(sql`"contact"."name"`)}, '')`;
  return matching(
    match,
    parts.map((part) => dialect.contains(name, foldCase(part))),
  );
}

/** Returns the condition on an attribute of the chain. Whole values are compared. */
function hasAttribute(dialect: SqlDialect, key: string, values: readonly string[]): Condition {
  return sql<boolean>`exists (select 1 from "chain" cross join ${dialect.elementsOf(sql`"chain"."attributes"`)} as pair
    where "chain"."instanceId" = "contact"."instanceId" and "chain"."id" = "contact"."chainId"
      and pair.value ->> 0 = ${key} and pair.value ->> 1 in ${texts(dialect, values)})`;
}

function hasTag(dialect: SqlDialect, key: string, value: string): Condition {
  return sql<boolean>`exists (select 1 from ${dialect.elementsOf(sql`coalesce("contact"."tags", '[]')`)} as tag
    where tag.value ->> 'key' = ${key} and tag.value ->> 'value' = ${value})`;
}

/** Combines conditions. MATCH_EXACT is the same as MATCH_ALL here, because whole values are compared. */
function matching(match: MatchType, conditions: readonly Condition[]): Condition {
  if (match === 'MATCH_NONE') return sql<boolean>`not ${any(conditions)}`;
  return match === 'MATCH_ANY' ? any(conditions) : all(conditions);
}

function all(conditions: readonly Condition[]): Condition {
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

function any(conditions: readonly Condition[]): Condition {
  return sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}

function of(column: string): RawBuilder<string | number | null> {
  return sql`${sql.ref(`contact.${column}`)}`;
}

/** Makes the condition that a contact lacks a timestamp. A task has its end from its expiry on, even if that is not stored. */
function isAbsent(type: SearchTimestamp, asOf: number): Condition {
  if (type !== 'DISCONNECT_TIMESTAMP') return sql<boolean>`${of(COLUMNS[type])} is null`;
  const expiresAt = of('expiresAt');
  return sql<boolean>`(${of('endedAt')} is null
    and (${of('channel')} <> 'TASK' or ${expiresAt} is null or ${expiresAt} > ${asOf}))`;
}
