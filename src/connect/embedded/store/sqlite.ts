import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { sqliteFlavour } from './batch-sql.js';
import { lockFor } from './process-lock.js';
import { SqlStore } from './sql-store.js';
import type { Tables } from './tables.js';

/** The file exists, but it is not a database of this program. It is left as it is. */
export class ForeignDatabaseError extends Error {
  constructor(file: string, why: string, options?: ErrorOptions) {
    super(
      `${file} is not a database of this program (${why}). Nothing was changed: give another DATABASE_URL, or move the file away.`,
      options,
    );
    this.name = 'ForeignDatabaseError';
  }
}

/** Marks a file as ours, in SQLite's header: "CNCT". */
const APPLICATION_ID = 0x434e4354;

/** How long a reader waits while a checkpoint holds the file, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the store in a file, which it makes where there is none.
 *
 * The writer commits with synchronous=FULL: an answered request survives a power cut. Reads have a connection of their
 * own, so that they see committed rows only, also while a batch is under way.
 *
 * @param now the process's clock, in milliseconds since the epoch
 * @throws DatabaseInUseError, DatabaseTooNewError, ForeignDatabaseError
 */
export async function openSqliteStore(file: string, now: () => number): Promise<SqlStore> {
  mkdirSync(dirname(file), { recursive: true });
  const lock = lockFor(file);
  const opened: DatabaseSync[] = [];
  try {
    const writer = openOurs(file);
    opened.push(writer);
    writer.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma application_id = ${APPLICATION_ID}`);
    const reader = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    opened.push(reader);
    return await SqlStore.open({
      writer: kyselyOver(new CachingDatabase(writer)),
      reader: kyselyOver(new CachingDatabase(reader)),
      flavour: sqliteFlavour(now),
      released: () => lock.release(),
    });
  } catch (error) {
    for (const database of opened) if (database.isOpen) database.close();
    lock.release();
    throw error;
  }
}

function openOurs(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    const id = database.prepare('pragma application_id').get()?.application_id;
    const isNew = database.prepare('select count(*) as tables from sqlite_schema').get()?.tables === 0;
    if (id !== APPLICATION_ID && !isNew) throw new ForeignDatabaseError(file, 'it holds tables of another one');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof ForeignDatabaseError) throw error;
    throw new ForeignDatabaseError(file, 'it cannot be read as one', { cause: error });
  }
}

/** Kysely over a database in the shape that it expects. */
export function kyselyOver(database: SqliteDatabase): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

/** Statements kept prepared: the engine's own are about 30, so that this bound is never met in practice. */
const MAX_STATEMENTS = 200;

/**
 * Node's SQLite in the shape that Kysely expects, with its statements kept prepared: Kysely prepares at every call,
 * which costs as much as the work itself.
 */
export class CachingDatabase implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(sql: string): SqliteStatement {
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

function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bindable(parameters)),
    run: (parameters) => statement.run(...bindable(parameters)),
    iterate: (parameters) => statement.iterate(...bindable(parameters)) as IterableIterator<unknown>,
  };
}

/** node:sqlite binds a boolean as a number and undefined as null without a word: neither may happen by mistake. */
function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  for (const parameter of parameters) {
    if (typeof parameter === 'boolean' || parameter === undefined) {
      throw new TypeError(`A statement's parameter must be text, number or null, but got: ${String(parameter)}`);
    }
  }
  return parameters as SQLInputValue[];
}
