import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../errors/format-error.js';

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
  return Buffer.from(JSON.stringify([digest(query), token ?? null, skip, end])).toString('base64url');
}

/**
 * Reads a cursor back.
 *
 * @throws GraphQLError BAD_CURSOR for one that this list did not give
 */
export function fromCursor(query: unknown, cursor: string | null | undefined): Place {
  if (cursor == null) return BEGINNING;
  const [of, token, skip, end] = parts(cursor);
  const isToken = token === null || typeof token === 'string';
  if (of !== digest(query) || !isToken || !Number.isSafeInteger(skip) || Number(skip) < 0) throw badCursor();
  return { token: token ?? undefined, skip: skip as number, end: end === true };
}

/** What a foreign, a damaged and an expired cursor are answered with. */
export function badCursor(): GraphQLError {
  return new GraphQLError(
    'after: expected a cursor that this list gave for the same arguments, but got another text, or one that has expired. Leave it out to begin at the first page.',
    { extensions: { code: 'BAD_CURSOR' satisfies ResponseErrorCode } },
  );
}

function parts(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function digest(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 22);
}
