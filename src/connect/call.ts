import type { ConnectFault } from './errors.js';

/** What every call takes. */
export interface CallOptions {
  /** Aborted: the call throws CancelledError, unless it was already sent and cannot be taken back. */
  readonly signal?: AbortSignal;
}

/**
 * What a batch read answers for one id: the thing, null where it does not exist, or the error that befell this one. The
 * answers stand in the order of the ids, so that a DataLoader can pass them on as they are.
 */
export type Answers<Thing> = readonly (Thing | null | ConnectFault)[];
