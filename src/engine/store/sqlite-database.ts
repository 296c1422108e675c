import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type CompiledQuery, Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { rowMaker, rowViewMaker } from './sqlite-rows.js';
import { type Runner, ToldAtRun } from './statement.js';
import type { Tables } from './tables.js';

/** A prepared statement in the shape that Kysely expects, and with what a {@link Runner} needs. */
export interface PreparedStatement extends SqliteStatement {
  /** As `all`, with rows that are only looked at: see {@link rowViewMaker}. */
  views(parameters: readonly unknown[]): unknown[];
  /** Runs it once for each list of parameters. */
  runEach(lists: readonly (readonly unknown[])[]): void;
}

/** A database in the shape that Kysely expects, and with what a {@link Runner} needs. */
export interface PreparingDatabase extends SqliteDatabase {
  prepare(sql: string): PreparedStatement;
}

/** Kysely over a database in the shape that it expects. */
export function kyselyOver(database: SqliteDatabase): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

/**
 * Runs statements without what Kysely does around each, its one connection handed from one caller to the next: SQLite
 * answers at once, so that nothing can come between. It takes 2 µs a statement in place of 25.
 *
 * @param rows how rows are made: `views` where they are only looked at
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

/** Statements kept prepared: the engine's own are about 30, so that this bound is never met in practice. */
const MAX_STATEMENTS = 200;

/**
 * Node's SQLite in the shape that Kysely expects, with its statements kept prepared: Kysely prepares at every call,
 * which costs as much as the work itself.
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
 * Checks parameters: node:sqlite binds a boolean as a number and undefined as null without a word.
 *
 * @throws TypeError
 */
export function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((parameter) => {
    const value = parameter instanceof ToldAtRun ? parameter.of(undefined) : parameter;
    if (typeof value === 'boolean' || value === undefined) {
      throw new TypeError(`A statement's parameter must be text, number or null, but got: ${String(value)}`);
    }
    return value as SQLInputValue;
  });
}
