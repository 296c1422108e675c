import pg from 'pg';

/** How a pool of connections to PostgreSQL is opened. */
export interface PoolOptions {
  readonly url: string;
  /** Maximum number of connections. */
  readonly max: number;
  /** Number of connections that stay open although they are idle, once they were opened. Default: 0. */
  readonly min?: number;
  /** How long to wait for a connection, in milliseconds. */
  readonly connectionTimeoutMs: number;
  /** How long a statement may take before the server ends it, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** How long to wait for an answer before the server counts as gone, in milliseconds. */
  readonly answerTimeoutMs: number;
  /** How long a transaction may stand idle before the server ends its session, in milliseconds. Default: for ever. */
  readonly idleInTransactionTimeoutMs?: number;
}

const INT8 = 20;

/** Counts and instants are far below 2 ** 53, so that 64 bits become numbers. Set here alone: pg's own table is global. */
const types = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Opens a pool of connections to PostgreSQL. What the URL says of timeouts and of the application's name wins. */
export function openPool(options: PoolOptions): pg.Pool {
  const settings = sessionSettings(options);
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    min: options.min ?? 0,
    application_name: 'connect-task-gateway',
    connectionTimeoutMillis: options.connectionTimeoutMs,
    query_timeout: options.answerTimeoutMs,
    // Not at startup: PgBouncer refuses connections that set these there.
    onConnect: async (client: pg.ClientBase) => {
      if (settings) await client.query(settings);
    },
    keepAlive: true,
    types,
  });
  // A connection that breaks while it is idle, or between two statements, must not end the process: the pool lets go of
  // it, and its user gets the error with the next statement.
  const ignore = () => {};
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

/** Returns the statements that set the timeouts of a session, without those that the URL states. */
function sessionSettings({ url, statementTimeoutMs, idleInTransactionTimeoutMs }: PoolOptions): string {
  const timeouts = {
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
  };
  return Object.entries(timeouts)
    .filter(([name, milliseconds]) => milliseconds !== undefined && !url.includes(`${name}=`))
    .map(([name, milliseconds]) => `set ${name} = ${milliseconds}`)
    .join('; ');
}
