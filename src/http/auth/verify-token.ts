import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { type Identity, SCOPES } from '../../graphql/identity.js';
import { TokenError } from './token-errors.js';

/** Which tokens are taken. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** The claim that lists the instances a caller may touch, by id or alias. Undefined: every caller may touch all. */
  readonly instancesClaim: string | undefined;
}

/** What a good token says. */
export interface VerifiedToken {
  readonly identity: Identity;
  /** Milliseconds since the epoch: from then on it is not taken any more. */
  readonly goodUntil: number;
}

/** Verifies a token. @throws TokenError, KeysUnavailableError */
export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

/** Signatures by a private key alone: `none` proves nothing, and HS* would take the public key for the secret. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/** How far the clocks of issuer and gateway may be apart, in seconds. D: what synchronised machines stay far below. */
const CLOCK_TOLERANCE_S = 30;

/** Characters of a token, at most. Those of large providers have up to some 4,000; Node takes headers of 16 KiB in all. */
const MAX_TOKEN_LENGTH = 8_192;

/** Keys that a token which names none is tried with, at most: each costs a verification. */
const MAX_KEYS_TRIED = 5;

/**
 * Makes the judge of tokens: JSON Web Tokens that one issuer signed for this audience, and that have not expired.
 *
 * @param find finds the key that a token was signed with
 * @param now milliseconds since the epoch
 */
export function tokenVerifier(rules: TokenRules, find: JWTVerifyGetKey, now: () => number): TokenVerifier {
  return async (token) => {
    if (token.length > MAX_TOKEN_LENGTH) throw new TokenError('TOO_LONG');
    const options: JWTVerifyOptions = {
      issuer: rules.issuer,
      audience: rules.audience,
      algorithms: [...ALGORITHMS],
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['exp'],
      currentDate: new Date(now()),
    };
    try {
      const claims = await verified(token, find, options);
      return { identity: identityOf(claims, rules), goodUntil: ((claims.exp ?? 0) + CLOCK_TOLERANCE_S) * 1000 };
    } catch (error) {
      // jose tells what is wrong with a token by its own errors; a key that its token cannot have used, by a TypeError.
      if (error instanceof errors.JOSEError) throw new TokenError(error.code);
      if (error instanceof TypeError) throw new TokenError('UNFIT_KEY');
      throw error;
    }
  };
}

async function verified(token: string, find: JWTVerifyGetKey, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, find, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    let tried = 0;
    for await (const key of error) {
      if (tried === MAX_KEYS_TRIED) break;
      tried += 1;
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (failed) {
        if (!(failed instanceof errors.JWSSignatureVerificationFailed)) throw failed;
      }
    }
    throw new TokenError('NO_KEY_FITS');
  }
}

function identityOf(claims: JWTPayload, { instancesClaim }: TokenRules): Identity {
  const subject = textOf(claims.sub);
  const clientId = textOf(claims.client_id) ?? textOf(claims.azp);
  if (subject === undefined && clientId === undefined) throw new TokenError('NOBODY');
  const given = new Set([...wordsOf(claims.scope), ...wordsOf(claims.scp)]);
  return {
    key: createHash('sha256')
      .update(JSON.stringify([claims.iss, subject ?? null, clientId ?? null]))
      .digest('base64url'),
    subject,
    clientId,
    scopes: new Set(SCOPES.filter((scope) => given.has(scope))),
    // A token without the claim opens no instance: what is forgotten must not open all.
    instances: instancesClaim === undefined ? undefined : wordsOf(claims[instancesClaim]),
  };
}

function textOf(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}

/** Words of a claim: a text with spaces between them, or a list. */
function wordsOf(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ').filter(Boolean);
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : [];
}
