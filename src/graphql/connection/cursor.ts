import { GraphQLError } from 'graphql';
import { seal, unseal } from '../../util/sealed-text.js';
import type { ResponseErrorCode } from '../errors/response-codes.js';

/** A position in a list: Connect has tokens for pages only, so an item is a page and an offset. */
export interface Place {
  /** The token of the page. Undefined for the first one. */
  readonly token: string | undefined;
  /** Offset within the page. */
  readonly skip: number;
  /** Whether it is the end of the list. */
  readonly end?: boolean;
}

/** The start of every list. */
export const BEGINNING: Place = { token: undefined, skip: 0 };

/**
 * Makes a cursor.
 *
 * @param query the conditions of the list; its cursors are valid for no other query
 */
export function toCursor(query: unknown, { token, skip, end = false }: Place): string {
  return seal(query, [token ?? null, skip, end]);
}

/**
 * Reads a cursor back.
 *
 * @throws GraphQLError BAD_CURSOR for a cursor of another list
 */
export function fromCursor(query: unknown, cursor: string | null | undefined): Place {
  if (cursor == null) return BEGINNING;
  const place = unseal(query, cursor);
  const [token, skip, end]: readonly unknown[] = Array.isArray(place) ? place : [];
  const isToken = token === null || typeof token === 'string';
  if (!isToken || !Number.isSafeInteger(skip) || Number(skip) < 0) throw badCursor();
  return { token: token ?? undefined, skip: skip as number, end: end === true };
}

/** Makes the error for a foreign, damaged or expired cursor. */
export function badCursor(): GraphQLError {
  return new GraphQLError(
    'after: expected a cursor that this list gave for the same arguments, but got another text, or one that has expired. Leave it out to begin at the first page.',
    { extensions: { code: 'BAD_CURSOR' satisfies ResponseErrorCode } },
  );
}
