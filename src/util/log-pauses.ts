import { setTimeout as delay } from 'node:timers/promises';

/** Size of the log at which scans pause, and growth of the log before they pause again, in bytes. */
const PAUSE_BYTES = 32 * 1024 * 1024;
const GROWN_BYTES = 16 * 1024 * 1024;

/** Length of a pause after the last running scan, in milliseconds: enough for some commits. */
const PAUSE_MS = 50;

/**
 * Pauses scans now and then, so that SQLite can reset its write-ahead log. It cannot while a read transaction is open, and
 * the log would grow as long as scans follow each other without a gap.
 */
export class LogPauses {
  readonly #logBytes: () => number;
  #pauseAt = PAUSE_BYTES;
  #running = 0;
  #pause: Promise<void> | undefined;
  #allEnded = () => {};

  constructor(logBytes: () => number) {
    this.#logBytes = logBytes;
  }

  /** Runs a scan, after the current pause if there is one. */
  async run<Result>(scan: () => Promise<Result>): Promise<Result> {
    if (this.#logBytes() > this.#pauseAt) this.#pause ??= this.#waitForReset();
    await this.#pause;
    this.#running++;
    try {
      return await scan();
    } finally {
      this.#running--;
      if (this.#running === 0) this.#allEnded();
    }
  }

  async #waitForReset(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => (this.#allEnded = resolve));
    await delay(PAUSE_MS);
    // Without a commit in the pause the log keeps its size, and a second pause would not help.
    this.#pauseAt = Math.max(PAUSE_BYTES, this.#logBytes() + GROWN_BYTES);
    this.#pause = undefined;
  }
}
