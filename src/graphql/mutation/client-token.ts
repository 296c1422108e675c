import { createHash, randomUUID } from 'node:crypto';
import { OutcomeUnknownError } from '../../connect/errors.js';
import type { Identity } from '../identity.js';

/** The token of a request, as the caller knows it and as Connect is told it. */
interface ClientToken {
  readonly own: string | undefined;
  readonly sent: string | undefined;
}

/**
 * Calls the port with the client token under which a caller's request is known to it.
 *
 * Tokens of authenticated callers never meet: what is sent on stands for caller and token together. One who gives none is
 * given one, since what an adapter chose by itself could not be repeated through that translation. Without authentication
 * tokens pass as they are.
 *
 * @param given the caller's own; empty counts as none
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
  // The key has one length always, so that no two pairs make the same text.
  return { own, sent: digest(`${identity.key}\0${own}`) };
}

/** 43 characters of those that the API allows: StartTaskContact, ClientToken, takes up to 500. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
