import { createHash } from 'node:crypto';
import { InvalidParameterError } from '../errors.js';
import { isStorable } from '../storable-text.js';

/** Where the next page begins: the sort key of the last item that was told. */
export type PagePlace = readonly (string | number | null)[];

/** Opaque to callers; whoever looks inside finds nothing that its query did not say. */
interface Sealed {
  readonly of: string;
  readonly after: PagePlace;
}

/**
 * Makes the token of the next page.
 *
 * @param query what the page was asked by, without its token: a token serves no other query
 */
export function sealToken(query: unknown, after: PagePlace): string {
  const sealed: Sealed = { of: digest(query), after };
  return Buffer.from(JSON.stringify(sealed)).toString('base64url');
}

/**
 * Reads a token back. A foreign or a damaged one is the caller's mistake.
 *
 * @returns undefined where there was none: the first page
 * @throws InvalidParameterError
 */
export function openToken(query: unknown, token: string | undefined): PagePlace | undefined {
  if (token === undefined) return undefined;
  const sealed = parse(token);
  if (sealed?.of === digest(query)) return sealed.after;
  throw new InvalidParameterError([
    {
      rule: 'engine/next-token',
      path: ['nextToken'],
      message: 'It is not a token that this query was answered with. Leave it out to begin at the first page.',
      limit: 'a token of the same query',
      actual: 'another text',
    },
  ]);
}

function parse(token: string): Sealed | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    const sealed = value as Partial<Sealed> | null;
    if (typeof sealed?.of !== 'string' || !Array.isArray(sealed.after)) return undefined;
    const plain = sealed.after.every(
      (part) => part === null || Number.isFinite(part) || (typeof part === 'string' && isStorable(part)),
    );
    return plain ? { of: sealed.of, after: sealed.after } : undefined;
  } catch {
    return undefined;
  }
}

function digest(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 22);
}
