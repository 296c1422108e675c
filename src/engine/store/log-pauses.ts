import { setTimeout as delay } from 'node:timers/promises';

/** Size of the log from which scans pause, in bytes; and how far it must have grown since before they pause again. */
const PAUSE_BYTES = 32 * 1024 * 1024;
const GROWN_BYTES = 16 * 1024 * 1024;

/** How long a pause lasts when no scan runs any more, in milliseconds: time for some commits. */
const PAUSE_MS = 50;

/**
 * Lets SQLite begin its write-ahead log anew now and then. It cannot as long as a reader is under way, and where scans
 * follow one another one always is: the log would grow for as long as they do.
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

  /** Runs a scan, after the pause if there is one. */
  async run<Result>(scan: () => Promise<Result>): Promise<Result> {
    if (this.#logBytes() > this.#pauseAt) this.#pause ??= this.#letBeginAnew();
    await this.#pause;
    this.#running++;
    try {
      return await scan();
    } finally {
      this.#running--;
      if (this.#running === 0) this.#allEnded();
    }
  }

  async #letBeginAnew(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => (this.#allEnded = resolve));
    await delay(PAUSE_MS);
    // Without a commit in the pause the log is as it was, and another pause would help no more.
    this.#pauseAt = Math.max(PAUSE_BYTES, this.#logBytes() + GROWN_BYTES);
    this.#pause = undefined;
  }
}
