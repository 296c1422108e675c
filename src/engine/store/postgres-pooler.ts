import type pg from 'pg';

/** A setting of a session that no program but this one reads. */
const MARK = 'connect_task_gateway.session';

/**
 * Returns whether a pooler shares the sessions of the server between transactions of several connections: then what is
 * set for a session would reach other programs and be lost here. It marks one session, holds one in a transaction by a
 * second connection, and looks where the mark is.
 */
export async function sharesSessions(...[firsts, seconds]: readonly [pg.Pool, pg.Pool]): Promise<boolean> {
  return withClient(firsts, (first) => withClient(seconds, (second) => isMarkShared(first, second)));
}

async function isMarkShared(first: pg.PoolClient, second: pg.PoolClient): Promise<boolean> {
  const read = `select current_setting('${MARK}', true) as mark`;
  const mark = `${process.pid}-${performance.now()}`;
  await first.query(`select set_config('${MARK}', $1, false)`, [mark]);
  await second.query('begin');
  try {
    const ofSecond = await second.query<{ mark: string | null }>(read);
    const ofFirst = await first.query<{ mark: string | null }>(read);
    return ofSecond.rows[0]?.mark === mark || ofFirst.rows[0]?.mark !== mark;
  } finally {
    await second.query('rollback');
    await first.query(`select set_config('${MARK}', '', false)`);
  }
}

async function withClient<Result>(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let isBroken = true;
  try {
    const result = await use(client);
    isBroken = false;
    return result;
  } finally {
    client.release(isBroken);
  }
}
