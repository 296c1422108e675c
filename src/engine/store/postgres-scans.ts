import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import { connector, isFull } from '../../util/postgres-connect.js';
import type { Scans } from './scans.js';

/** Interval at which the server checks that the client of a scan is still connected, in milliseconds. */
const CHECK_MS = 500;

/** Time after which the server ends a statement of a scan, in milliseconds, if the engine has not interrupted it. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** SQLSTATE invalid_parameter_value: the server's platform cannot check that a client is still connected. */
const NOT_SUPPORTED = '22023';

/**
 * Scans PostgreSQL on connections of their own, so that scans do not take the connections of other reads. Settings of a
 * scan end with its transaction, because a pooler can give the connection to another client afterwards.
 */
export class PostgresScans implements Scans {
  readonly #pool: pg.Pool;
  readonly #connect: () => Promise<pg.PoolClient>;
  #checksForClients = true;

  /** @param others the pool to use if the server has no connection left for scans alone */
  constructor(pool: pg.Pool, others: pg.Pool) {
    const [own, other] = [connector(pool), connector(others)];
    this.#pool = pool;
    this.#connect = () => own().catch((error: unknown) => (isFull(error) ? other() : Promise.reject(error)));
  }

  async run(statements: readonly CompiledQuery<unknown>[], signal: AbortSignal): Promise<readonly unknown[][]> {
    const client = await this.#connect();
    // The server notices a closed connection, and then ends the statement.
    let isReleased = false;
    const release = (destroy: boolean) => {
      if (!isReleased) client.release(destroy);
      isReleased = true;
    };
    const interrupt = () => release(true);
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      signal.throwIfAborted();
      await this.#begin(client);
      const found: unknown[][] = [];
      for (const { sql, parameters } of statements) found.push((await client.query(sql, [...parameters])).rows);
      await client.query('commit');
      return found;
    } finally {
      signal.removeEventListener('abort', interrupt);
      release(signal.aborted || client.getTransactionStatus() !== 'I');
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #begin(client: pg.PoolClient): Promise<void> {
    const begin = `begin isolation level repeatable read read only; set local statement_timeout = ${STATEMENT_TIMEOUT_MS}`;
    if (this.#checksForClients) {
      try {
        await client.query(`${begin}; set local client_connection_check_interval = ${CHECK_MS}`);
        return;
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || error.code !== NOT_SUPPORTED) throw error;
        this.#checksForClients = false;
        await client.query('rollback');
      }
    }
    await client.query(begin);
  }
}
