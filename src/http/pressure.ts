import { getHeapStatistics } from 'node:v8';

/** How late a timer may be, in milliseconds, before the event loop counts as running away. */
const MAX_DELAY_MS = 1_000;

/** How much of the heap that Node may have can be in use. Beyond it, collections take the time that requests need. */
const MAX_HEAP_SHARE = 0.9;

/** How often both are looked at, in milliseconds. */
const INTERVAL_MS = 250;

/** What one look at the process found. */
export interface PressureSample {
  /** How much later than wanted the look came, in milliseconds. */
  readonly delayMs: number;
  /** The share of the heap that is in use. */
  readonly heapShare: number;
}

/**
 * Whether the process is under pressure, by its last two samples: one alone may be a collection, or one answer that took
 * long to write, and it is over when it is seen.
 */
export function isPressure(samples: readonly [PressureSample, PressureSample]): boolean {
  return samples.every(({ delayMs, heapShare }) => delayMs > MAX_DELAY_MS || heapShare > MAX_HEAP_SHARE);
}

/**
 * Watches memory and the event loop of this process.
 *
 * @returns whether they run away, and how to end
 */
export function watchPressure(): { readonly isHigh: () => boolean; readonly stop: () => void } {
  let samples: readonly [PressureSample, PressureSample] = [
    { delayMs: 0, heapShare: 0 },
    { delayMs: 0, heapShare: 0 },
  ];
  let due = performance.now() + INTERVAL_MS;
  const timer = setInterval(() => {
    const now = performance.now();
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    samples = [samples[1], { delayMs: now - due, heapShare: used / limit }];
    due = now + INTERVAL_MS;
  }, INTERVAL_MS).unref();
  return { isHigh: () => isPressure(samples), stop: () => clearInterval(timer) };
}
