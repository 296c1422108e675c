import { CompiledQuery, Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { openPool } from '../../util/postgres-pool.js';
import { connector } from './postgres-connect.js';
import type { Tables } from './tables.js';

/** How long a statement may take, a wait for another replica's batch included, in milliseconds. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** When the server gives up a replica that went silent in a batch, so that the others do not wait longer than a statement may. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;

/** When a server counts as gone: it ought to have ended the statement itself by then. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;

/** How long to wait for a connection, in milliseconds. */
const CONNECTION_TIMEOUT_MS = 5_000;

/**
 * Opens a pool of connections to the engine's database.
 *
 * @param max maximum number of connections
 * @param min number of connections that stay open although they are idle
 */
export function openStorePool(url: string, max: number, min = 0): pg.Pool {
  return openPool({
    url,
    max,
    min,
    connectionTimeoutMs: CONNECTION_TIMEOUT_MS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: ANSWER_TIMEOUT_MS,
    idleInTransactionTimeoutMs: IDLE_IN_TRANSACTION_TIMEOUT_MS,
  });
}

/** Makes a Kysely over a pool of connections to PostgreSQL. It closes the pool with itself. */
export function kyselyOverPostgres(pool: pg.Pool): Kysely<Tables> {
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
  const connect = connector(pool);
  return async () => {
    const client = await connect();
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
