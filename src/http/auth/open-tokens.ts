import type { Logger } from 'pino';
import { rememberTokens, type IdentifyToken } from './identify-tokens.js';
import { remoteKeys } from './remote-keys.js';
import { type TokenRules, tokenVerifier } from './verify-token.js';

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
