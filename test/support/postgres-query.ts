import pg from 'pg';

/** Runs a statement on a connection of its own, and returns its rows. */
export async function query(url: string, sql: string, parameters: readonly unknown[] = []) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql, [...parameters])).rows as readonly Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

/** Reports whether a server answers at a URL. */
export async function answers(url: string): Promise<boolean> {
  try {
    await query(url, 'select 1');
    return true;
  } catch {
    return false;
  }
}
