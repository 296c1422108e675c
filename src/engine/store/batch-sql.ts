import { type RawBuilder, sql } from 'kysely';
import { isStorable } from '../../util/storable-text.js';
import { ToldAtRun } from './statement.js';
import type { ResourceKey } from './tables.js';

/**
 * What the SQL of a database differs in. A list travels as one JSON parameter whatever its size: the text of a
 * statement stays the same, so that it is prepared once, and no limit on the number of parameters is met.
 */
export interface SqlFlavour {
  /** A table expression of one column, `value`: the elements of a JSON list. */
  elements(json: string | RawBuilder<string>): RawBuilder<unknown>;
  /** The same of a column. */
  elementsOf(column: RawBuilder<unknown>): RawBuilder<unknown>;
  /** A text with the letters a to z in upper case; others stay. */
  upperAscii(text: RawBuilder<unknown>): RawBuilder<string>;
  /**
   * Whether a text contains another, byte by byte. Both databases compare at each place by memcmp, so that the time stays
   * linear in the text for parts of bounded length; `like` takes the product of both lengths.
   */
  contains(text: RawBuilder<unknown>, part: string): RawBuilder<boolean>;
  /** The present instant, in milliseconds since the epoch, by the clock that everyone on this database shares. */
  clock(): RawBuilder<number>;
  /**
   * A condition on a contact that holds, and lets the database stop a long statement. Omitted where it can do so anyway.
   */
  readonly goesOn?: RawBuilder<boolean>;
  /** Whether others may hold rows that are to be tidied away: those are then left to a later write. */
  readonly locksRows: boolean;
}

/** Rows that SQLite goes through before it asks whether to go on: a power of 2. Asking costs a microsecond. */
const ROWS_A_STEP = 256;

/** SQLite's flavour. One process works on the file, so that its clock is the shared one. */
export function sqliteFlavour(now: () => number): SqlFlavour {
  return {
    elements: (json) => sql`json_each(${json})`,
    elementsOf: (column) => sql`json_each(${column})`,
    upperAscii: (text) => sql<string>`upper(${text})`,
    contains: (text, part) => sql<boolean>`instr(${text}, cast(${part} as text)) > 0`,
    clock: () => sql<number>`cast(${new ToldAtRun(now)} as bigint)`,
    goesOn: sql<boolean>`("contact"."rowid" & ${sql.lit(ROWS_A_STEP - 1)} <> 0 or scan_goes_on())`,
    locksRows: false,
  };
}

/** For `where column in …`: the texts of a list. */
export function texts(flavour: SqlFlavour, list: readonly string[]): RawBuilder<string> {
  return textsIn(flavour, listed(list));
}

/** The same of a list that {@link listed} made. */
export function textsIn(flavour: SqlFlavour, json: string | RawBuilder<string>): RawBuilder<string> {
  return sql<string>`(select cast(value ->> 0 as text) from ${flavour.elements(json)} as element)`;
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

/** For `where (a, b) in …`: the pairs of a list that {@link listedPairs} made. */
export function pairsIn(flavour: SqlFlavour, json: string | RawBuilder<string>): RawBuilder<string> {
  return sql<string>`(select cast(value ->> 0 as text), cast(value ->> 1 as text) from ${flavour.elements(json)} as element)`;
}

/** Keys as one parameter, each once, without those that no database could hold. */
export function listedPairs(keys: readonly ResourceKey[]): string {
  const pairs = new Map(keys.map(({ instanceId, id }) => [`${instanceId}\0${id}`, [instanceId, id]]));
  return JSON.stringify([...pairs.values()].filter((pair) => pair.every(isStorable)));
}
