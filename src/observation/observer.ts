import type { CallObserver } from '../connect/call-observer.js';
import type { BatchObserver } from '../connect/embedded/batch-observer.js';
import type { RequestObserver } from '../http/request-observer.js';

/** Watches all that the gateway does: metrics, traces, or both. */
export interface Observer extends RequestObserver, CallObserver, BatchObserver {
  /** Hands over what it still has. */
  close(): Promise<void>;
}
