import { createHash, randomUUID } from 'node:crypto';
import { OutcomeUnknownError } from '../../connect/errors.js';
import type { Identity } from '../identity.js';

/** A request's client token: the caller's, and the one that Connect receives. */
interface ClientToken {
  readonly own: string | undefined;
  readonly sent: string | undefined;
}

/**
 * Calls the port with the client token that Connect receives for a caller's request.
 *
 * Tokens of authenticated callers never collide, because Connect receives a hash of caller and token. A caller without a token
 * gets a generated one, because one that an adapter chose could not be repeated through the hash. Without authentication
 * tokens pass unchanged.
 *
 * @param given the caller's own token; empty counts as absent
 * @throws OutcomeUnknownError with the caller's own token, to repeat the request with
 */
export async function withClientToken<Result>(
  identity: Identity | undefined,
  given: string | null | undefined,
  call: (token: string | undefined) => Promise<Result>,
): Promise<Result> {
  const { own, sent } = clientToken(identity, given || undefined);
  try {
    return await call(sent);
  } catch (error) {
    if (identity !== undefined && error instanceof OutcomeUnknownError) {
      throw new OutcomeUnknownError(own, { cause: error });
    }
    throw error;
  }
}

function clientToken(identity: Identity | undefined, given: string | undefined): ClientToken {
  if (identity === undefined) return { own: given, sent: given };
  const own = given ?? randomUUID();
  // The key has a fixed length, so that two pairs never make the same text.
  return { own, sent: digest(`${identity.key}\0${own}`) };
}

/** 43 characters, all allowed by the API. Source: StartTaskContact, ClientToken, at most 500. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
