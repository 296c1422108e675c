import type { Answers } from '../../connect/call.js';
import type { ContactChange } from '../../connect/contact-change.js';
import { chainIdOf, type Contact } from '../../connect/contact.js';
import type { ContactFeed, FeedChange, FeedRequest, Resync } from '../contact-feed.js';
import { changesBetween } from './contact-changes.js';

/** Parts of a {@link PolledFeed}. */
export interface PolledFeedParts {
  /** The feed of the log that changes are added to. */
  readonly feed: ContactFeed;
  /** Adds a change to the log of its instance. */
  add(instanceId: string, change: Omit<ContactChange, 'id'>): void;
  /** Reads a contact, on behalf of the gateway itself. */
  read(instanceId: string, contactId: string): Promise<Answers<Contact>[number]>;
  /** Drops a contact from the caches. */
  forget(contact: { readonly instanceId: string; readonly contactId: string; readonly chainId: string }): void;
  readonly clock: { now(): number; at(instant: number, action: () => void): () => void };
  /** The clock of contacts, in milliseconds since the epoch. */
  readonly wallClock: () => number;
  /** Reads a second, at most. */
  readonly perSecond: number;
}

/** Time between two reads of one contact, in milliseconds, if the rate allows. */
export const POLL_MS = 5_000;

interface Watched {
  readonly instanceId: string;
  readonly contactId: string;
  followers: number;
  last: Contact | undefined;
  /** When it is read next, by the clock. */
  dueAt: number;
}

/**
 * A feed where nothing reports changes: it reads the contacts that followers name by id again and again, one at a time, and adds
 * what changed to the log. Followers of the same contact share its reads.
 */
export class PolledFeed implements ContactFeed {
  readonly #parts: PolledFeedParts;
  readonly #watched = new Map<string, Watched>();
  #cancel: (() => void) | undefined;
  /** When the rate allows the next read. */
  #freeAt = 0;
  #isReading = false;
  #isClosed = false;

  constructor(parts: PolledFeedParts) {
    this.#parts = parts;
  }

  async changes(request: FeedRequest): Promise<AsyncIterableIterator<FeedChange | Resync>> {
    const { instanceId, filter, signal } = request;
    const changes = await this.#parts.feed.changes(request);
    if (filter.by !== 'contacts' || signal.aborted) return changes;
    const watched = [...filter.contactIds].map((contactId) => this.#watch(instanceId, contactId));
    const leave = () => {
      for (const each of watched) this.#leave(each);
    };
    signal.addEventListener('abort', leave, { once: true });
    return changes;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
    this.#parts.feed.close();
  }

  #watch(instanceId: string, contactId: string): Watched {
    const key = keyOf(instanceId, contactId);
    const dueAt = this.#parts.clock.now();
    const watched = this.#watched.get(key) ?? { instanceId, contactId, followers: 0, last: undefined, dueAt };
    watched.followers += 1;
    this.#watched.set(key, watched);
    this.#plan();
    return watched;
  }

  #leave(watched: Watched): void {
    watched.followers -= 1;
    if (watched.followers > 0) return;
    this.#watched.delete(keyOf(watched.instanceId, watched.contactId));
    this.#plan();
  }

  /** Waits for the first contact that is due, and for the rate. */
  #plan(): void {
    if (this.#isReading || this.#isClosed) return;
    this.#cancel?.();
    let next: Watched | undefined;
    for (const each of this.#watched.values()) if (next === undefined || each.dueAt < next.dueAt) next = each;
    if (next === undefined) return;
    const due = next;
    this.#cancel = this.#parts.clock.at(Math.max(due.dueAt, this.#freeAt), () => void this.#read(due));
  }

  async #read(watched: Watched): Promise<void> {
    const { clock, perSecond, read } = this.#parts;
    const { instanceId, contactId } = watched;
    this.#isReading = true;
    const now = clock.now();
    watched.dueAt = now + POLL_MS;
    this.#freeAt = now + 1_000 / perSecond;
    try {
      const contact = await read(instanceId, contactId);
      if (contact !== null && !(contact instanceof Error)) this.#note(watched, contact);
    } catch {
      // The next read may succeed; the policies report why this one failed.
    }
    this.#isReading = false;
    this.#plan();
  }

  #note(watched: Watched, contact: Contact): void {
    const { instanceId, contactId, last } = watched;
    watched.last = contact;
    if (last === undefined || watched.followers === 0) return;
    const { add, forget, wallClock } = this.#parts;
    const chainId = chainIdOf(contact);
    const seen = changesBetween(last, contact, wallClock());
    if (seen.length > 0) forget({ instanceId, contactId, chainId });
    const { queue, agent } = contact;
    for (const { kind, occurredAt } of seen) {
      const place = { queueId: queue?.id ?? null, userId: agent?.id ?? null };
      add(instanceId, { contactId, chainId, isOfChain: false, kind, occurredAt, ...place });
    }
  }
}

function keyOf(instanceId: string, contactId: string): string {
  return `${instanceId}\0${contactId}`;
}
