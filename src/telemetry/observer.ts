import type { CallObserver } from '../connect/api-call.js';
import type { BatchObserver } from '../engine/commit/group-commit.js';
import type { RequestObserver } from '../pipeline/request-observer.js';

/** Receives the events of requests, of calls on Amazon Connect and of the engine's batches: metrics, traces, or both. */
export interface Observer extends RequestObserver, CallObserver, BatchObserver {
  /** Exports what it still holds. */
  close(): Promise<void>;
}

/** Combines two observers: each event goes to both. */
export function both(one: Observer, other: Observer): Observer {
  return {
    request(request) {
      const [first, second] = [one.request(request), other.request(request)];
      return {
        run: (work) => first.run(() => second.run(work)),
        ended(status) {
          first.ended(status);
          second.ended(status);
        },
      };
    },
    operation() {
      const [first, second] = [one.operation(), other.operation()];
      return {
        named(type, name) {
          first.named(type, name);
          second.named(type, name);
        },
        ended(codes) {
          first.ended(codes);
          second.ended(codes);
        },
      };
    },
    errors(place, codes) {
      one.errors(place, codes);
      other.errors(place, codes);
    },
    observe: (operation, call) => one.observe(operation, () => other.observe(operation, call)),
    traceHeaders: () => ({ ...one.traceHeaders(), ...other.traceHeaders() }),
    waiting: () => [one.waiting(), other.waiting()] as const,
    batch(requests) {
      const pairs = requests as readonly (readonly [unknown, unknown])[];
      const ends = [one.batch(pairs.map(([first]) => first)), other.batch(pairs.map(([, second]) => second))];
      return () => {
        for (const end of ends) end();
      };
    },
    async close() {
      await Promise.all([one.close(), other.close()]);
    },
  };
}
