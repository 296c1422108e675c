import type { ContactChange } from '../connect/contact-change.js';
import { type ChangeFilter, concernedBy } from './change-filter.js';
import type { FeedChange, Resync } from './contact-feed.js';
import { PendingChanges } from './pending-changes.js';

/** One follower of a feed: takes the changes that concern it, and hands them out one by one. */
export class Follower implements AsyncIterableIterator<FeedChange | Resync> {
  readonly #filter: ChangeFilter;
  readonly #cursorAt: (id: number) => string;
  readonly #onEnd: () => void;
  readonly #pending = new PendingChanges();
  /** Changes that came before it was known from where on they count. */
  #early: ContactChange[] | undefined = [];
  #chains: ReadonlyMap<string, string> = new Map();
  #waiting: ((result: IteratorResult<FeedChange | Resync>) => void) | undefined;
  #hasEnded = false;

  constructor(filter: ChangeFilter, cursorAt: (id: number) => string, onEnd: () => void) {
    this.#filter = filter;
    this.#cursorAt = cursorAt;
    this.#onEnd = onEnd;
  }

  /** Takes a new change, if it concerns this follower. */
  add(change: ContactChange): void {
    if (this.#early) {
      this.#early.push(change);
      return;
    }
    for (const { contactId, kind } of concernedBy(this.#filter, change, this.#chains)) {
      this.put({ kind, contactId, occurredAt: change.occurredAt, cursor: this.#cursorAt(change.id) });
    }
  }

  /** Reports that changes before this one were missed. */
  resync({ id, contactId, occurredAt }: ContactChange): void {
    this.put({ kind: 'RESYNC', contactId, occurredAt, cursor: this.#cursorAt(id - 1) });
  }

  /** Begins to count changes: those of the past, and new ones beyond them. */
  begin(past: readonly ContactChange[], after: number, chains: ReadonlyMap<string, string>): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    this.#chains = chains;
    let last = after;
    for (const change of [...past, ...early]) {
      if (change.id <= last) continue;
      last = change.id;
      this.add(change);
    }
  }

  put(change: FeedChange | Resync): void {
    if (this.#hasEnded) return;
    const waiting = this.#waiting;
    if (waiting === undefined) {
      this.#pending.add(change);
      return;
    }
    this.#waiting = undefined;
    waiting({ value: change, done: false });
  }

  next(): Promise<IteratorResult<FeedChange | Resync>> {
    const value = this.#pending.take();
    if (value !== undefined) return Promise.resolve({ value, done: false });
    if (this.#hasEnded) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  return(): Promise<IteratorResult<FeedChange | Resync>> {
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  /** Ends it; pending changes can still be read. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd();
    this.#waiting?.({ value: undefined, done: true });
    this.#waiting = undefined;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
