import { sql } from 'kysely';
import type { SqlDialect } from './batch-sql.js';
import { type Connection, Statement, type Bind } from './statement.js';
import { type BatchTable, COLUMNS, type ColumnType, DERIVED_COLUMNS, type Tables } from './tables.js';

/** How an insert replaces a row with the same key. */
export interface Replacement<Table extends BatchTable> {
  readonly key: readonly (keyof Tables[Table] & string)[];
  /** The columns that take the new values. The other columns keep theirs. */
  readonly columns: readonly (keyof Tables[Table] & string)[];
}

type Row = Readonly<Record<string, unknown>>;
type Insert = (connection: Connection, rows: readonly Row[]) => Promise<unknown>;

/** Inserts rows by statements whose text is compiled once. */
export class Inserts {
  readonly #dialect: SqlDialect;
  readonly #known = new Map<string, Insert>();

  constructor(dialect: SqlDialect) {
    this.#dialect = dialect;
  }

  /** Inserts rows. A row with the same key is replaced as `replace` states; without `replace` it is an error. */
  async into<Table extends BatchTable>(
    connection: Connection,
    table: Table,
    rows: readonly Tables[Table][],
    replace?: Replacement<Table>,
  ): Promise<void> {
    if (rows.length === 0) return;
    const key = `${table} ${replace?.columns.join() ?? ''}`;
    const insert =
      this.#known.get(key) ?? insertInto(this.#dialect, connection.runner.runEach !== undefined, table, replace);
    this.#known.set(key, insert);
    await insert(connection, rows as readonly object[] as readonly Row[]);
  }
}

/** Returns the replacement of all columns except the key, for {@link Inserts.into}. */
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

/** Returns the columns of a table in the order of its statements, each with its value in a row. */
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
 * Makes the insert of a table. For a database in this process it binds the values of each row, because to read the
 * columns of a contact from JSON takes SQLite 31 µs, and to bind them 7 µs. Otherwise a statement costs a round trip, and
 * all rows are one JSON parameter.
 */
function insertInto<Table extends BatchTable>(
  dialect: SqlDialect,
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
    const one = new Statement((bind: Bind<Row>) => {
      const values = columns.map(({ valueIn }) => bind(valueIn));
      return sql<never>`${into} values (${sql.join(values)})${orReplace}`;
    });
    return async (connection, rows) => one.runEach(connection, rows);
  }
  const all = new Statement((bind: Bind<readonly Row[]>) => {
    const json = bind((rows) => JSON.stringify(rows.map((row) => columns.map(({ valueIn }) => valueIn(row)))));
    const values = columns.map(({ type }, index) => sql`cast(value ->> ${sql.lit(index)} as ${sql.raw(type)})`);
    return sql<never>`${into} select ${sql.join(values)} from ${dialect.elements(json)} as element${orReplace}`;
  });
  return (connection, rows) => all.run(connection, rows);
}
