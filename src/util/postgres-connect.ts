import pg from 'pg';

/** The server has no connection left, for this role, this database or at all (SQLSTATE too_many_connections). */
const TOO_MANY_CONNECTIONS = '53300';

/** Whether the server has no connection left. */
export function isFull(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === TOO_MANY_CONNECTIONS;
}

/** Time before a pool tries again to open more connections, in milliseconds. */
const RETRY_MS = 60_000;

/**
 * Returns a function that takes connections from a pool. If the server refuses another connection, the caller waits for
 * one of those that are open.
 * If the pool has none at all, the function throws the server's error.
 */
export function connector(pool: pg.Pool): () => Promise<pg.PoolClient> {
  const { max } = pool.options;
  // The count of the pool includes connections that are still being opened and may fail.
  let open = pool.totalCount;
  pool.on('connect', () => open++);
  pool.on('remove', () => open--);
  const keepToPresent = () => {
    if (pool.options.max === max) setTimeout(() => (pool.options.max = max), RETRY_MS).unref();
    pool.options.max = open;
  };
  return async () => {
    for (;;) {
      try {
        return await pool.connect();
      } catch (error) {
        if (!isFull(error) || open === 0) throw error;
        keepToPresent();
      }
    }
  };
}
