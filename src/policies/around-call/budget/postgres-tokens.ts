import type pg from 'pg';
import type { Rate } from '../../../connect/rates.js';
import { ROUNDING, type Taken, untilNextToken } from '../../../connect/token-bucket.js';
import { openPool } from '../../../util/postgres-pool.js';
import type { Clock } from '../../clock.js';
import type { PolicyEvents } from '../../events.js';
import { type SharedBuckets, SharedTokens } from './shared-tokens.js';

/** How tokens are shared through PostgreSQL. */
export interface PostgresTokensParts {
  readonly url: string;
  /** Replicas that share: what each keeps to while the database is away. */
  readonly replicas: number;
  readonly clock: Clock;
  readonly events: PolicyEvents;
}

/** How long to wait for the database, in milliseconds: calls wait for it, and there is a way without. */
const TIMEOUT_MS = 1_000;

/** Connections at once: operations have rows of their own, and wait for each other in none. */
const CONNECTIONS = 4;

/** Tokens in PostgreSQL, shared by all processes at the same URL. Nothing is asked before the first token is taken. */
export function postgresTokens({ url, ...parts }: PostgresTokensParts): SharedTokens {
  return new SharedTokens({ ...parts, buckets: new PostgresBuckets(url, parts.clock.now) });
}

/** In the first schema of the search path, as the engine's tables. What it holds is worth nothing after a crash: no log. */
const CREATE = `
  select pg_advisory_xact_lock(hashtextextended('connect-task-gateway/rate', 0));
  create unlogged table if not exists connect_rate_bucket (
    key text primary key,
    thousandths double precision not null,
    granted integer not null,
    filled_at double precision not null
  )`;

/** A bucket that nobody has taken from is full. */
const INSERT = `
  insert into connect_rate_bucket values ($1, $2::float8 * 1000, 0, 0) on conflict (key) do nothing`;

/** The server's clock, at one instant for the whole statement, whatever it had to wait for; a test gives its own. */
const NOW = `coalesce($6::float8, floor(extract(epoch from statement_timestamp()) * 1000))`;

/** What a bucket holds before it is taken from: as token-bucket.ts has it. */
const FILLED = `least($2::float8 * 1000,
  case when $5 then 0 else thousandths + greatest(0, ${NOW} - filled_at) * $3::float8 end)`;

const GRANTED = `least($4::float8, floor((${FILLED} + ${ROUNDING}) / 1000))`;

/**
 * Statements end in another order than they begin, by as much as one may take: that must not fill a bucket twice. A clock
 * that was set back by more counts on from there.
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

/** Buckets as rows, each taken from by one UPDATE. */
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
      // Someone may have removed the table meanwhile.
      this.#isMade = false;
      throw error;
    }
  }

  async #begin(key: string, rate: Rate, wanted: number, isEmpty: boolean): Promise<Row> {
    await this.#pool.query(INSERT, [key, rate.burst]);
    const row = await this.#update(key, rate, wanted, isEmpty);
    if (row === undefined) throw new Error(`The bucket ${key} does not stay`);
    return row;
  }
}
