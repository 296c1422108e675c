import { LRUCache } from 'lru-cache';

/** One of the media types, or ranges of them, that a client accepts. */
export interface MediaRange {
  /** In lower case: text/html, application/*, or any. */
  readonly name: string;
  /** From 0, not at all, to 1. */
  readonly quality: number;
  /** Greater for a range that names more. */
  readonly exactness: number;
  /** Where it stands in the list. */
  readonly place: number;
}

/**
 * Reads the header accept.
 *
 * @param accept the header's value; empty: no range at all
 */
export function readAccept(accept: string): readonly MediaRange[] {
  return accept.toLowerCase().split(',').map(readRange);
}

function readRange(text: string, place: number): MediaRange {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim());
  const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
  return { name, quality, exactness: -name.split('*').length, place };
}

/**
 * Tells whether a client names HTML among what it accepts, as browsers do when they open a page. A wildcard does not
 * count: curl, SDKs and routers send it, and none of them wants a page.
 *
 * @param accept the header's value; omitted: nothing is named
 */
export function acceptsHtml(accept = ''): boolean {
  return readAccept(accept).some(({ name, quality }) => name === 'text/html' && quality > 0);
}

/** What GraphQL is answered in; the first is for clients that have no preference. */
const ANSWER_TYPES = ['application/json', 'application/graphql-response+json'] as const;

/** One of the two media types of a GraphQL answer. */
type AnswerType = (typeof ANSWER_TYPES)[number];

/** Few clients send many of these, and each request is asked twice: what was found is remembered, of headers of a usual length. */
const found = new LRUCache<string, { readonly type: AnswerType | undefined }>({ max: 100 });
const MOST_REMEMBERED_LENGTH = 200;

/**
 * The media type that a client prefers: by quality, then by how exactly it is named, then by its place in the list.
 *
 * @param accept the header's value; omitted or empty: anything will do
 * @returns undefined where the client takes neither
 */
export function answerType(accept?: string): AnswerType | undefined {
  const header = accept || '*/*';
  const known = found.get(header);
  if (known !== undefined) return known.type;
  const type = preferredType(header);
  if (header.length <= MOST_REMEMBERED_LENGTH) found.set(header, { type });
  return type;
}

function preferredType(accept: string): AnswerType | undefined {
  const ranges = readAccept(accept);
  const wanted = ANSWER_TYPES.flatMap((type) => {
    const [range] = ranges.filter(({ name }) => covers(name, type)).sort((a, b) => b.exactness - a.exactness);
    return range !== undefined && range.quality > 0 ? [{ type, ...range }] : [];
  });
  wanted.sort((a, b) => b.quality - a.quality || b.exactness - a.exactness || a.place - b.place);
  return wanted[0]?.type;
}

function covers(range: string, type: AnswerType): boolean {
  return range === type || range === 'application/*' || range === '*/*';
}
