import type { EventOutcome } from './hint-intake.js';

/** A queue that contact events are read from. */
export interface EventQueue {
  /** Waits for messages. Rejects if the queue cannot be read, or if `signal` fires. */
  receive(signal: AbortSignal): Promise<readonly { readonly body: string; readonly receipt: string }[]>;
  /** Deletes messages. One that cannot be deleted is received again. */
  delete(receipts: readonly string[]): Promise<void>;
  close(): void;
}

/** Parts of a {@link QueueReader}. */
export interface QueueReaderParts {
  readonly queue: EventQueue;
  /** Takes an event. It never throws. */
  take(event: unknown): EventOutcome;
  /** Waits. Rejects if `signal` fires meanwhile. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** The queue became unreadable, or readable again. */
  onReadable(event: { readonly isReadable: boolean; readonly error?: unknown }): void;
}

/** Pauses after failures in a row, in milliseconds, and the one after all others. */
const PAUSES_MS = [1_000, 3_000, 10_000];
const LONGEST_PAUSE_MS = 30_000;

/** Outcomes after which a message stays: the queue's own rule passes it on to a dead-letter queue. */
const POISON: ReadonlySet<EventOutcome> = new Set(['MALFORMED', 'FOREIGN']);

/** Reads contact events from a queue until it is closed. A message is deleted after its event was taken. */
export class QueueReader {
  readonly #parts: QueueReaderParts;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  #isReadable = true;

  constructor(parts: QueueReaderParts) {
    this.#parts = parts;
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
    this.#parts.queue.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    for (let failed = 0; !signal.aborted; ) {
      try {
        await this.#readOnce();
        this.#report(true);
        failed = 0;
      } catch (error) {
        this.#report(false, error);
        await this.#parts.pause(PAUSES_MS[failed] ?? LONGEST_PAUSE_MS, signal).catch(() => {});
        failed += 1;
      }
    }
  }

  async #readOnce(): Promise<void> {
    const { queue, take } = this.#parts;
    const messages = await queue.receive(this.#closing.signal);
    const done = messages.filter(({ body }) => !POISON.has(take(parsed(body)))).map(({ receipt }) => receipt);
    if (done.length > 0) await queue.delete(done);
  }

  #report(isReadable: boolean, error?: unknown): void {
    if (isReadable === this.#isReadable || this.#closing.signal.aborted) return;
    this.#isReadable = isReadable;
    this.#parts.onReadable({ isReadable, error });
  }
}

/** Parses JSON; undefined, which is no event, for other text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
