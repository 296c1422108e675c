import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from '@smithy/types';
import type { Dispatcher } from 'undici';
// Not the package's main entry, because that replaces the fetch of the whole process, even if the environment set a
// proxy there, and loads twice as much.
import Agent from 'undici/lib/dispatcher/agent.js';
import { Exchange } from './exchange.js';

/** Options of the handler. */
export interface UndiciHandlerOptions {
  /** Timeout of connecting, TLS included, in milliseconds. */
  readonly connectionTimeoutMs: number;
  /** Timeout of the answer, connecting included, in milliseconds. 0: none. */
  readonly requestTimeoutMs: number;
  /** Maximum number of connections to one origin. Further requests wait. */
  readonly maxConnections: number;
}

/**
 * Time that an idle connection is kept if the service states none, in milliseconds. Decision: 50 s, which is longer
 * than callers pause and shorter than load balancers keep connections. A connection is thus rarely used while the other
 * side closes it.
 */
const IDLE_MS = 50_000;

/**
 * Sends the SDK's requests with undici, which takes less CPU than node:http.
 *
 * It behaves as the SDK's own handler: HTTP/1.1, the process's certificate authorities, no proxy, no request sent
 * twice. Errors have Node's codes.
 */
export class UndiciHandler implements RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #options: UndiciHandlerOptions;
  readonly #agent: Dispatcher;

  constructor(options: UndiciHandlerOptions) {
    this.#options = options;
    this.#agent = new Agent({
      connections: options.maxConnections,
      connectTimeout: options.connectionTimeoutMs,
      allowH2: false,
      keepAliveTimeout: IDLE_MS,
      // Each exchange has its own exact timer, which covers all of it.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  handle(
    request: HttpRequest,
    {
      abortSignal,
      requestTimeout = this.#options.requestTimeoutMs,
      maxAnswerBytes = Number.POSITIVE_INFINITY,
    }: HttpHandlerOptions & { readonly maxAnswerBytes?: number } = {},
  ): Promise<{ response: HttpResponse }> {
    return new Promise((resolve, reject) => {
      const signal = abortSignal as AbortSignal | undefined;
      const exchange = new Exchange({ signal, timeoutMs: requestTimeout, maxBytes: maxAnswerBytes, resolve, reject });
      if (signal?.aborted) return;
      const { protocol, hostname, port, method, headers, body } = request;
      const origin = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
      this.#agent.dispatch({ origin, path: pathOf(request), method, headers, body: body ?? null }, exchange);
    });
  }

  destroy(): void {
    void this.#agent.destroy();
  }

  /** Ignores the SDK's changes of options (other timeouts, a logger for its own agent), because none applies here. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): UndiciHandlerOptions {
    return this.#options;
  }
}

/** Returns the path with its query, escaped as in the signature. */
function pathOf({ path, query = {} }: HttpRequest): string {
  const parts: string[] = [];
  for (const name of Object.keys(query).sort()) {
    const value = query[name];
    if (value === null || value === undefined) parts.push(escaped(name));
    else for (const each of [value].flat()) parts.push(`${escaped(name)}=${escaped(each)}`);
  }
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}

/** Escapes all characters except the unreserved ones of RFC 3986. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
