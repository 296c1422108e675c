import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import { KeysUnavailableError } from './token-errors.js';

/** After this time, keys are fetched anew beside the requests that go on with those that are there. */
const FRESH_MS = 10 * 60 * 1000;

/** How long keys serve while their source does not answer. A key that was taken back there must not serve for ever. */
const SERVE_STALE_MS = 24 * 60 * 60 * 1000;

/** Time between two fetches, at least: tokens with made-up key ids must not become a flood at the source. */
const COOLDOWN_MS = 30_000;

/** The same where there are no keys yet, so that nobody can be let in. */
const COLD_COOLDOWN_MS = 1_000;

/** Bytes of a key set, at most. Those of large providers have some 10 KB. */
const MAX_BYTES = 256 * 1024;

/** The keys of an issuer. */
export interface RemoteKeys {
  /** Finds the key that a token names, for jose. @throws KeysUnavailableError, or jose's errors where no key fits */
  readonly find: JWTVerifyGetKey;
  /** Fetches the keys if there are none. @throws KeysUnavailableError */
  ready(): Promise<void>;
}

/** Where keys are, and what the time is. */
export interface RemoteKeysOptions {
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly logger: Logger;
  /** How long a fetch may take, in milliseconds. Omitted: 5,000, as jose has it. */
  readonly timeoutMs?: number;
}

type Finder = ReturnType<typeof createLocalJWKSet>;

/**
 * The keys of a JWKS, kept and fetched anew as they age or when a token names one that is not there: so a rotation is
 * noticed. jose's own remote set fetches for each request while the source is down, and lets nobody in once its copy is 10
 * minutes old.
 */
export function remoteKeys({ url, now, logger, timeoutMs = 5_000 }: RemoteKeysOptions): RemoteKeys {
  let keys: { readonly find: Finder; readonly fetchedAt: number } | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const isUsable = () => keys !== undefined && now() - keys.fetchedAt < SERVE_STALE_MS;

  async function load(): Promise<void> {
    triedAt = now();
    try {
      keys = { find: createLocalJWKSet(await fetchKeys(url, timeoutMs)), fetchedAt: now() };
    } catch (error) {
      logger.warn({ err: error, url }, 'The keys that tokens are verified by could not be fetched');
    } finally {
      fetching = undefined;
    }
  }

  /** Fetches the keys, unless that was tried just now. One fetch serves all who wait. */
  function refresh(): Promise<void> {
    if (fetching === undefined && now() - triedAt >= (isUsable() ? COOLDOWN_MS : COLD_COOLDOWN_MS)) fetching = load();
    return fetching ?? Promise.resolve();
  }

  async function usable(): Promise<NonNullable<typeof keys>> {
    if (!isUsable()) await refresh();
    if (keys === undefined || !isUsable()) throw new KeysUnavailableError();
    return keys;
  }

  return {
    async find(header, token) {
      const { find, fetchedAt } = await usable();
      if (now() - fetchedAt >= FRESH_MS) void refresh();
      try {
        return await find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await refresh();
        return (await usable()).find(header, token);
      }
    },
    async ready() {
      await usable();
    },
  };
}

/** @throws an Error where what comes is not a key set, is too large or comes too late */
async function fetchKeys(url: string, timeoutMs: number): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`Expected status 200, but got ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MAX_BYTES) throw new Error(`Expected at most ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString()) as JSONWebKeySet;
}
