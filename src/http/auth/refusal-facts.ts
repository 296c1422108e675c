import { decodeProtectedHeader, errors, type JWTPayload } from 'jose';
import { type RefusalFacts, TokenError } from './token-errors.js';

/** Maximum length of a text of a token in the log, in UTF-16 units. */
const MAX_TEXT = 200;

/** The facts that a refusal is compared with. */
export interface ExpectedClaims {
  readonly issuer: string;
  readonly audience: string;
}

/**
 * Turns an error of jose into the reason of a refusal.
 *
 * @param token is read for its key id and algorithm alone. They are not verified if its signature is not
 * @param now milliseconds since the epoch
 */
export function refusalOf(error: Error, token: string, expected: ExpectedClaims, now: number): TokenError {
  // A key that the token's algorithm cannot use is jose's only TypeError.
  if (!(error instanceof errors.JOSEError)) return new TokenError('ERR_KEY_UNUSABLE', keyOf(token));
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
    return new TokenError(error.code, claimOf(error.claim, error.payload, expected, now));
  }
  return new TokenError(error.code, { problem: error.message, ...keyOf(token) });
}

/** jose validates claims after the signature, so that these come from the issuer. */
function claimOf(claim: string, payload: JWTPayload, { issuer, audience }: ExpectedClaims, now: number): RefusalFacts {
  const actual = payload[claim];
  switch (claim) {
    case 'iss':
      return { claim, expected: issuer, actual: shown(actual) };
    case 'aud':
      return { claim, expected: audience, actual: shown(actual) };
    case 'exp':
    case 'nbf':
      if (typeof actual !== 'number') return { claim, actual: shown(actual) };
      return { claim, actual, secondsFromNow: Math.round(actual - now / 1000) };
    default:
      return { claim, actual: shown(actual) };
  }
}

function keyOf(token: string): RefusalFacts {
  try {
    const { kid, alg } = decodeProtectedHeader(token);
    return { kid: shown(kid), alg: shown(alg) };
  } catch {
    return {};
  }
}

/** The issuer of a token chooses its claims: anything but a text or texts has no place in a line. */
function shown(value: unknown): string | readonly string[] {
  if (typeof value === 'string') return value.slice(0, MAX_TEXT);
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    return value.slice(0, 10).map((each) => each.slice(0, MAX_TEXT));
  }
  return value === undefined ? 'missing' : `a value of type ${typeof value}`;
}
