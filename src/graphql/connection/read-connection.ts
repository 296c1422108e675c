import { isConnectFault } from '../../connect/errors.js';
import type { Page, PageRequest } from '../../connect/call.js';
import { badUserInput } from '../errors/response-codes.js';
import type { PageInfo } from './page-info.type.js';
import { badCursor, fromCursor, type Place, toCursor } from './cursor.js';
import type { ConnectionArgs } from './connection.args.js';

/** A page of a list in the form of Relay's connections. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

/** Default of `first`. */
export const USUAL_FIRST = 25;

/** Maximum of `first`. */
export const MAX_FIRST = 100;

/** Maximum calls for one page, because Connect may return fewer items than requested, even none, before the last page. */
const MAX_CALLS = 5;

/**
 * Reads a page of a list: one call of the port, unless the page spans two of Connect's pages, or Connect returns smaller pages
 * than requested.
 *
 * @param query the conditions of the list, without the page
 * @param most maximum items of one call
 * @throws GraphQLError BAD_USER_INPUT for a `first` out of bounds, BAD_CURSOR for a foreign cursor
 */
export async function readConnection<Item, Node>(
  query: unknown,
  { first, after }: ConnectionArgs,
  most: number,
  list: (page: PageRequest) => Promise<Page<Item>>,
  toNode: (item: Item) => Node,
): Promise<Connection<Node>> {
  const wanted = first ?? USUAL_FIRST;
  if (wanted < 1 || wanted > MAX_FIRST) throw badUserInput(`first: expected 1 to ${MAX_FIRST}, but got ${wanted}.`);
  let place: Place = fromCursor(query, after);
  const edges: { readonly cursor: string; readonly node: Node }[] = [];
  for (let call = 0; call < MAX_CALLS && edges.length < wanted && !place.end; call++) {
    const { token, skip } = place;
    const { items, nextToken } = await listFrom(list, token, Math.min(skip + wanted - edges.length, most));
    const following: Place = { token: nextToken, skip: 0, end: nextToken === undefined };
    items.slice(skip).forEach((item, index) => {
      place = skip + index + 1 < items.length ? { token, skip: skip + index + 1 } : following;
      edges.push({ cursor: toCursor(query, place), node: toNode(item) });
    });
    if (items.length <= skip) place = following;
  }
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: !place.end,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      // An empty page before the end of the list has the cursor to continue from.
      endCursor: edges.at(-1)?.cursor ?? (place.end ? null : toCursor(query, place)),
    },
  };
}

async function listFrom<Item>(
  list: (page: PageRequest) => Promise<Page<Item>>,
  nextToken: string | undefined,
  maxResults: number,
): Promise<Page<Item>> {
  try {
    return await list(nextToken === undefined ? { maxResults } : { maxResults, nextToken });
  } catch (error) {
    // Connect's tokens expire, and a forged cursor may contain anything.
    throw nextToken !== undefined && isAboutToken(error) ? badCursor() : error;
  }
}

/** Whether a refusal is about the token: it says so, or names no other member, because those were accepted before. */
function isAboutToken(error: unknown): boolean {
  if (!isConnectFault(error)) return false;
  if (error.code !== 'InvalidParameterException' && error.code !== 'InvalidRequestException') return false;
  return error.violations.every(({ path }) => path.length === 0 || path[0] === 'nextToken');
}
