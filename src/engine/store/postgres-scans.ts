import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import { connector, isFull } from './postgres-connect.js';
import type { Scans } from './scans.js';

/** How often the server looks whether a scan is still waited for, in milliseconds. */
const CHECK_MS = 500;

/** When the server ends a statement of a scan by itself, in milliseconds: a bound should its user's fail. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** What some platforms answer where they cannot look whether a client is there: invalid_parameter_value. */
const NOT_SUPPORTED = '22023';

/**
 * Scans PostgreSQL on connections of their own, so that no scan takes one that other reads need. What a scan sets ends
 * with its transaction, and so holds behind a pooler too.
 */
export class PostgresScans implements Scans {
  readonly #pool: pg.Pool;
  readonly #connect: () => Promise<pg.PoolClient>;
  #looksForClients = true;

  /** @param others gives connections where the server has none for scans alone */
  constructor(pool: pg.Pool, others: pg.Pool) {
    const [own, other] = [connector(pool), connector(others)];
    this.#pool = pool;
    this.#connect = () => own().catch((error: unknown) => (isFull(error) ? other() : Promise.reject(error)));
  }

  async run(statements: readonly CompiledQuery<unknown>[], signal: AbortSignal): Promise<readonly unknown[][]> {
    const client = await this.#connect();
    // A connection that is closed on this side is noticed on the server's, which then ends the statement.
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
    if (this.#looksForClients) {
      try {
        await client.query(`${begin}; set local client_connection_check_interval = ${CHECK_MS}`);
        return;
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || error.code !== NOT_SUPPORTED) throw error;
        this.#looksForClients = false;
        await client.query('rollback');
      }
    }
    await client.query(begin);
  }
}
