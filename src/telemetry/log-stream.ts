import { writeSync } from 'node:fs';

/** Characters of one turn of the event loop from which they are written at once. */
const MAX_TURN = 64 * 1024;

/** Characters that may wait while standard error takes none. Beyond it, lines are dropped. */
const MAX_WAITING = 1024 * 1024;

/** Time between two attempts to write, in milliseconds, while standard error takes nothing. */
const RETRY_MS = 100;

/** How a {@link LogStream} writes, and who hears of what it lost. */
export interface LogStreamOptions {
  /** Writes bytes. Returns how many it wrote; throws if it can write none. Default: standard error, without waiting. */
  readonly write?: (bytes: Buffer) => number;
  /** Called once lines can be written again, with the number of those that were dropped. */
  readonly onDropped?: (lines: number) => void;
}

/**
 * A destination for pino that never blocks, throws or grows without a bound: a stalled reader and a full disk must not
 * end a request.
 *
 * Lines of one turn of the event loop are written together, because requests that share a commit have an audit line each
 * (a write for each line takes 6 µs). Lines that cannot be written wait, up to 1 MiB; those beyond it are dropped and
 * counted.
 */
export class LogStream {
  readonly #write: (bytes: Buffer) => number;
  readonly #onDropped: (lines: number) => void;
  /** Lines that were not handed to `#write` yet. */
  #waiting = '';
  /** What is left of the lines that were. */
  #unwritten: Buffer = Buffer.alloc(0);
  #retry: NodeJS.Timeout | undefined;
  #dropped = 0;
  #droppedEver = 0;
  #writtenWaiters: (() => void)[] = [];

  constructor({ write = writeToStandardError(), onDropped = () => {} }: LogStreamOptions = {}) {
    this.#write = write;
    this.#onDropped = onDropped;
  }

  /** Lines that were dropped since the start. */
  get droppedLines(): number {
    return this.#droppedEver;
  }

  /** Takes a line, and writes it at the end of this turn of the event loop at the latest. */
  write(line: string): void {
    if (this.#retry !== undefined && this.#waiting.length + this.#unwritten.length + line.length > MAX_WAITING) {
      this.#dropped++;
      this.#droppedEver++;
    } else this.#take(line);
  }

  /** The same stream for lines that must not be dropped. Their writer awaits {@link written}, which bounds their number. */
  readonly keeping = { write: (line: string): void => this.#take(line) };

  /** Writes what waits, unless nothing can be written at the moment. pino calls it with a callback. */
  flush(done?: () => void): void {
    if (this.#retry === undefined) this.#writeOut();
    done?.();
  }

  /** Makes a last attempt to write what waits: pino's name for it at the end of a process. */
  flushSync(): void {
    this.#writeOut();
  }

  /** Resolves when all lines so far are written. Undefined if they are. */
  written(): Promise<void> | undefined {
    this.flush();
    if (this.#waiting === '' && this.#unwritten.length === 0) return undefined;
    return new Promise((resolve) => {
      this.#writtenWaiters.push(resolve);
    });
  }

  #take(line: string): void {
    if (this.#waiting === '' && this.#retry === undefined) process.nextTick(() => this.flush());
    this.#waiting += line;
    if (this.#waiting.length > MAX_TURN) this.flush();
  }

  #writeOut(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    try {
      while (this.#unwritten.length > 0 || this.#waiting !== '') {
        if (this.#unwritten.length === 0) {
          this.#unwritten = Buffer.from(this.#waiting);
          this.#waiting = '';
        }
        this.#unwritten = this.#unwritten.subarray(this.#write(this.#unwritten));
      }
    } catch {
      // A full pipe, a full disk, a reader that has gone: whichever it is, only time can change it.
      this.#retry = setTimeout(() => this.#writeOut(), RETRY_MS).unref();
      return;
    }
    this.#report();
  }

  #report(): void {
    if (this.#writtenWaiters.length > 0) {
      for (const resolve of this.#writtenWaiters.splice(0)) resolve();
    }
    if (this.#dropped === 0) return;
    const lines = this.#dropped;
    this.#dropped = 0;
    this.#onDropped(lines);
  }
}

/** Opening `process.stderr` makes Node set a pipe to non-blocking. Without it a write would wait for a stalled reader. */
function writeToStandardError(): (bytes: Buffer) => number {
  const { fd } = process.stderr;
  return (bytes) => writeSync(fd, bytes);
}
