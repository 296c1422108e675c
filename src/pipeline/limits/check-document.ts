import type { DocumentNode } from 'graphql';
import { LimitExceededError, type RequestLimits } from './limits.js';
import { measureDocument } from './measure-document.js';

/** Checks a parsed document against the limits. @returns undefined if it keeps them */
export function checkDocument(document: DocumentNode, limits: RequestLimits): LimitExceededError | undefined {
  const { depth, aliases, directives } = measureDocument(document);
  if (depth > limits.depth) {
    return new LimitExceededError(
      { limit: 'MAX_DEPTH', most: limits.depth, actual: depth },
      `The document nests fields ${depth} deep, of at most ${limits.depth}.`,
      'Read a deeper object in another request, by its id.',
    );
  }
  if (aliases > limits.aliases) {
    return new LimitExceededError(
      { limit: 'MAX_ALIASES', most: limits.aliases, actual: aliases },
      `The document has ${aliases} aliases, of at most ${limits.aliases}.`,
      'Send several requests, or ask for many contacts at once with connectContacts.',
    );
  }
  if (directives > limits.directives) {
    return new LimitExceededError(
      { limit: 'MAX_DIRECTIVES', most: limits.directives, actual: directives },
      `The document has ${directives} directives, of at most ${limits.directives}.`,
      'Send a document without the parts that @skip or @include leaves out.',
    );
  }
  return undefined;
}

/** Returns the error of a document that is nested too deep to be measured. */
export function tooDeep({ depth }: RequestLimits): LimitExceededError {
  return new LimitExceededError(
    { limit: 'MAX_DEPTH', most: depth },
    'The document is nested too deep.',
    `It may nest fields ${depth} deep.`,
  );
}

/**
 * Returns the error of a document with too many tokens. The parser stops at the limit, so that the number is unknown.
 *
 * @returns undefined if the parser refuses the document for another reason
 */
export function tooManyTokens({ message }: Error, { tokens }: RequestLimits): LimitExceededError | undefined {
  if (!/contains more tha[nt] \d+ tokens/.test(message)) return undefined;
  return new LimitExceededError(
    { limit: 'MAX_TOKENS', most: tokens },
    `The document has more than ${tokens} tokens.`,
    'Send values as variables, and less in one request.',
  );
}
