import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Identity } from '../../graphql/identity.js';
import { remoteKeys } from './remote-keys.js';
import { type TokenRules, type TokenVerifier, tokenVerifier } from './verify-token.js';

/** Says whose a token is. @throws TokenError, KeysUnavailableError */
export type IdentifyToken = (token: string) => Promise<Identity>;

/**
 * How long a verified token is not verified again, in milliseconds. D: short beside the 10 minutes after which a key that
 * was taken back is noticed at all, and long beside what a page sends in a row.
 */
const REMEMBERED_MS = 60_000;

/** Tokens that are remembered, at most: some 1 MB. */
const MOST = 2_000;

/**
 * Spares the verification of a token that was verified just now: a signature by an elliptic curve costs up to half a
 * millisecond. What is remembered is a hash, so that the memory holds no token that is not in use.
 *
 * @param now milliseconds since the epoch
 */
export function rememberTokens(verify: TokenVerifier, now: () => number): IdentifyToken {
  const remembered = new Map<string, { readonly identity: Identity; readonly from: number; readonly until: number }>();
  return async (token) => {
    const hash = createHash('sha256').update(token).digest('base64url');
    const known = remembered.get(hash);
    const time = now();
    // A clock that was set back must not lengthen anything.
    if (known !== undefined && known.from <= time && time < known.until) return known.identity;
    remembered.delete(hash);
    const { identity, goodUntil } = await verify(token);
    remembered.set(hash, { identity, from: time, until: Math.min(time + REMEMBERED_MS, goodUntil) });
    for (const [oldest] of remembered) {
      if (remembered.size <= MOST) break;
      remembered.delete(oldest);
    }
    return identity;
  };
}

/** Who judges the tokens of callers. */
export interface Tokens {
  readonly identify: IdentifyToken;
  /** Fetches the issuer's keys if there are none. @throws KeysUnavailableError */
  ready(): Promise<void>;
}

/**
 * Makes the judge of the tokens that one issuer signs.
 *
 * @param rules which are taken, and where the issuer's keys are
 * @param now milliseconds since the epoch
 */
export function openTokens(
  rules: TokenRules & { readonly jwksUrl: string },
  now: () => number,
  logger: Logger,
): Tokens {
  const { find, ready } = remoteKeys({ url: rules.jwksUrl, now, logger });
  return { identify: rememberTokens(tokenVerifier(rules, find, now), now), ready };
}
