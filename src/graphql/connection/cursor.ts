import { GraphQLError } from 'graphql';
import { seal, unseal } from '../../util/sealed-text.js';
import type { ResponseErrorCode } from '../errors/response-codes.js';

/** Where a list goes on: Connect gives tokens to pages, not to items, so that an item is a page and a place in it. */
export interface Place {
  /** The token of the page; undefined for the first one. */
  readonly token: string | undefined;
  /** Items of that page that come before. */
  readonly skip: number;
  /** Whether nothing comes after. */
  readonly end?: boolean;
}

/** The place where every list begins. */
export const BEGINNING: Place = { token: undefined, skip: 0 };

/**
 * Makes a cursor.
 *
 * @param query what the list was asked by: its cursors serve no other query
 */
export function toCursor(query: unknown, { token, skip, end = false }: Place): string {
  return seal(query, [token ?? null, skip, end]);
}

/**
 * Reads a cursor back.
 *
 * @throws GraphQLError BAD_CURSOR for one that this list did not give
 */
export function fromCursor(query: unknown, cursor: string | null | undefined): Place {
  if (cursor == null) return BEGINNING;
  const place = unseal(query, cursor);
  const [token, skip, end]: readonly unknown[] = Array.isArray(place) ? place : [];
  const isToken = token === null || typeof token === 'string';
  if (!isToken || !Number.isSafeInteger(skip) || Number(skip) < 0) throw badCursor();
  return { token: token ?? undefined, skip: skip as number, end: end === true };
}

/** What a foreign, a damaged and an expired cursor are answered with. */
export function badCursor(): GraphQLError {
  return new GraphQLError(
    'after: expected a cursor that this list gave for the same arguments, but got another text, or one that has expired. Leave it out to begin at the first page.',
    { extensions: { code: 'BAD_CURSOR' satisfies ResponseErrorCode } },
  );
}
