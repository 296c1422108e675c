import { setTimeout as delay } from 'node:timers/promises';
import type { ChangeLog, ContactChange } from '../connect/contact-change.js';
import type { ContactFeed, FeedChange, FeedRequest, Resync } from './contact-feed.js';
import { type Place, readCursor, toCursor } from './cursor.js';
import { Follower } from './follower.js';

/** Changes that are read at once. */
const PAGE = 500;

/** Changes that are read of the past for a follower that resumes; of more it is asked to resync. */
const MAX_PAST = 10_000;

/** Time after which a log that could not be read is read again, in milliseconds. */
const RETRY_MS = 1_000;

/** The followers of one instance, and the newest change that they have. */
interface Tail {
  readonly followers: Set<Follower>;
  position: number | undefined;
  isReading: boolean;
  hasMore: boolean;
}

/** The feed over a log: one reader an instance, whose changes go to all followers. */
export class LogFeed implements ContactFeed {
  readonly #log: ChangeLog;
  readonly #onResync: () => void;
  readonly #pause: (ms: number) => Promise<void>;
  readonly #tails = new Map<string, Tail>();
  #unfollow: (() => void) | undefined;

  /**
   * @param onResync is called for each follower that is asked to read anew. Default: nothing is called
   * @param pause waits for some milliseconds. Default: by a timer
   */
  constructor(
    log: ChangeLog,
    onResync: () => void = () => {},
    pause: (ms: number) => Promise<void> = (ms) => delay(ms, undefined, { ref: false }),
  ) {
    this.#log = log;
    this.#onResync = onResync;
    this.#pause = pause;
  }

  async changes(request: FeedRequest): Promise<AsyncIterableIterator<FeedChange | Resync>> {
    const { instanceId, filter, after, signal } = request;
    const place = after === undefined ? undefined : readCursor(after);
    const log = await this.#log.name();
    const cursorAt = (id: number) => toCursor({ log, instanceId, id });
    const tail = this.#tailOf(instanceId);
    const follower = new Follower(filter, cursorAt, () => this.#remove(instanceId, tail, follower));
    tail.followers.add(follower);
    signal.addEventListener('abort', () => follower.end(), { once: true });
    if (signal.aborted) follower.end();
    try {
      // The tail gives what is committed from here on, so that nothing lies between it and what is read below.
      await this.#position(instanceId, tail);
      const chains =
        filter.by === 'contacts' ? await this.#log.chainsOf(instanceId, [...filter.contactIds]) : new Map();
      const { oldest, newest } = await this.#log.bounds(instanceId);
      if (place === undefined) {
        follower.begin([], newest, chains);
        return follower;
      }
      if (isAfterGap(place, { log, instanceId, oldest, newest })) {
        this.#onResync();
        const [last] = await this.#log.read(instanceId, newest - 1, 1);
        follower.put({
          kind: 'RESYNC',
          contactId: last?.contactId,
          occurredAt: last?.occurredAt ?? 0,
          cursor: cursorAt(newest),
        });
        follower.begin([], newest, chains);
        return follower;
      }
      follower.begin(await this.#past(instanceId, place.id, newest), place.id, chains);
      return follower;
    } catch (error) {
      follower.end();
      throw error;
    }
  }

  close(): void {
    for (const { followers } of this.#tails.values()) for (const follower of [...followers]) follower.end();
    this.#unfollow?.();
  }

  #tailOf(instanceId: string): Tail {
    const tail = this.#tails.get(instanceId) ?? {
      followers: new Set(),
      position: undefined,
      isReading: false,
      hasMore: false,
    };
    this.#tails.set(instanceId, tail);
    this.#unfollow ??= this.#log.follow(() => {
      for (const [instance, each] of this.#tails) this.#read(instance, each);
    });
    return tail;
  }

  #remove(instanceId: string, tail: Tail, follower: Follower): void {
    tail.followers.delete(follower);
    if (tail.followers.size > 0) return;
    if (this.#tails.get(instanceId) === tail) this.#tails.delete(instanceId);
    if (this.#tails.size > 0) return;
    this.#unfollow?.();
    this.#unfollow = undefined;
  }

  /** Finds where a tail begins. */
  async #position(instanceId: string, tail: Tail): Promise<void> {
    if (tail.position !== undefined) return;
    const { newest } = await this.#log.bounds(instanceId);
    tail.position ??= newest;
  }

  /** Reads what is new, and once more if there may be more by then. */
  #read(instanceId: string, tail: Tail): void {
    tail.hasMore = true;
    if (!tail.isReading) void this.#readAll(instanceId, tail);
  }

  async #readAll(instanceId: string, tail: Tail): Promise<void> {
    tail.isReading = true;
    while (tail.hasMore && tail.position !== undefined && tail.followers.size > 0) {
      tail.hasMore = false;
      let page: readonly ContactChange[];
      try {
        page = await this.#log.read(instanceId, tail.position, PAGE);
      } catch {
        // It may not report more for a long time, and these changes are due.
        tail.hasMore = true;
        await this.#pause(RETRY_MS);
        continue;
      }
      for (const change of page) {
        // Each change has the next number: some have left the log before they were read.
        if (change.id > tail.position + 1) this.#resync(tail, change);
        tail.position = change.id;
        for (const follower of tail.followers) follower.add(change);
      }
      if (page.length === PAGE) tail.hasMore = true;
    }
    // In the same turn as the last look at hasMore, so that no report of more is missed.
    tail.isReading = false;
  }

  #resync({ followers }: Tail, change: ContactChange): void {
    for (const follower of followers) {
      this.#onResync();
      follower.resync(change);
    }
  }

  async #past(instanceId: string, after: number, until: number): Promise<readonly ContactChange[]> {
    const past: ContactChange[] = [];
    let last = after;
    while (last < until) {
      const page = await this.#log.read(instanceId, last, PAGE);
      past.push(...page);
      last = page.at(-1)?.id ?? until;
    }
    return past;
  }
}

/** Whether changes after a place may be missing in the log. */
function isAfterGap(
  place: Place,
  { log, instanceId, oldest, newest }: Omit<Place, 'id'> & { readonly oldest: number; readonly newest: number },
): boolean {
  if (place.log !== log || place.instanceId !== instanceId || place.id > newest) return true;
  return place.id < oldest - 1 || newest - place.id > MAX_PAST;
}
