import type { HttpResponse } from '@smithy/types';
import type { Dispatcher } from 'undici';
import { ANSWER_TOO_LARGE, toNodeError } from '../connection-errors.js';

/** The parts of an {@link Exchange}. */
export interface ExchangeParts {
  readonly signal: AbortSignal | undefined;
  /** Timeout of the answer to its last byte, in milliseconds. 0: none. */
  readonly timeoutMs: number;
  /** Maximum size of the answer's body, in bytes. */
  readonly maxBytes: number;
  resolve(answer: { readonly response: HttpResponse }): void;
  reject(error: unknown): void;
}

/**
 * One request and its answer, as undici reports it. It collects the answer's body, because the SDK accepts bytes as
 * well as a stream, and reading a few hundred bytes costs less than a stream.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #parts: ExchangeParts;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #controller: Dispatcher.DispatchController | undefined;
  /** The error that ended it early. It also applies if undici sends the request only after that. */
  #end: Error | undefined;
  #statusCode = 0;
  #reason = '';
  #headers: Record<string, string> = {};

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    const { signal, timeoutMs } = parts;
    if (timeoutMs > 0) this.#timer = setTimeout(() => this.#cancel(timedOut(timeoutMs)), timeoutMs);
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
    if (this.#bytes > this.#parts.maxBytes) this.#cancel(tooLarge(this.#parts.maxBytes));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#release();
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#parts.resolve({
      response: { statusCode: this.#statusCode, reason: this.#reason, headers: this.#headers, body } as HttpResponse,
    });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#release();
    this.#parts.reject(toNodeError(error));
  }

  readonly #abort = (): void => {
    const error = new Error('Request aborted', { cause: this.#parts.signal?.reason });
    this.#cancel(Object.assign(error, { name: 'AbortError' }));
  };

  /** Rejects at once and closes the connection, because an answer may still arrive on it. */
  #cancel(error: Error): void {
    this.#release();
    this.#parts.reject(error);
    this.#end = error;
    this.#controller?.abort(error);
  }

  #release(): void {
    clearTimeout(this.#timer);
    this.#parts.signal?.removeEventListener('abort', this.#abort);
  }
}

function tooLarge(bytes: number): Error {
  return Object.assign(new Error(`The answer has more than ${bytes} bytes`), { code: ANSWER_TOO_LARGE });
}

function timedOut(ms: number): Error {
  const error = new Error(`No answer came within ${ms} ms`);
  return Object.assign(error, { name: 'TimeoutError', code: 'ETIMEDOUT' });
}
