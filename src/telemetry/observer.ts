import type { CallObserver } from '../connect/call-observer.js';
import type { BatchObserver } from '../engine/commit/batch-observer.js';
import type { RequestObserver } from '../pipeline/request-observer.js';

/** Watches all that the gateway does: metrics, traces, or both. */
export interface Observer extends RequestObserver, CallObserver, BatchObserver {
  /** Hands over what it still has. */
  close(): Promise<void>;
}
