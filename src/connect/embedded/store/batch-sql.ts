import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isStorable } from '../../storable-text.js';
import { ToldAtRun } from './statement.js';
import { type BatchTable, COLUMNS, type Tables } from './tables.js';

/**
 * What the SQL of a database differs in. A batch travels as one JSON parameter whatever its size: the text of a
 * statement stays the same, so that it is prepared once, and no limit on the number of parameters is met.
 */
export interface SqlFlavour {
  /** A table expression of one column, `value`: the elements of a JSON list. */
  elements(json: string | RawBuilder<string>): RawBuilder<unknown>;
  /** The same of a column. */
  elementsOf(column: RawBuilder<unknown>): RawBuilder<unknown>;
  /** A text with the letters A to Z made small; others stay, so that every database finds the same. */
  lower(text: RawBuilder<unknown>): RawBuilder<string>;
  /** The present instant, in milliseconds since the epoch, by the clock that everyone on this database shares. */
  clock(): RawBuilder<number>;
  /** Whether others may hold rows that are to be tidied away: those are then left to a later write. */
  readonly locksRows: boolean;
}

/** SQLite's flavour. One process works on the file, so that its clock is the shared one. */
export function sqliteFlavour(now: () => number): SqlFlavour {
  return {
    elements: (json) => sql`json_each(${json})`,
    elementsOf: (column) => sql`json_each(${column})`,
    lower: (text) => sql<string>`lower(${text})`,
    clock: () => sql<number>`cast(${new ToldAtRun(now)} as bigint)`,
    locksRows: false,
  };
}

/** For `where column in …`: the texts of a list. */
export function texts(flavour: SqlFlavour, list: readonly string[]): RawBuilder<string> {
  return sql<string>`(select cast(value ->> 0 as text) from ${flavour.elements(listed(list))} as element)`;
}

/** For `where ("instanceId", "id") in …`: the ids of a list that {@link listed} made, in one instance. */
export function keysIn(
  flavour: SqlFlavour,
  instanceId: RawBuilder<string>,
  json: RawBuilder<string>,
): RawBuilder<unknown> {
  return sql`(select cast(${instanceId} as text), cast(value ->> 0 as text) from ${flavour.elements(json)} as element)`;
}

/** Texts as one parameter, without those that no database could hold. */
export function listed(list: readonly string[]): string {
  return JSON.stringify(list.filter(isStorable).map((text) => [text]));
}

/** For `where (a, b) in …`: the pairs of a list. */
export function pairs(flavour: SqlFlavour, list: readonly (readonly [string, string])[]): RawBuilder<string> {
  return sql<string>`(select cast(value ->> 0 as text), cast(value ->> 1 as text) from ${flavour.elements(JSON.stringify(list.filter((pair) => pair.every(isStorable))))} as element)`;
}

/** Inserts rows in one statement; an equal key replaces what `replace` names, or is a fault where that is omitted. */
export async function insertRows<Table extends BatchTable>(
  db: Kysely<Tables>,
  flavour: SqlFlavour,
  table: Table,
  rows: readonly Tables[Table][],
  replace?: {
    readonly key: readonly (keyof Tables[Table] & string)[];
    readonly columns: readonly (keyof Tables[Table] & string)[];
  },
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.entries(COLUMNS[table]);
  const names = columns.map(([name]) => name);
  const json = JSON.stringify(rows.map((row) => names.map((name) => row[name as keyof Tables[Table]])));
  const values = columns.map(([, type], index) => sql`cast(value ->> ${sql.lit(index)} as ${sql.raw(type)})`);
  // "where true" keeps SQLite from reading "on conflict" as the join condition of the select.
  const conflict = replace
    ? sql`where true on conflict (${sql.join(replace.key.map((name) => sql.ref(name)))}) do update set ${sql.join(
        replace.columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
      )}`
    : sql``;
  await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
    select ${sql.join(values)} from ${flavour.elements(json)} as element ${conflict}`.execute(db);
}

/** For {@link insertRows}: an equal id replaces everything else. */
export function replaceAll<Table extends BatchTable>(table: Table) {
  const columns = Object.keys(COLUMNS[table]) as (keyof Tables[Table] & string)[];
  const key = columns.filter((name) => name === 'id' || name === 'instanceId');
  return { key, columns: columns.filter((name) => !key.includes(name)) };
}
