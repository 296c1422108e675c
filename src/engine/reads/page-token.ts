import { InvalidParameterError } from '../../connect/errors.js';
import { seal, unseal } from '../../util/sealed-text.js';
import { isStorable } from '../../util/storable-text.js';

/** Where the next page begins: the sort key of the last item that was told. */
export type PagePlace = readonly (string | number | null)[];

/**
 * Makes the token of the next page.
 *
 * @param query what the page was asked by, without its token: a token serves no other query
 */
export function sealToken(query: unknown, after: PagePlace): string {
  return seal(query, after);
}

/**
 * Reads a token back. A foreign or a damaged one is the caller's mistake.
 *
 * @returns undefined where there was none: the first page
 * @throws InvalidParameterError
 */
export function openToken(query: unknown, token: string | undefined): PagePlace | undefined {
  if (token === undefined) return undefined;
  const place = unseal(query, token);
  if (isPlace(place)) return place;
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

function isPlace(place: unknown): place is PagePlace {
  return (
    Array.isArray(place) &&
    place.every((part) => part === null || Number.isFinite(part) || (typeof part === 'string' && isStorable(part)))
  );
}
