/** Why a caller is not let in. Apart from what finds that out: jose is loaded only where tokens are asked for. */

/** There are no keys, and their source does not answer: nobody can say whether a token is good. */
export class KeysUnavailableError extends Error {
  constructor() {
    super('There are no keys to verify tokens by');
    this.name = 'KeysUnavailableError';
  }
}

/** A token is not taken. */
export class TokenError extends Error {
  /** @param reason for the log: a code, no part of the token */
  constructor(readonly reason: string) {
    super('The token is not taken');
    this.name = 'TokenError';
  }
}
