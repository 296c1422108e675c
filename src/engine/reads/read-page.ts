import type { Page, PageRequest } from '../../connect/call.js';
import { InvalidParameterError } from '../../connect/errors.js';
import type { PageSize } from '../../connect/limits.js';
import { seal, unseal } from '../../util/sealed-text.js';
import { isStorable } from '../../util/storable-text.js';
import type { RuleFacts } from '../../connect/violation.js';
import { violationOf } from '../../validation/rule.js';

/** A page has a bounded size. {@link maxResultsUpTo} states the bound of one operation in its limit. */
export const maxResultsRange: RuleFacts = {
  id: 'api/max-results',
  limit: 'a whole number from 1 to the maximum of the operation',
  source: 'Service model, MaxResults',
};

const maxResultsUpTo = (max: number): RuleFacts => ({ ...maxResultsRange, limit: `a whole number from 1 to ${max}` });

/** A token continues the query that returned it, and no other. */
export const nextTokenOfQuery: RuleFacts = {
  id: 'engine/next-token',
  limit: 'a token of the same query',
  source: 'Decision: the reference does not state what a token of another query does',
};

/** The place where the next page begins: the sort key of the last returned item. */
type PagePlace = readonly (string | number | null)[];

/**
 * Returns the token of the next page.
 *
 * @param query the query of the page, without its token. The token is valid for this query only
 */
function sealToken(query: unknown, after: PagePlace): string {
  return seal(query, after);
}

/**
 * Parses a token. A damaged token or one of another query is an error of the caller.
 *
 * @returns undefined without a token: the first page
 * @throws InvalidParameterError
 */
function openToken(query: unknown, token: string | undefined): PagePlace | undefined {
  if (token === undefined) return undefined;
  const place = unseal(query, token);
  if (isPlace(place)) return place;
  const foreign = violationOf(nextTokenOfQuery, ['nextToken'], 'another text');
  const message = 'It is not a token of this query. Omit it to begin at the first page.';
  throw new InvalidParameterError([{ ...foreign, message }]);
}

function isPlace(place: unknown): place is PagePlace {
  return (
    Array.isArray(place) &&
    place.every((part) => part === null || Number.isFinite(part) || (typeof part === 'string' && isStorable(part)))
  );
}

/**
 * Reads a page of a list.
 *
 * @param query the query of the list. A token of another query is refused
 * @param read returns the items after a place, in order, up to a maximum number
 * @param placeOf returns the sort key of an item
 * @throws InvalidParameterError for a size out of range, or a token of another query
 */
export async function readPage<Row, Place extends PagePlace>(
  query: unknown,
  { maxResults, nextToken }: PageRequest,
  size: PageSize,
  read: (after: Place | undefined, limit: number) => Promise<readonly Row[]>,
  placeOf: (row: Row) => Place,
): Promise<Page<Row>> {
  const limit = maxResults ?? size.default;
  if (!Number.isInteger(limit) || limit < 1 || limit > size.max) {
    throw new InvalidParameterError([violationOf(maxResultsUpTo(size.max), ['maxResults'], String(limit))]);
  }
  // One more item is read, to see whether there is a next page.
  const rows = await read(openToken(query, nextToken) as Place | undefined, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return last !== undefined && rows.length > limit ? { items, nextToken: sealToken(query, placeOf(last)) } : { items };
}
