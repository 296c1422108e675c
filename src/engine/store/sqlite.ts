import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { type CompiledQuery, Kysely, sql, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { sqliteFlavour } from './batch-sql.js';
import { DatabaseTooNewError, refuseNewer } from './migrations.js';
import { lockFor } from './process-lock.js';
import { SqlStore } from './sql-store.js';
import { ForEach, type Runner, ToldAtRun } from './statement.js';
import { type Content, ForeignDatabaseError } from './store.js';
import type { Tables } from './tables.js';

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
 * @param content what a new database holds
 * @param retentionMs how long ended contacts are kept, in milliseconds. Omitted: as the service does
 * @throws DatabaseInUseError, DatabaseTooNewError, ForeignDatabaseError
 */
export async function openSqliteStore(
  path: string,
  now: () => number,
  content?: Content,
  retentionMs?: number,
): Promise<SqlStore> {
  mkdirSync(dirname(path), { recursive: true });
  // One file, one lock, by whichever of its names it is opened.
  const file = existsSync(path) ? realpathSync(path) : path;
  const lock = lockFor(file);
  const opened: DatabaseSync[] = [];
  try {
    if (existsSync(file)) inspect(file);
    const writer = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    opened.push(writer);
    writer.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma application_id = ${APPLICATION_ID}`);
    const reader = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    opened.push(reader);
    const reading = new CachingDatabase(reader);
    const parts = {
      writer: kyselyOver(new CachingDatabase(writer)),
      reader: kyselyOver(reading),
      runner: runnerOf(reading),
      flavour: sqliteFlavour(now),
      retentionMs,
      erasing,
      logBytes: () => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
      released() {
        // Kysely closes only what it has used itself.
        if (reader.isOpen) reader.close();
        lock.release();
      },
    };
    return await SqlStore.open(parts, content);
  } catch (error) {
    for (const database of opened) if (database.isOpen) database.close();
    // A file that is not ours is left alone, and so is its folder.
    const isRefused = error instanceof ForeignDatabaseError || error instanceof DatabaseTooNewError;
    if (isRefused) lock.discard();
    else lock.release();
    throw error;
  }
}

/** Lets SQLite overwrite what it removes. The log goes when the last connection is closed. */
async function erasing(writer: Kysely<Tables>): Promise<void> {
  await sql`pragma secure_delete = on`.execute(writer);
}

/**
 * Looks at a file before anything is written to it.
 *
 * @throws DatabaseTooNewError, ForeignDatabaseError where it must be left as it is
 */
export function inspect(file: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(untouched(file), { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    const id = database.prepare('pragma application_id').get()?.application_id;
    const tables = new Set(
      database
        .prepare('select name from sqlite_schema')
        .all()
        .map(({ name }) => name),
    );
    if (id !== APPLICATION_ID && (id !== 0 || tables.size > 0)) {
      throw new ForeignDatabaseError(file, 'it belongs to another one');
    }
    if (!tables.has('meta')) return;
    refuseNewer(Number(database.prepare("select value from meta where key = 'schemaVersion'").get()?.value ?? 0));
  } catch (error) {
    if (error instanceof ForeignDatabaseError || error instanceof DatabaseTooNewError) throw error;
    throw new ForeignDatabaseError(file, 'it cannot be read as one', { cause: error });
  } finally {
    database?.close();
  }
}

/**
 * How SQLite opens a file without leaving anything beside it: as one that nobody changes, which our lock ascertains.
 * Where a write-ahead log lies there already, its pages count, and so it must be read along.
 */
export function untouched(file: string): string | URL {
  if (existsSync(`${file}-wal`)) return file;
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return url;
}

/** Kysely over a database in the shape that it expects. */
export function kyselyOver(database: SqliteDatabase): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

/**
 * Runs statements without what Kysely does around each, its one connection handed from one caller to the next: SQLite
 * answers at once, so that nobody can come between. It takes 2 µs a read in place of 25.
 */
function runnerOf(database: CachingDatabase): Runner {
  return {
    executeQuery: async <Row>({ sql: text, parameters }: CompiledQuery<Row>) => ({
      rows: database.prepare(text).all(parameters) as Row[],
    }),
  };
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
  const names = statement.columns().map(({ name }) => name);
  const toRow = rowMaker(names);
  if (names.length > 0) statement.setReturnArrays(true);
  return {
    reader: names.length > 0,
    all: (parameters) => (statement.all(...bindable(parameters)) as unknown as unknown[][]).map(toRow),
    run: (parameters) => {
      const [first] = parameters;
      return first instanceof ForEach ? runEach(statement, first) : statement.run(...bindable(parameters));
    },
    iterate: (parameters) => rowsOf(statement.iterate(...bindable(parameters)) as Iterable<unknown>, toRow),
  };
}

function runEach(statement: StatementSync, { parameters, things }: ForEach): ReturnType<SqliteStatement['run']> {
  let changes = 0;
  for (const thing of things) changes += Number(statement.run(...bindable(parameters, thing)).changes);
  return { changes, lastInsertRowid: 0 };
}

function* rowsOf(all: Iterable<unknown>, toRow: (values: readonly unknown[]) => unknown): IterableIterator<unknown> {
  for (const values of all) yield toRow(values as readonly unknown[]);
}

/**
 * Makes a function that makes rows of their values. Those that node:sqlite makes itself are dictionaries: to make a row and
 * to read it takes 7 µs for a contact, and 3.5 µs so.
 *
 * @param names of the columns, as our own statements say them
 */
function rowMaker(names: readonly string[]): (values: readonly unknown[]) => unknown {
  const members = names.map((name, index) => `${JSON.stringify(name)}: values[${index}]`);
  return new Function('values', `return { ${members.join(', ')} };`) as (values: readonly unknown[]) => unknown;
}

/** node:sqlite binds a boolean as a number and undefined as null without a word: neither may happen by mistake. */
function bindable(parameters: readonly unknown[], given?: unknown): SQLInputValue[] {
  return parameters.map((parameter) => {
    const value = parameter instanceof ToldAtRun ? parameter.of(given) : parameter;
    if (typeof value === 'boolean' || value === undefined) {
      throw new TypeError(`A statement's parameter must be text, number or null, but got: ${String(value)}`);
    }
    return value as SQLInputValue;
  });
}
