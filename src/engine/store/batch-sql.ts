import { type RawBuilder, sql } from 'kysely';
import { isStorable } from '../../util/storable-text.js';
import { DeferredParameter } from './statement.js';
import type { ResourceKey } from './tables.js';

/**
 * The SQL that differs between databases. A list is one JSON parameter, because the text of a statement then does not
 * depend on its size: it is prepared once, and no limit on the number of parameters applies.
 */
export interface SqlDialect {
  /** Returns a table expression with one column, `value`: the elements of a JSON list. */
  elements(json: string | RawBuilder<string>): RawBuilder<unknown>;
  /** Returns the same for a column. */
  elementsOf(column: RawBuilder<unknown>): RawBuilder<unknown>;
  /** Returns a text with the letters a to z in upper case, and other letters as they are. */
  upperAscii(text: RawBuilder<unknown>): RawBuilder<string>;
  /**
   * Returns whether a text contains another one, byte by byte. Both databases compare at each position by memcmp, so the
   * time is linear in the text for parts of bounded length; `like` takes the product of both lengths.
   */
  contains(text: RawBuilder<unknown>, part: string): RawBuilder<boolean>;
  /** Returns the current instant in milliseconds since the epoch, by the clock that all users of the database share. */
  clock(): RawBuilder<number>;
  /**
   * A condition on a contact that is always true and can interrupt a long statement. Omitted if the database can
   * interrupt statements itself.
   */
  readonly continues?: RawBuilder<boolean>;
  /** Whether other processes can lock rows that are to be deleted. A later write deletes those. */
  readonly locksRows: boolean;
}

/** Number of rows between two checks for an interrupt: a power of 2. A check takes a microsecond. */
const ROWS_A_STEP = 256;

/** Returns the dialect of SQLite. Its clock is that of the process, because only one process uses the file. */
export function sqliteDialect(now: () => number): SqlDialect {
  return {
    elements: (json) => sql`json_each(${json})`,
    elementsOf: (column) => sql`json_each(${column})`,
    upperAscii: (text) => sql<string>`upper(${text})`,
    contains: (text, part) => sql<boolean>`instr(${text}, cast(${part} as text)) > 0`,
    clock: () => sql<number>`cast(${new DeferredParameter(now)} as bigint)`,
    continues: sql<boolean>`("contact"."rowid" & ${sql.lit(ROWS_A_STEP - 1)} <> 0 or scan_continues())`,
    locksRows: false,
  };
}

/** Returns the texts of a list, for `where column in …`. */
export function texts(dialect: SqlDialect, list: readonly string[]): RawBuilder<string> {
  return textsIn(dialect, listed(list));
}

/** Returns the texts of a list that {@link listed} made, for `where column in …`. */
export function textsIn(dialect: SqlDialect, json: string | RawBuilder<string>): RawBuilder<string> {
  return sql<string>`(select cast(value ->> 0 as text) from ${dialect.elements(json)} as element)`;
}

/** Returns the keys of ids of one instance, for `where ("instanceId", "id") in …`. The ids are a list of {@link listed}. */
export function keysIn(
  dialect: SqlDialect,
  instanceId: RawBuilder<string>,
  json: RawBuilder<string>,
): RawBuilder<unknown> {
  return sql`(select cast(${instanceId} as text), cast(value ->> 0 as text) from ${dialect.elements(json)} as element)`;
}

/** Returns texts as one parameter, without those that a database cannot store. */
export function listed(list: readonly string[]): string {
  return JSON.stringify(list.filter(isStorable).map((text) => [text]));
}

/** Returns the pairs of a list that {@link listedPairs} made, for `where (a, b) in …`. */
export function pairsIn(dialect: SqlDialect, json: string | RawBuilder<string>): RawBuilder<string> {
  return sql<string>`(select cast(value ->> 0 as text), cast(value ->> 1 as text) from ${dialect.elements(json)} as element)`;
}

/** Returns keys as one parameter, each once, without those that a database cannot store. */
export function listedPairs(keys: readonly ResourceKey[]): string {
  const pairs = new Map(keys.map(({ instanceId, id }) => [`${instanceId}\0${id}`, [instanceId, id]]));
  return JSON.stringify([...pairs.values()].filter((pair) => pair.every(isStorable)));
}
