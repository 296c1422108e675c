import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Identity } from '../../graphql/identity.js';
import { remoteKeys } from './remote-keys.js';
import { type TokenRules, type TokenVerifier, tokenVerifier, type VerifiedToken } from './verify-token.js';

/** Says whose a token is. @throws TokenError, KeysUnavailableError */
export type IdentifyToken = (token: string) => Promise<Identity>;

/**
 * Maximum time for which a verified token is not verified again, in milliseconds. D: short beside the 10 minutes after
 * which a revoked key is noticed at all, and long beside the pauses between the requests of a page.
 */
const REMEMBERED_MS = 60_000;

/** Maximum number of remembered tokens: about 1 MB. */
const MAX_REMEMBERED = 2_000;

/** The clocks of authentication, in milliseconds. */
export interface AuthClock {
  /** Since the epoch: the times in tokens go by it. */
  now(): number;
  /** Never goes back: durations go by it. */
  elapsed(): number;
}

/**
 * Skips the verification of a token that was verified within the last minute, because a signature by an elliptic curve
 * costs up to half a millisecond. It remembers a hash, so that a dump of the memory shows no token.
 */
export function rememberTokens(verify: TokenVerifier, { now, elapsed }: AuthClock): IdentifyToken {
  const remembered = new LRUCache<string, VerifiedToken>({
    max: MAX_REMEMBERED,
    ttl: REMEMBERED_MS,
    ttlResolution: 0,
    perf: { now: elapsed },
  });
  return async (token) => {
    const hash = createHash('sha256').update(token).digest('base64url');
    const known = remembered.get(hash);
    if (known !== undefined && now() < known.goodUntil) return known.identity;
    const verified = await verify(token);
    remembered.set(hash, verified);
    return verified.identity;
  };
}

/** Who judges the tokens of callers. */
export interface Tokens {
  readonly identify: IdentifyToken;
  /** Fetches the issuer's keys if there are none. @throws KeysUnavailableError */
  ready(): Promise<void>;
}

/**
 * Makes the verifier of the tokens that one issuer signs.
 *
 * @param rules which tokens are valid, and where the issuer's keys are
 */
export function openTokens(rules: TokenRules & { readonly jwksUrl: string }, clock: AuthClock, logger: Logger): Tokens {
  const { find, ready } = remoteKeys({ url: rules.jwksUrl, elapsed: clock.elapsed, logger });
  return { identify: rememberTokens(tokenVerifier(rules, find, clock.now), clock), ready };
}
