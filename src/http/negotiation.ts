import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** The media types of a GraphQL response; the first is for clients without a preference. */
const RESPONSE_TYPES = ['application/json', 'application/graphql-response+json'] as const;

/** A media type of a GraphQL response. */
export type ResponseType = (typeof RESPONSE_TYPES)[number];

/** The types as they are sent, so that a client may name the encoding too. */
const SENT_TYPES = new Map(RESPONSE_TYPES.map((type) => [withEncoding(type), type]));
const SENT_NAMES = [...SENT_TYPES.keys()];

const CALLBACK_SPEC = /; ?callbackSpec=1\.0/gi;

/** Preferred types by header: clients send few different ones, and each request asks twice. */
const known = new LRUCache<string, { readonly type: ResponseType | undefined }>({ max: 100 });

/** Characters of the header that are read, because each of its ranges takes time; browsers send some 150. */
const MAX_LENGTH = 500;

/**
 * Returns the media type that a client prefers for a GraphQL response.
 *
 * @param accept value of the header accept. Default: any type
 * @returns undefined if the client accepts neither type
 */
export function responseType(accept?: string): ResponseType | undefined {
  // Routers that ask for callbacks add a parameter to JSON.
  const header = accept?.slice(0, MAX_LENGTH).replaceAll(CALLBACK_SPEC, '') || '*/*';
  const remembered = known.get(header);
  if (remembered !== undefined) return remembered.type;
  const type = preferredType(header);
  known.set(header, { type });
  return type;
}

function preferredType(accept: string): ResponseType | undefined {
  const [preferred = ''] = new Negotiator({ headers: { accept } }).mediaTypes(SENT_NAMES);
  return SENT_TYPES.get(preferred);
}

/** Returns the content type of a response in a media type. */
export function withEncoding(type: ResponseType): string {
  return `${type}; charset=utf-8`;
}

/**
 * Reports whether a client names HTML among the types that it accepts, as browsers do when they open a page. A wildcard does
 * not count, because curl, SDKs and routers send it, and none of them wants a page.
 *
 * @param accept value of the header accept. Default: none is named
 */
export function acceptsHtml(accept = ''): boolean {
  return new Negotiator({ headers: { accept: accept.slice(0, MAX_LENGTH) } })
    .mediaTypes()
    .some((type) => type.toLowerCase() === 'text/html');
}
