import type { CallOptions } from './call.js';
import type { MethodKind } from './methods.js';
import type { RatedOperation } from './rates.js';

/** One call on the API, as an adapter is about to make it. */
export interface ApiCall {
  readonly operation: RatedOperation;
  /** The account and region that the call is counted for: calls of one scope share the operation's rate. */
  readonly scope: string;
  readonly kind: MethodKind;
  /** The token that a creation carries: each repeat of the call carries the same. */
  readonly clientToken?: string;
  /** What the caller of the port said. */
  readonly options: CallOptions;
}

/**
 * Makes the call, each time anew; throws nothing but errors of the port.
 *
 * @param signal breaks it off, where it is a read; a change is only kept from being sent
 */
export type Send<Output> = (signal?: AbortSignal) => Promise<Output>;

/** What stands between an adapter and the API: decides when a call is made, whether at all, and how often. */
export type AroundCall = <Output>(call: ApiCall, send: Send<Output>) => Promise<Output>;

/** Nothing in between. */
export const sendAsItIs: AroundCall = ({ options }, send) => send(options.signal);

/** Watches the calls on whoever provides Amazon Connect. It changes nothing and never throws by itself. */
export interface CallObserver {
  /**
   * Makes a call. What it answers or throws passes as it is.
   *
   * @param operation how the API calls it; StartTaskContact
   */
  observe<Result>(operation: string, call: () => Promise<Result>): Promise<Result>;
  /** Headers that hand the trace of the call at hand on to who is called, by W3C Trace Context. */
  traceHeaders(): Readonly<Record<string, string>>;
}
