import { Readable } from 'node:stream';
import type { FormattedExecutionResult } from 'graphql';
import type { StreamFormat } from './stream-format.js';

/** Bytes that wait for the client before no further result is asked for. */
const WAITING_BYTES = 16_384;

/**
 * Writes results as the body of a response. A result is asked for when the client has read those before, so that a slow client
 * makes its source wait and holds a bounded number of bytes.
 */
export class StreamBody extends Readable {
  readonly #format: StreamFormat;
  readonly #results: AsyncIterator<FormattedExecutionResult>;
  readonly #heartbeat: NodeJS.Timeout;
  #isWanted = true;
  #isPumping = false;
  #isComplete = false;

  constructor(format: StreamFormat, results: AsyncIterable<FormattedExecutionResult>) {
    super({ highWaterMark: WAITING_BYTES });
    this.#format = format;
    this.#results = results[Symbol.asyncIterator]();
    this.push(format.begin);
    this.#heartbeat = setInterval(() => this.#beat(), format.heartbeatMs);
    this.#heartbeat.unref();
  }

  /**
   * Ends the stream.
   *
   * @param result the last result. Default: none
   */
  complete(result?: FormattedExecutionResult): void {
    if (this.#isComplete || this.destroyed) return;
    this.#isComplete = true;
    clearInterval(this.#heartbeat);
    if (result) this.push(this.#format.next(result));
    this.push(this.#format.complete);
    this.push(null);
  }

  override _read(): void {
    this.#isWanted = true;
    if (!this.#isPumping) void this.#pump();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    clearInterval(this.#heartbeat);
    this.#isComplete = true;
    // The source may wait for its next event. It ends by the request's signal.
    this.#results.return?.().catch(() => {});
    callback(error);
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    try {
      while (this.#isWanted && !this.#isComplete) {
        const { value, done } = await this.#results.next();
        if (this.#isComplete) return;
        if (done) return this.complete();
        this.#isWanted = this.push(this.#format.next(value));
        this.#heartbeat.refresh();
      }
    } catch (error) {
      this.destroy(error as Error);
    } finally {
      this.#isPumping = false;
    }
  }

  #beat(): void {
    if (this.readableLength === 0) this.push(this.#format.heartbeat);
  }
}
