import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type CompiledQuery, Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { rowMaker, rowViewMaker } from '../../util/sqlite-rows.js';
import { type Runner, DeferredParameter } from './statement.js';
import type { Tables } from './tables.js';

/** A prepared statement for Kysely and for a {@link Runner}. */
export interface PreparedStatement extends SqliteStatement {
  /** Returns the rows as `all` does, but as views: see {@link rowViewMaker}. */
  views(parameters: readonly unknown[]): unknown[];
  /** Runs the statement once for each list of parameters. */
  runEach(lists: readonly (readonly unknown[])[]): void;
}

/** A database for Kysely and for a {@link Runner}. */
export interface PreparingDatabase extends SqliteDatabase {
  prepare(sql: string): PreparedStatement;
}

/** Makes a Kysely over a SQLite database. */
export function kyselyOver(database: SqliteDatabase): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

/**
 * Makes a runner that executes statements directly on SQLite: 2 µs per statement instead of 25 µs. Kysely makes callers wait
 * for its one connection, which is not needed because SQLite answers synchronously.
 *
 * @param rows the kind of rows to return: `views` for rows that are only read
 */
export function runnerOver(database: PreparingDatabase, rows: 'all' | 'views'): Runner {
  return {
    executeQuery: async <Row>({ sql: text, parameters }: CompiledQuery<Row>) => {
      const statement = database.prepare(text);
      if (statement.reader) return { rows: statement[rows](parameters) as Row[] };
      statement.run(parameters);
      return { rows: [] };
    },
    runEach: (text, lists) => database.prepare(text).runEach(lists),
  };
}

/** Maximum number of prepared statements. The engine has about 30. */
const MAX_STATEMENTS = 200;

/**
 * Adapts Node's SQLite to Kysely, and keeps statements prepared. Kysely prepares a statement at each call, which takes as
 * long as its execution.
 */
export class CachingDatabase implements PreparingDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, PreparedStatement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(sql: string): PreparedStatement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = adapt(this.#database.prepare(sql));
      if (this.#statements.size < MAX_STATEMENTS) this.#statements.set(sql, statement);
    }
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

function adapt(statement: StatementSync): PreparedStatement {
  const names = statement.columns().map(({ name }) => name);
  const [toRow, toView] = [rowMaker(names), rowViewMaker(names)];
  if (names.length > 0) statement.setReturnArrays(true);
  const all = (parameters: readonly unknown[]) => statement.all(...bindable(parameters)) as unknown as unknown[][];
  return {
    reader: names.length > 0,
    all: (parameters) => all(parameters).map(toRow),
    views: (parameters) => all(parameters).map(toView),
    run: (parameters) => statement.run(...bindable(parameters)),
    runEach(lists) {
      for (const parameters of lists) statement.run(...bindable(parameters));
    },
    iterate: (parameters) => rowsOf(statement.iterate(...bindable(parameters)) as Iterable<unknown>, toRow),
  };
}

function* rowsOf(all: Iterable<unknown>, toRow: (values: readonly unknown[]) => unknown): IterableIterator<unknown> {
  for (const values of all) yield toRow(values as readonly unknown[]);
}

/**
 * Validates parameters and returns their values. node:sqlite would bind a boolean as a number and undefined as null.
 *
 * @throws TypeError for a boolean and for undefined
 */
export function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((parameter) => {
    const value = parameter instanceof DeferredParameter ? parameter.of(undefined) : parameter;
    if (typeof value === 'boolean' || value === undefined) {
      throw new TypeError(`A statement's parameter must be text, number or null, but got: ${String(value)}`);
    }
    return value as SQLInputValue;
  });
}
