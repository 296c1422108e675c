import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { type Identity, SCOPES } from '../../graphql/identity.js';
import { refusalOf } from './refusal-facts.js';
import { TokenError } from './token-errors.js';

/** The tokens that are valid. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Claim that lists the instances a caller may use, by id or alias. Undefined: every caller may use all. */
  readonly instancesClaim: string | undefined;
}

/** The contents of a valid token. */
export interface VerifiedToken {
  readonly identity: Identity;
  /** The time from which it is invalid, in milliseconds since the epoch. */
  readonly goodUntil: number;
}

/** Verifies a token. @throws TokenError, KeysUnavailableError */
export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

/** Signatures by a private key alone: `none` proves nothing, and HS* would use the public key as the secret. */
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

/** Maximum difference between the clocks of issuer and gateway, in seconds. D: synchronised machines stay far below. */
const CLOCK_TOLERANCE_S = 30;

/** Maximum length of a token. Those of large providers have up to about 4,000 characters; all headers have 16 KiB. */
const MAX_TOKEN_LENGTH = 8_192;

/** Maximum number of keys tried for a token that names none: each costs a verification. */
const MAX_KEYS_TRIED = 5;

/**
 * Makes the verifier of JSON Web Tokens: one issuer signed them for this audience, and they have not expired.
 *
 * @param find finds the key of a token
 * @param now milliseconds since the epoch
 */
export function tokenVerifier(rules: TokenRules, find: JWTVerifyGetKey, now: () => number): TokenVerifier {
  return async (token) => {
    if (token.length > MAX_TOKEN_LENGTH) throw new TokenError('ERR_TOKEN_TOO_LONG', { length: token.length });
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
      const goodUntil = ((claims.exp ?? 0) + CLOCK_TOLERANCE_S) * 1000;
      return { identity: { ...identityOf(claims, rules), expiresAt: goodUntil }, goodUntil };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) {
        throw refusalOf(error, token, rules, now());
      }
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
    throw new TokenError('ERR_NO_KEY_FITS', { keysTried: tried });
  }
}

function identityOf(claims: JWTPayload, { instancesClaim }: TokenRules): Identity {
  const subject = textOf(claims.sub);
  const clientId = textOf(claims.client_id) ?? textOf(claims.azp);
  if (subject === undefined && clientId === undefined)
    throw new TokenError('ERR_NO_SUBJECT', { claim: 'sub or client_id', actual: 'missing' });
  const given = new Set([...wordsOf(claims.scope), ...wordsOf(claims.scp)]);
  return {
    key: createHash('sha256')
      .update(JSON.stringify([claims.iss, subject ?? null, clientId ?? null]))
      .digest('base64url'),
    subject,
    clientId,
    scopes: new Set(SCOPES.filter((scope) => given.has(scope))),
    // A token without the claim opens no instance: a forgotten claim must not open all.
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
