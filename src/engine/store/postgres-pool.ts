import { CompiledQuery, Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.js';

const INT8 = 20;

/** How long a statement may take, a wait for another replica's batch included, in milliseconds. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** When the server gives up a replica that went silent in a batch, so that the others do not wait longer than a statement may. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;

/** When a server counts as gone: it ought to have ended the statement itself by then. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;

/** How long to wait for a connection, in milliseconds. */
const CONNECTION_TIMEOUT_MS = 5_000;

/**
 * Kysely over a pool of connections to PostgreSQL. What the URL says of timeouts and of the application's name wins.
 *
 * @param max connections, at most
 */
export function kyselyOverPostgres(url: string, max: number): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'connect-task-gateway',
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    keepAlive: true,
    types: {
      // Instants and counts: all of them far below 2 ** 53. Set here alone, since pg's own table is global.
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that breaks while nobody uses it, or between two statements, must not end the process: the pool lets
  // go of it, and whoever uses it is told by the next statement.
  const ignore = () => {};
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: { options: pool.options, connect: guarded(pool), end: () => pool.end() },
      onCreateConnection: async (connection) => {
        // A batch must see what was committed while it waited for its lock, whatever the server's default is; and
        // nobody is answered before the disk has it.
        await connection.executeQuery(
          CompiledQuery.raw(
            `select set_config('default_transaction_isolation', 'read committed', false),
              case current_setting('synchronous_commit') when 'off' then set_config('synchronous_commit', 'on', false) end`,
          ),
        );
      },
    }),
  });
}

/**
 * Gives connections that do not come back to the pool when they are not fit for another's use: when a transaction is
 * still open on them, or when they failed otherwise than by the server's word.
 */
function guarded(pool: pg.Pool): () => Promise<PostgresPoolClient> {
  // Kysely knows a connection again by its object.
  const known = new WeakMap<pg.PoolClient, GuardedClient>();
  return async () => {
    const client = await pool.connect();
    const guard = known.get(client) ?? new GuardedClient(client);
    known.set(client, guard);
    return guard as unknown as PostgresPoolClient;
  };
}

class GuardedClient {
  readonly #client: pg.PoolClient;
  #failed = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async query(sql: string, parameters: unknown[]): Promise<pg.QueryResult> {
    try {
      return await this.#client.query(sql, parameters);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) this.#failed = true;
      throw error;
    }
  }

  release(discard?: boolean): void {
    const idle = this.#client.getTransactionStatus() === 'I';
    this.#client.release(discard === true || this.#failed || !idle);
  }
}
