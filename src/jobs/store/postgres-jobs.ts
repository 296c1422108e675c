import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { openPool } from '../../util/postgres-pool.js';
import type { JobDatabase } from './job-database.js';
import type { JobTables } from './job-tables.js';

/** Maximum number of connections: the loop has one, requests have the rest. */
const CONNECTIONS = 3;

/** Maximum duration of a statement, in milliseconds. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** Opens the jobs on PostgreSQL, in the first schema of the search path. It connects with the first statement. */
export function postgresJobs(url: string): JobDatabase {
  const pool = openPool({
    url,
    max: CONNECTIONS,
    connectionTimeoutMs: 5_000,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: STATEMENT_TIMEOUT_MS + 5_000,
    idleInTransactionTimeoutMs: 10_000,
  });
  return {
    db: new Kysely<JobTables>({
      dialect: new PostgresDialect({
        pool,
        // A job is answered once it is durable, whatever the default of the server is.
        onCreateConnection: async (connection) => {
          await connection.executeQuery(
            CompiledQuery.raw(
              `select case current_setting('synchronous_commit') when 'off' then set_config('synchronous_commit', 'on', false) end`,
            ),
          );
        },
      }),
    }),
    elements: (json) => sql`jsonb_array_elements(${json}::jsonb)`,
    skipLocked: sql`for update skip locked`,
    forUpdate: sql`for update`,
    isShared: true,
    beforeMigration: (db) =>
      sql`select pg_advisory_xact_lock(hashtextextended('connect-task-gateway/jobs', 0))`.execute(db),
  };
}
