import { breach, type RuleFacts } from '../../validation/rule.js';
import { InvalidParameterError } from '../../connect/errors.js';
import type { PageSize } from '../../connect/limits.js';
import type { Page, PageRequest } from '../../connect/page.js';
import { openToken, type PagePlace, sealToken } from './page-token.js';

/** The rule of a list's MaxResults. */
export function maxResultsRange({ most }: PageSize): RuleFacts {
  return { id: 'api/max-results', limit: `a whole number from 1 to ${most}`, source: 'Service model, MaxResults' };
}

/**
 * Reads a page of a list.
 *
 * @param query what the list is asked by: a token of another query is refused
 * @param read the items after a place, in their order, at most as many as told
 * @param placeOf the sort key of an item
 * @throws InvalidParameterError for a size out of bounds or a foreign token
 */
export async function readPage<Row, Place extends PagePlace>(
  query: unknown,
  { maxResults, nextToken }: PageRequest,
  size: PageSize,
  read: (after: Place | undefined, limit: number) => Promise<readonly Row[]>,
  placeOf: (row: Row) => Place,
): Promise<Page<Row>> {
  const limit = maxResults ?? size.usual;
  if (!Number.isInteger(limit) || limit < 1 || limit > size.most) {
    throw new InvalidParameterError([breach(maxResultsRange(size), ['maxResults'], String(limit))]);
  }
  // One more than is told: whether there is a next page.
  const rows = await read(openToken(query, nextToken) as Place | undefined, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return last !== undefined && rows.length > limit ? { items, nextToken: sealToken(query, placeOf(last)) } : { items };
}
