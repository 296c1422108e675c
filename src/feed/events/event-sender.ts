import type { Answers } from '../../connect/call.js';
import type { ChangeLog } from '../../connect/contact-change.js';
import type { Contact } from '../../connect/contact.js';
import { type ContactEvent, toContactEvent } from './write-event.js';

/** Parts of an {@link EventSender}. */
export interface EventSenderParts {
  readonly log: ChangeLog;
  readonly instanceId: string;
  describe(contactIds: readonly string[]): Promise<Answers<Contact>>;
  /** Sends an event. Rejects if it was not accepted, and may be sent again. */
  send(event: ContactEvent, signal: AbortSignal): Promise<void>;
  /** The number of the last change that was sent; it outlasts the process. */
  readonly position: { read(): Promise<number | undefined>; write(id: number): Promise<void> };
  /** Waits. Rejects if `signal` fires meanwhile. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** A clock in milliseconds. */
  now(): number;
  readonly events: EventSenderEvents;
}

/** Receives what happens to a sender, for operators. */
export interface EventSenderEvents {
  /** An event was not accepted, for the first time in a row, or one is accepted again. */
  onTarget(event: { readonly accepts: boolean; readonly error?: unknown }): void;
  /** Changes left the log before they could be sent. */
  onLost(event: { readonly instanceId: string; readonly count: number }): void;
}

/** Changes that are read at once. */
const PAGE = 100;

/** Time between two writes of the position, in milliseconds. After a crash the events of it are sent again, with the same ids. */
const POSITION_MS = 5_000;

/** Pauses after failures in a row, in milliseconds, and the one after all others. */
const PAUSES_MS = [100, 300, 1_000, 3_000];
const LONGEST_PAUSE_MS = 10_000;

/**
 * Sends the changes of one instance as contact events, one by one and in order. The log is the backlog: nothing waits in memory,
 * and no change waits for its event.
 */
export class EventSender {
  readonly #parts: EventSenderParts;
  readonly #closing = new AbortController();
  /** Number of the last change that was sent, the last one that was written, and when. */
  #position: number;
  #written: number;
  #writtenAt: number;
  #accepts = true;
  #hasMore = false;
  #isRunning = false;
  #running: Promise<void> = Promise.resolve();
  readonly #unfollow: () => void;

  private constructor(parts: EventSenderParts, position: number) {
    this.#parts = parts;
    this.#position = position;
    this.#written = position;
    this.#writtenAt = parts.now();
    this.#unfollow = parts.log.follow(() => this.#wake());
    this.#wake();
  }

  /** Continues after the last change that was sent; the first time it begins with changes from now on. */
  static async start(parts: EventSenderParts): Promise<EventSender> {
    const { newest } = await parts.log.bounds(parts.instanceId);
    const position = Math.min((await parts.position.read()) ?? newest, newest);
    await parts.position.write(position);
    return new EventSender(parts, position);
  }

  /** Ends it. The changes that are left are sent after the next start. */
  async close(): Promise<void> {
    this.#unfollow();
    this.#closing.abort();
    await this.#running;
    await this.#writePosition();
  }

  #wake(): void {
    this.#hasMore = true;
    if (!this.#isRunning) this.#running = this.#run();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    this.#isRunning = true;
    for (let failed = 0; this.#hasMore && !signal.aborted; ) {
      this.#hasMore = false;
      try {
        await this.#sendPage();
        if (this.#parts.now() - this.#writtenAt >= POSITION_MS) await this.#writePosition();
        failed = 0;
      } catch (error) {
        this.#report(false, error);
        this.#hasMore = true;
        await this.#parts.pause(PAUSES_MS[failed] ?? LONGEST_PAUSE_MS, signal).catch(() => {});
        failed += 1;
      }
    }
    // In the same turn as the last look at #hasMore, so that no report of more is missed.
    this.#isRunning = false;
  }

  /** Sends the next changes. What was sent before a failure is not sent again. */
  async #sendPage(): Promise<void> {
    const { log, instanceId, describe, send, events } = this.#parts;
    const { signal } = this.#closing;
    const page = await log.read(instanceId, this.#position, PAGE);
    const [first] = page;
    if (first === undefined) return;
    const lost = first.id - this.#position - 1;
    if (lost > 0) events.onLost({ instanceId, count: lost });
    const name = await log.name();
    const ids = [...new Set(page.map(({ contactId }) => contactId))];
    const contacts = await describe(ids);
    const byId = new Map(ids.map((id, index) => [id, contacts[index]]));
    for (const change of page) {
      if (signal.aborted) return;
      const contact = byId.get(change.contactId);
      if (contact instanceof Error) throw contact;
      // A contact that was removed meanwhile has nothing to report.
      if (contact) await send(toContactEvent(name, change, contact), signal);
      this.#position = change.id;
      this.#report(true);
    }
    this.#hasMore = true;
  }

  #report(accepts: boolean, error?: unknown): void {
    if (accepts === this.#accepts || this.#closing.signal.aborted) return;
    this.#accepts = accepts;
    this.#parts.events.onTarget({ accepts, error });
  }

  async #writePosition(): Promise<void> {
    this.#writtenAt = this.#parts.now();
    if (this.#position === this.#written) return;
    const position = this.#position;
    try {
      await this.#parts.position.write(position);
      this.#written = position;
    } catch {
      // Written the next time; until then a restart sends some events again.
    }
  }
}
