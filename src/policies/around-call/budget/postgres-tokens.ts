import type pg from 'pg';
import type { Rate } from '../../../connect/rates.js';
import { ROUNDING, type Taken, untilNextToken } from '../../../connect/token-bucket.js';
import { openPool } from '../../../util/postgres-pool.js';
import type { Clock } from '../../clock.js';
import type { PolicyEvents } from '../../events.js';
import { type SharedBuckets, SharedTokens } from './shared-tokens.js';

/** Options of tokens that are shared through PostgreSQL. */
export interface PostgresTokensParts {
  readonly url: string;
  /** Number of replicas that share the rate. While the database is unavailable, each uses its share. */
  readonly replicas: number;
  readonly clock: Clock;
  readonly events: PolicyEvents;
}

/** Timeout of the database, in milliseconds. Short, because calls wait for it and can continue without it. */
const TIMEOUT_MS = 1_000;

/** Maximum number of connections. Operations have rows of their own, so they never wait for each other. */
const CONNECTIONS = 4;

/** Creates tokens that all processes with the same URL share. It connects when the first token is taken. */
export function postgresTokens({ url, ...parts }: PostgresTokensParts): SharedTokens {
  return new SharedTokens({ ...parts, buckets: new PostgresBuckets(url, parts.clock.now) });
}

/**
 * The table is in the first schema of the search path, as the engine's tables. It is unlogged, because its content is
 * worthless after a crash.
 */
const CREATE = `
  select pg_advisory_xact_lock(hashtextextended('connect-task-gateway/rate', 0));
  create unlogged table if not exists connect_rate_bucket (
    key text primary key,
    thousandths double precision not null,
    granted integer not null,
    filled_at double precision not null
  )`;

/** A bucket from which no token was taken is full. */
const INSERT = `
  insert into connect_rate_bucket values ($1, $2::float8 * 1000, 0, 0) on conflict (key) do nothing`;

/** The server's clock, at one instant for the whole statement, even if the statement waited. Tests replace it. */
const NOW = `coalesce($6::float8, floor(extract(epoch from statement_timestamp()) * 1000))`;

/** The content of a bucket before tokens are taken, as in token-bucket.ts. */
const FILLED = `least($2::float8 * 1000,
  case when $5 then 0 else thousandths + greatest(0, ${NOW} - filled_at) * $3::float8 end)`;

const GRANTED = `least($4::float8, floor((${FILLED} + ${ROUNDING}) / 1000))`;

/**
 * Statements can end in another order than they begin, within their timeout. That must not fill a bucket twice. A clock
 * that was set back by more continues from its new time.
 */
const FILLED_AT = `case when filled_at - ${NOW} > ${2 * TIMEOUT_MS} then ${NOW} else greatest(filled_at, ${NOW}) end`;

const TAKE = `
  update connect_rate_bucket
  set thousandths = greatest(0, ${FILLED} - ${GRANTED} * 1000), granted = ${GRANTED}, filled_at = ${FILLED_AT}
  where key = $1
  returning thousandths, granted`;

interface Row {
  readonly thousandths: number;
  readonly granted: number;
}

/** Buckets as rows. One UPDATE takes tokens from a bucket. */
export class PostgresBuckets implements SharedBuckets {
  readonly #pool: pg.Pool;
  readonly #now: () => number;
  readonly #serverNow: (() => number) | undefined;
  #isMade = false;

  /**
   * @param now the clock of the policies, in milliseconds
   * @param serverNow replaces the server's clock, in milliseconds. Default: the server's own, which all replicas share
   */
  constructor(url: string, now: () => number, serverNow?: () => number) {
    this.#pool = openPool({
      url,
      max: CONNECTIONS,
      connectionTimeoutMs: TIMEOUT_MS,
      statementTimeoutMs: TIMEOUT_MS,
      answerTimeoutMs: TIMEOUT_MS,
    });
    this.#now = now;
    this.#serverNow = serverNow;
  }

  async take(key: string, rate: Rate, wanted: number, isEmpty: boolean): Promise<Taken> {
    const row = (await this.#update(key, rate, wanted, isEmpty)) ?? (await this.#begin(key, rate, wanted, isEmpty));
    const { thousandths, granted } = row;
    return {
      bucket: { thousandths, at: this.#now() },
      tokens: granted,
      retryAfterMs: granted === wanted ? 0 : untilNextToken(thousandths, rate.perSecond),
    };
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #update(key: string, { perSecond, burst }: Rate, wanted: number, isEmpty: boolean): Promise<Row | undefined> {
    if (!this.#isMade) await this.#pool.query(CREATE);
    this.#isMade = true;
    try {
      const values = [key, burst, perSecond, wanted, isEmpty, this.#serverNow?.() ?? null];
      return (await this.#pool.query<Row>(TAKE, values)).rows[0];
    } catch (error) {
      // The table may have been removed meanwhile.
      this.#isMade = false;
      throw error;
    }
  }

  async #begin(key: string, rate: Rate, wanted: number, isEmpty: boolean): Promise<Row> {
    await this.#pool.query(INSERT, [key, rate.burst]);
    const row = await this.#update(key, rate, wanted, isEmpty);
    if (row === undefined) throw new Error(`The row of bucket ${key} disappeared`);
    return row;
  }
}
