import type { CallOptions } from './call.js';
import type { MethodKind } from './methods.js';
import type { RatedOperation } from './rates.js';

/** One call on the API, as an adapter is about to make it. */
export interface ApiCall {
  readonly operation: RatedOperation;
  /** The account and region that the call counts for. Calls of one scope share the operation's rate. */
  readonly scope: string;
  readonly kind: MethodKind;
  /** The client token of a creation. Each repeat of the call carries the same token. */
  readonly clientToken?: string;
  /** The options of the port's caller. */
  readonly options: CallOptions;
}

/**
 * Sends the call, anew on each invocation; throws only errors of the port.
 *
 * @param signal aborts a read; a change is aborted only before it is sent
 */
export type Send<Output> = (signal?: AbortSignal) => Promise<Output>;

/** Middleware around an API call: decides whether, when and how often the call is sent. */
export type AroundCall = <Output>(call: ApiCall, send: Send<Output>) => Promise<Output>;

/** Sends each call unchanged. */
export const sendAsItIs: AroundCall = ({ options }, send) => send(options.signal);

/** Receives the calls to the provider of Amazon Connect. Implementations must not throw. */
export interface CallObserver {
  /**
   * Makes a call; passes its result or error on unchanged.
   *
   * @param operation the API's name: StartTaskContact
   */
  observe<Result>(operation: string, call: () => Promise<Result>): Promise<Result>;
  /** Returns headers that propagate the trace of the current call, by W3C Trace Context. */
  traceHeaders(): Readonly<Record<string, string>>;
}
