import type { HttpResponse } from '@smithy/types';
import type { Dispatcher } from 'undici';
import { ANSWER_TOO_LARGE, inNodesWords } from '../connection-errors.js';

/** What an {@link Exchange} ends with, and when at the latest. */
export interface ExchangeParts {
  readonly signal: AbortSignal | undefined;
  /** How long the answer may take, in milliseconds, from now to its last byte. 0: for ever. */
  readonly timeoutMs: number;
  /** Bytes of the answer's body, maximum. */
  readonly maxBytes: number;
  resolve(told: { readonly response: HttpResponse }): void;
  reject(error: unknown): void;
}

/**
 * One request and its answer, as undici tells of it. The answer's body is collected here: the SDK takes bytes as well as a
 * stream, and a stream for some hundred bytes costs more than reading them.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #parts: ExchangeParts;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #controller: Dispatcher.DispatchController | undefined;
  /** Why it was broken off, which also counts where undici begins to send only after that. */
  #end: Error | undefined;
  #statusCode = 0;
  #reason = '';
  #headers: Record<string, string> = {};

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    const { signal, timeoutMs } = parts;
    if (timeoutMs > 0) this.#timer = setTimeout(() => this.#breakOff(tooLate(timeoutMs)), timeoutMs);
    if (signal?.aborted) this.#abort();
    else signal?.addEventListener('abort', this.#abort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#end) controller.abort(this.#end);
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    statusCode: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    reason = '',
  ): void {
    this.#statusCode = statusCode;
    this.#reason = reason;
    for (const name in headers) this.#headers[name] = String(headers[name]);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#parts.maxBytes) this.#breakOff(tooLarge(this.#parts.maxBytes));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#leave();
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#parts.resolve({
      response: { statusCode: this.#statusCode, reason: this.#reason, headers: this.#headers, body } as HttpResponse,
    });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#leave();
    this.#parts.reject(inNodesWords(error));
  }

  readonly #abort = (): void => {
    const error = new Error('Request aborted', { cause: this.#parts.signal?.reason });
    this.#breakOff(Object.assign(error, { name: 'AbortError' }));
  };

  /** Ends it for whoever waits, at once; the connection is closed, since an answer may still come on it. */
  #breakOff(error: Error): void {
    this.#leave();
    this.#parts.reject(error);
    this.#end = error;
    this.#controller?.abort(error);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#parts.signal?.removeEventListener('abort', this.#abort);
  }
}

function tooLarge(bytes: number): Error {
  return Object.assign(new Error(`The answer has more than ${bytes} bytes`), { code: ANSWER_TOO_LARGE });
}

function tooLate(ms: number): Error {
  const error = new Error(`No answer came within ${ms} ms`);
  return Object.assign(error, { name: 'TimeoutError', code: 'ETIMEDOUT' });
}
