import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Identity } from '../../graphql/identity.js';
import { discoveredKeys, keysAt } from './discovery.js';
import { remoteKeys } from './remote-keys.js';
import { type TokenRules, type TokenVerifier, tokenVerifier, type VerifiedToken } from './verify-token.js';

/** Identifies callers by their tokens. */
export interface IdentifyToken {
  /** @throws TokenError, KeysUnavailableError */
  (token: string): Promise<Identity>;
  /** Returns the identity of a token that was verified a short time ago; undefined if it must be verified first. */
  known(token: string): Identity | undefined;
}

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
  const find = (hash: string) => {
    const verified = remembered.get(hash);
    return verified !== undefined && now() < verified.goodUntil ? verified.identity : undefined;
  };
  const identify = async (token: string) => {
    const hash = hashOf(token);
    const known = find(hash);
    if (known !== undefined) return known;
    const verified = await verify(token);
    remembered.set(hash, verified);
    return verified.identity;
  };
  return Object.assign(identify, { known: (token: string) => find(hashOf(token)) });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** The verifier of the tokens of callers. */
export interface Tokens {
  readonly identify: IdentifyToken;
  /** Fetches the issuer's keys if there are none. @throws KeysUnavailableError */
  ready(): Promise<void>;
}

/** The tokens that are valid, and the source of their keys. */
export interface IssuerRules extends TokenRules {
  /** URL of the issuer's key set. Undefined: from the issuer's discovery document. */
  readonly jwksUrl: string | undefined;
  /** Whether keys may come from another machine unencrypted. */
  readonly allowHttp: boolean;
}

/** Makes the verifier of the tokens that one issuer signs. */
export function openTokens(rules: IssuerRules, clock: AuthClock, logger: Logger): Tokens {
  const { jwksUrl, issuer, allowHttp } = rules;
  const source = jwksUrl === undefined ? discoveredKeys(issuer, allowHttp) : keysAt(jwksUrl);
  const { find, ready } = remoteKeys({ source, elapsed: clock.elapsed, logger });
  return { identify: rememberTokens(tokenVerifier(rules, find, clock.now), clock), ready };
}
