import type { ConnectFault } from './errors.js';

/** The options of every call. Adapters need only the signal; policies use the rest. */
export interface CallOptions {
  /**
   * Cancels the call, unless a change was already sent. The call then throws the signal's reason if that is an error of
   * the port, otherwise CancelledError.
   */
  readonly signal?: AbortSignal;
  /** The deadline of the answer, in milliseconds of the policies' clock. Default: none. */
  readonly deadline?: number;
  /** The client on whose behalf the call is made. Default: the gateway itself. */
  readonly caller?: Caller;
  /**
   * Whether the client token of a creation was generated for this call, so that the call cannot be a repeat. Default:
   * false.
   */
  readonly hasNewToken?: boolean;
  /**
   * Bytes that the caller can still hold of what is read, by `loaded-bytes.ts`. An adapter that knows the size before it
   * makes the objects answers what lies beyond with a TooLargeError. Default: any number.
   */
  readonly maxBytes?: number;
  /** The kind of request that needs this call. Default: 'QUERY'. */
  readonly purpose?: Purpose;
}

/** The kind of a request. When calls must wait, those of mutations go first and those of jobs last. */
export type Purpose = 'QUERY' | 'MUTATION' | 'JOB';

/** A client on whose behalf calls are made. */
export interface Caller {
  /**
   * Identifies the client: its authenticated name, otherwise its address. Shares of a scarce rate are counted by this
   * key.
   */
  readonly key: string;
  /** The access rights of the client. Clients with equal rights may share an answer. */
  readonly rights: string;
}

/**
 * The answers of a batch read, in the order of the ids: the thing, null if it does not exist, or the error that its
 * read failed with. A loader can return them unchanged.
 */
export type Answers<Thing> = readonly (Thing | null | ConnectFault)[];

/** A page of a list, with the token of the next page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque, and valid only with the query that returned it. Absent on the last page. */
  readonly nextToken?: string;
}

/** Selects a page of a list. */
export interface PageRequest {
  /** Maximum number of items on the page. Each list states its range and default. */
  readonly maxResults?: number;
  /** The token of the previous page. Default: the first page. */
  readonly nextToken?: string;
}
