import type { ConnectFault } from './errors.js';

/** What every call takes. An adapter needs the signal alone; the rest is for what stands before one. */
export interface CallOptions {
  /** Aborted: the call throws the signal's reason where that is an error of the port, else CancelledError; unless it was already sent and cannot be taken back. */
  readonly signal?: AbortSignal;
  /** When the answer is due, in milliseconds of the clock that the policies go by. Default: never. */
  readonly deadline?: number;
  /** For whom the call is made. Omitted: for the gateway itself. */
  readonly caller?: Caller;
  /** Whether a creation's client token was made for this very call: then it is no repeat of an earlier one. */
  readonly hasNewToken?: boolean;
  /** What the request that needs this call does. Omitted: it reads. */
  readonly purpose?: Purpose;
}

/** What a request does: a mutation's calls go first where calls must wait. */
export type Purpose = 'QUERY' | 'MUTATION';

/** Whom a call is made for. */
export interface Caller {
  /** Who it is: the authenticated client, else its address. Callers share what is scarce by this. */
  readonly key: string;
  /** What the caller may see: those with equal rights may share an answer. */
  readonly rights: string;
}

/**
 * What a batch read answers for one id: the thing, null where it does not exist, or the error that befell this one. The
 * answers stand in the order of the ids, so that a loader can pass them on as they are.
 */
export type Answers<Thing> = readonly (Thing | null | ConnectFault)[];

/** One page of a list, and where the next one begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque, and bound to the query that it came with; absent on the last page. */
  readonly nextToken?: string;
}

/** Which page of a list. */
export interface PageRequest {
  /** Items on a page, at most; each list states its own bounds and default. */
  readonly maxResults?: number;
  /** From the page before. Omitted: the first page. */
  readonly nextToken?: string;
}
