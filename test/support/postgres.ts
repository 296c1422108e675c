import { randomUUID } from 'node:crypto';
import { answers, query } from './postgres-query.ts';
import { sharedPostgres, startPostgres } from './postgres-server.ts';

/** A PostgreSQL server to test on. */
export interface TestPostgres {
  /** Makes an empty database, and returns its URL. */
  createDatabase(): Promise<string>;
  /** Runs a statement on a database. */
  query(url: string, sql: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Removes what the caller made: its databases, or the server that runs for it alone. */
  stop(): Promise<void>;
}

/**
 * Finds a server: that at DATABASE_TEST_URL; else that of this machine, if it lets us in; else one that is started here.
 * All files of a test run share the latter; outside of a run the caller has it alone.
 */
export async function testPostgres(): Promise<TestPostgres> {
  const { DATABASE_TEST_URL: chosen, PGPASSWORD: password = 'postgres', TEST_RUN_FOLDER: run } = process.env;
  if (chosen) return serverAt(chosen);
  const local = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:5432/postgres`;
  if (await answers(local)) return serverAt(local);
  // A server of our own goes with all that it holds.
  if (run) return serverAt(await sharedPostgres(run), async () => {});
  const { url, stop } = await startPostgres();
  return serverAt(url, stop);
}

function serverAt(adminUrl: string, stop?: () => Promise<void>): TestPostgres {
  const made: string[] = [];
  return {
    async createDatabase() {
      const name = `connect_test_${randomUUID().replaceAll('-', '')}`;
      await query(adminUrl, `create database ${name}`);
      made.push(name);
      const url = new URL(adminUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    query,
    async stop() {
      if (stop) return stop();
      for (const name of made) await query(adminUrl, `drop database ${name} with (force)`);
    },
  };
}
