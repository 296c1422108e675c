import { sql } from 'kysely';
import type { SqlFlavour } from './batch-sql.js';
import { type Connection, Statement, type Tell } from './statement.js';
import { type BatchTable, COLUMNS, type ColumnType, DERIVED_COLUMNS, type Tables } from './tables.js';

/** What an insert does where a row of the same key is there already. */
export interface Replacement<Table extends BatchTable> {
  readonly key: readonly (keyof Tables[Table] & string)[];
  /** The columns that take the new values; the others stay. */
  readonly columns: readonly (keyof Tables[Table] & string)[];
}

type Row = Readonly<Record<string, unknown>>;
type Insert = (connection: Connection, rows: readonly Row[]) => Promise<unknown>;

/** Inserts rows by statements whose text is made once. */
export class Inserts {
  readonly #flavour: SqlFlavour;
  readonly #known = new Map<string, Insert>();

  constructor(flavour: SqlFlavour) {
    this.#flavour = flavour;
  }

  /** Inserts rows; an equal key replaces what `replace` names, or is a fault where that is omitted. */
  async into<Table extends BatchTable>(
    connection: Connection,
    table: Table,
    rows: readonly Tables[Table][],
    replace?: Replacement<Table>,
  ): Promise<void> {
    if (rows.length === 0) return;
    const key = `${table} ${replace?.columns.join() ?? ''}`;
    const insert =
      this.#known.get(key) ?? insertInto(this.#flavour, connection.runner.runEach !== undefined, table, replace);
    this.#known.set(key, insert);
    await insert(connection, rows as readonly object[] as readonly Row[]);
  }
}

/** For {@link Inserts.into}: an equal id replaces everything else. */
export function replaceAll<Table extends BatchTable>(table: Table): Replacement<Table> {
  const columns = columnsOf(table).map(({ name }) => name) as (keyof Tables[Table] & string)[];
  const key = columns.filter((name) => name === 'id' || name === 'instanceId');
  return { key, columns: columns.filter((name) => !key.includes(name)) };
}

interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly valueIn: (row: Row) => unknown;
}

/** Returns the columns of a table in the order of its statements, with the value that each takes of a row. */
function columnsOf(table: BatchTable): readonly Column[] {
  const own = Object.entries<ColumnType>(COLUMNS[table]).map(([name, type]) => ({
    name,
    type,
    valueIn: (row: Row) => row[name],
  }));
  const derived = Object.entries<(row: never) => unknown>(DERIVED_COLUMNS[table] ?? {}).map(([name, derive]) => ({
    name,
    type: 'text' as const,
    valueIn: derive as Column['valueIn'],
  }));
  return [...own, ...derived];
}

/**
 * Where a statement costs a round trip, all rows travel as one JSON text. Within this process each is bound by itself:
 * taking the columns of a contact out of a JSON text costs SQLite 31 µs, binding them 7 (measured).
 */
function insertInto<Table extends BatchTable>(
  flavour: SqlFlavour,
  isInProcess: boolean,
  table: Table,
  replace?: Replacement<Table>,
): Insert {
  const columns = columnsOf(table);
  const into = sql`insert into ${sql.table(table)} (${sql.join(columns.map(({ name }) => sql.ref(name)))})`;
  const orReplace = replace
    ? sql` on conflict (${sql.join(replace.key.map((name) => sql.ref(name)))}) do update set ${sql.join(
        replace.columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
      )}`
    : sql``;
  if (isInProcess) {
    const one = new Statement((tell: Tell<Row>) => {
      const values = columns.map(({ valueIn }) => tell(valueIn));
      return sql<never>`${into} values (${sql.join(values)})${orReplace}`;
    });
    return async (connection, rows) => one.runEach(connection, rows);
  }
  const all = new Statement((tell: Tell<readonly Row[]>) => {
    const json = tell((rows) => JSON.stringify(rows.map((row) => columns.map(({ valueIn }) => valueIn(row)))));
    const values = columns.map(({ type }, index) => sql`cast(value ->> ${sql.lit(index)} as ${sql.raw(type)})`);
    return sql<never>`${into} select ${sql.join(values)} from ${flavour.elements(json)} as element${orReplace}`;
  });
  return (connection, rows) => all.run(connection, rows);
}
