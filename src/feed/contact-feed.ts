import type { ContactChangeKind } from '../connect/contact-change.js';
import type { ChangeFilter } from './change-filter.js';

/** A change of a contact, as followers receive it. */
export interface FeedChange {
  readonly kind: ContactChangeKind;
  readonly contactId: string;
  /** Milliseconds since the epoch. */
  readonly occurredAt: number;
  /** Continues after this change. */
  readonly cursor: string;
}

/** Changes may have been missed: what the follower knows must be read anew. */
export interface Resync {
  readonly kind: 'RESYNC';
  /** The contact of the newest change; undefined if the log holds none. */
  readonly contactId: string | undefined;
  readonly occurredAt: number;
  /** Continues after what was missed. */
  readonly cursor: string;
}

/** What to follow. */
export interface FeedRequest {
  readonly instanceId: string;
  readonly filter: ChangeFilter;
  /** Cursor of the last change that the follower has received. Default: changes from now on. */
  readonly after?: string | undefined;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/** The changes of contacts as one stream, whatever reports them. */
export interface ContactFeed {
  /**
   * Follows changes. A follower that reads slowly receives the newest change of each contact.
   *
   * @throws BadCursorError, before anything is followed
   */
  changes(request: FeedRequest): Promise<AsyncIterableIterator<FeedChange | Resync>>;
  close(): void;
}

/** The cursor is not one of this API. */
export class BadCursorError extends Error {
  constructor() {
    super('after: expected the cursor of an earlier change. Leave it out to receive changes from now on.');
    this.name = 'BadCursorError';
  }
}
