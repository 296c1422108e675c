import { CompiledQuery, Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { openPool } from '../../util/postgres-pool.js';
import { connector } from '../../util/postgres-connect.js';
import type { Tables } from './tables.js';

/** Maximum duration of a statement, in milliseconds. It includes the wait for the batch of another replica. */
const STATEMENT_TIMEOUT_MS = 15_000;

/**
 * Time after which the server ends an idle transaction, in milliseconds. It is less than {@link STATEMENT_TIMEOUT_MS}, so
 * that a replica that stops in a batch does not make the batches of others fail.
 */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;

/** Time to wait for an answer of the server, in milliseconds. It should have ended the statement before. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;

/** Time to wait for a connection, in milliseconds. */
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

/** Makes a Kysely over a pool of connections to PostgreSQL. It ends the pool when it is destroyed. */
export function kyselyOverPostgres(pool: pg.Pool): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: { options: pool.options, connect: guarded(pool), end: () => pool.end() },
      onCreateConnection: async (connection) => {
        // A batch must see rows that were committed while it waited for its lock, and a commit must be durable
        // before the gateway answers, whatever the defaults of the server are.
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
 * Returns a function that takes connections from a pool. A connection is closed instead of returned to the pool if its
 * transaction is still open, or if it failed with an error that the server did not send.
 */
function guarded(pool: pg.Pool): () => Promise<PostgresPoolClient> {
  // Kysely identifies a connection by its object.
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
