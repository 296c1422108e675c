import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { sqliteDialect } from './batch-sql.js';
import { SqlStore } from './sql-store.js';
import { CachingDatabase, kyselyOver, runnerOver } from './sqlite-database.js';
import { scansInThisThread } from './sqlite-scans.js';
import type { Content } from './store.js';

/** The rows of each table, at one instant. */
export type MemorySnapshot = ReadonlyMap<string, readonly Readonly<Record<string, SQLInputValue>>[]>;

/** A store in the memory of this process, for tests. It ends with the process or when it is closed. */
export interface MemoryStore {
  readonly store: SqlStore;
  /** Copies all committed rows. */
  snapshot(): Promise<MemorySnapshot>;
  /** Replaces all rows, in one transaction. */
  restore(snapshot: MemorySnapshot): Promise<void>;
}

/**
 * Opens an empty store in memory.
 *
 * It has one connection. Reads wait for the transaction that runs, so that they see committed rows only.
 *
 * @param now the clock of the process, in milliseconds since the epoch
 * @param content the first rows
 */
export async function openMemoryStore(now: () => number, content: Content): Promise<MemoryStore> {
  const database = new DatabaseSync(':memory:');
  const caching = new CachingDatabase(database);
  const connection = kyselyOver(caching);
  const store = await SqlStore.open(
    {
      writer: connection,
      writerRunner: runnerOver(caching, 'all'),
      reader: connection,
      runner: connection,
      scans: scansInThisThread(database, connection),
      dialect: sqliteDialect(now),
    },
    content,
  );
  const tables = database
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite%'")
    .all()
    .map(({ name }) => String(name));
  /** Runs work when no transaction does. */
  const alone = <Result>(work: () => Result) => connection.connection().execute(async () => work());
  return {
    store,
    snapshot: () =>
      alone(() => new Map(tables.map((table) => [table, database.prepare(`select * from "${table}"`).all()]))),
    restore: (snapshot) => alone(() => replaceRows(database, tables, snapshot)),
  };
}

function replaceRows(database: DatabaseSync, tables: readonly string[], snapshot: MemorySnapshot): void {
  database.exec('begin');
  for (const table of tables) {
    database.exec(`delete from "${table}"`);
    const rows = snapshot.get(table) ?? [];
    const columns = Object.keys(rows[0] ?? {});
    if (columns.length === 0) continue;
    const names = columns.map((column) => `"${column}"`).join(', ');
    const insert = database.prepare(`insert into "${table}" (${names}) values (${columns.map(() => '?').join(', ')})`);
    for (const row of rows) insert.run(...columns.map((column) => row[column] ?? null));
  }
  database.exec('commit');
}
