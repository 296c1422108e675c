/** The reasons of a refusal, in a file without jose, which is loaded only if tokens are verified. */

/** There are no keys, and their source does not answer, so that no token can be verified. */
export class KeysUnavailableError extends Error {
  constructor() {
    super('There are no keys to verify tokens');
    this.name = 'KeysUnavailableError';
  }
}

/** Facts of a refusal for the log: the claim with its expected and actual value, the key, the times. Never the token. */
export type RefusalFacts = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** A token is invalid. */
export class TokenError extends Error {
  /** @param reason a code for the log */
  constructor(
    readonly reason: string,
    readonly facts: RefusalFacts = {},
  ) {
    super('Invalid token');
    this.name = 'TokenError';
  }
}
