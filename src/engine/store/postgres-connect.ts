import pg from 'pg';

/** The server has no connection left, for this role, this database or at all (SQLSTATE too_many_connections). */
const TOO_MANY_CONNECTIONS = '53300';

/** How long a pool keeps to the connections it has before it tries to open more, in milliseconds. */
const RETRY_MS = 60_000;

/**
 * Returns a function that takes connections from a pool. Where the server refuses a further one, the pool keeps to those
 * it has, and the caller waits for one of them.
 * If the pool has none at all, the function throws the server's error.
 */
export function connector(pool: pg.Pool): () => Promise<pg.PoolClient> {
  const { max } = pool.options;
  const keepToPresent = () => {
    if (pool.options.max === max) setTimeout(() => (pool.options.max = max), RETRY_MS).unref();
    pool.options.max = pool.totalCount;
  };
  return async () => {
    for (;;) {
      try {
        return await pool.connect();
      } catch (error) {
        const isFull = error instanceof pg.DatabaseError && error.code === TOO_MANY_CONNECTIONS;
        // Connections that are still being opened count as well: should they fail, the bound becomes lower.
        if (!isFull || pool.totalCount === 0) throw error;
        keepToPresent();
      }
    }
  };
}
