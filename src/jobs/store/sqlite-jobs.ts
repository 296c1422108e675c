import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, sql, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import type { JobDatabase } from './job-database.js';
import type { JobTables } from './job-tables.js';

/** Time to wait for another user of the file, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** Size to which SQLite truncates its write-ahead log at a reset, in bytes. */
const KEPT_LOG_BYTES = 16 * 1024 * 1024;

/**
 * Opens the jobs in a file of their own, and creates it if it does not exist.
 *
 * @throws what the operating system or SQLite reports
 */
export function sqliteJobs(path: string): JobDatabase {
  mkdirSync(dirname(resolve(path)), { recursive: true });
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  database.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;
    pragma journal_size_limit = ${KEPT_LOG_BYTES}`);
  return {
    db: new Kysely<JobTables>({ dialect: new SqliteDialect({ database: new KeptStatements(database) }) }),
    elements: (json) => sql`json_each(${json})`,
    skipLocked: sql``,
    forUpdate: sql``,
    isShared: false,
    setDurable: (db, isDurable) => sql`pragma synchronous = ${sql.raw(isDurable ? 'full' : 'normal')}`.execute(db),
  };
}

/** Adapts Node's SQLite to Kysely, and keeps statements prepared: the store has a few dozen. */
class KeptStatements implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(text: string): SqliteStatement {
    const statement = this.#statements.get(text) ?? adapted(this.#database.prepare(text));
    this.#statements.set(text, statement);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

function adapted(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
  };
}
