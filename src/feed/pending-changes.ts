import type { FeedChange, Resync } from './contact-feed.js';

/** Pending changes up to which each of them is kept. */
const EACH = 500;

/** Contacts with a pending change up to which the newest one of each is kept. */
const MAX_CONTACTS = 10_000;

type Pending = FeedChange | Resync;

/**
 * The changes that a follower has not read yet. It never grows beyond a bound: of a slow follower's changes the newest of each
 * contact is kept, and of too many contacts one resync.
 */
export class PendingChanges {
  #pending: Pending[] = [];
  /** By contact, if only the newest change of each is kept. */
  #newest: Map<string | undefined, Pending> | undefined;

  get size(): number {
    return this.#newest?.size ?? this.#pending.length;
  }

  add(change: Pending): void {
    if (this.#newest === undefined && this.#pending.length < EACH) {
      this.#pending.push(change);
      return;
    }
    const newest = this.#newest ?? this.#keepNewest();
    // Deleted first, so that the order is that of the newest changes and each cursor continues after all before it.
    newest.delete(change.contactId);
    newest.set(change.contactId, change);
    if (newest.size <= MAX_CONTACTS) return;
    newest.clear();
    const { contactId, occurredAt, cursor } = change;
    newest.set(undefined, { kind: 'RESYNC', contactId, occurredAt, cursor });
  }

  /** Removes and returns the oldest change. */
  take(): Pending | undefined {
    const newest = this.#newest;
    if (newest === undefined) return this.#pending.shift();
    const [first] = newest;
    if (first === undefined) return undefined;
    newest.delete(first[0]);
    if (newest.size === 0) this.#newest = undefined;
    return first[1];
  }

  #keepNewest(): Map<string | undefined, Pending> {
    const newest = new Map<string | undefined, Pending>();
    for (const change of this.#pending) {
      newest.delete(change.contactId);
      newest.set(change.contactId, change);
    }
    this.#pending = [];
    this.#newest = newest;
    return newest;
  }
}
