import { DatabaseSync } from 'node:sqlite';
import type { Connect } from '../../src/connect/connect.js';
import type { CrashStore } from './crash-rounds.js';
import type { TestPostgres } from './postgres.js';

/** How an engine is opened: from the sources in tests, as built in the script. */
type Open = (options: { databaseUrl: string; quotas: { activeTasks: number; chainTasks: number } }) => Promise<Connect>;

/** The engine's own check: from the sources in tests, as built in the script. */
type Check = (databaseUrl: string) => Promise<readonly string[]>;

const QUOTAS = { activeTasks: 1_000_000, chainTasks: 12 };

/** A file of SQLite, which one process at a time works on. */
export function sqliteCrashStore(file: string, open: Open, check: Check): CrashStore {
  return {
    target: file,
    processes: 1,
    open: () => open({ databaseUrl: `file:${file}`, quotas: QUOTAS }),
    async rows(sql) {
      const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
      try {
        return database.prepare(sql).all();
      } finally {
        database.close();
      }
    },
    check: () => check(`file:${file}`),
    async settled() {},
  };
}

/** A database of PostgreSQL, which two processes work on at once. */
export function postgresCrashStore(url: string, server: TestPostgres, open: Open, check: Check): CrashStore {
  return {
    target: url,
    processes: 2,
    open: () => open({ databaseUrl: url, quotas: QUOTAS }),
    rows: (sql) => server.query(url, sql),
    check: () => check(url),
    // The server may still be at work for a client that is gone.
    async settled() {
      const others = `select 1 from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
      while ((await server.query(url, others)).length > 0);
    },
  };
}
