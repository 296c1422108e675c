import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import type { KeySource } from './discovery.js';
import { KeysUnavailableError } from './token-errors.js';

/** Age in milliseconds from which keys are fetched again while requests go on with the present ones. */
const FRESH_MS = 10 * 60 * 1000;

/** Age in milliseconds up to which keys are used while their source does not answer, because a revoked key must end. */
const SERVE_STALE_MS = 24 * 60 * 60 * 1000;

/** Minimum time between two fetches, in milliseconds, because tokens with made-up key ids must not flood the source. */
const COOLDOWN_MS = 30_000;

/** The same while there are no usable keys and every caller is refused. */
const COLD_COOLDOWN_MS = 1_000;

/** The keys of an issuer. */
export interface RemoteKeys {
  /** Finds the key of a token, for jose. @throws KeysUnavailableError, or jose's errors if no key fits */
  readonly find: JWTVerifyGetKey;
  /** Fetches the keys if there are none. @throws KeysUnavailableError */
  ready(): Promise<void>;
}

/** The source of the keys, and the clock that their age goes by. */
export interface RemoteKeysOptions {
  readonly source: KeySource;
  /** A clock in milliseconds that never goes back. */
  readonly elapsed: () => number;
  readonly logger: Logger;
  /** Maximum time of a fetch, in milliseconds. Default: 5000. */
  readonly timeoutMs?: number;
}

/**
 * Keeps the keys of a JWKS, and fetches them again as they age or when a token names an unknown one.
 *
 * jose's own set fetches, parses and finds. It would also fetch for each request while the source is down, and refuse
 * everyone once its copy is old, so that the time of a fetch is decided here.
 */
export function remoteKeys({ source, elapsed, logger, timeoutMs = 5_000 }: RemoteKeysOptions): RemoteKeys {
  const keys = createRemoteJWKSet(new URL(source.url), {
    timeoutDuration: timeoutMs,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    cooldownDuration: Number.POSITIVE_INFINITY,
    [customFetch]: (_url, options) => source.fetch(options),
  });
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const age = () => elapsed() - fetchedAt;

  async function load(): Promise<void> {
    triedAt = elapsed();
    try {
      await keys.reload();
      fetchedAt = elapsed();
    } catch (error) {
      logger.warn({ err: error, url: source.url }, 'The keys that verify tokens could not be fetched');
    } finally {
      fetching = undefined;
    }
  }

  /** Fetches the keys once for all that wait, unless the last attempt was just now. */
  async function refresh(): Promise<void> {
    const cooldown = age() < SERVE_STALE_MS ? COOLDOWN_MS : COLD_COOLDOWN_MS;
    if (elapsed() - triedAt >= cooldown) fetching ??= load();
    await fetching;
  }

  async function ready(): Promise<void> {
    if (age() >= SERVE_STALE_MS) await refresh();
    if (age() >= SERVE_STALE_MS) throw new KeysUnavailableError();
  }

  return {
    ready,
    async find(header, token) {
      await ready();
      if (age() >= FRESH_MS) void refresh();
      try {
        return await keys(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await refresh();
        return keys(header, token);
      }
    },
  };
}
