import { setTimeout as sleep } from 'node:timers/promises';
import type { Traffic } from './traffic.js';

/** How fast a worker of the runner goes. */
export interface Pace {
  /** Items that it leases at once. */
  size(): number;
  /** Waits between two leases, after work that took some time. */
  rest(tookMs: number): Promise<void>;
}

/** The pace before a budget: an item at a time, each of which waits for its token. */
export const ONE_BY_ONE: Pace = { size: () => 1, rest: async () => {} };

/** Items at once beside traffic, and without it. A batch of the engine has 256 at most. */
const FEW = 4;
const MANY = 64;

/**
 * How often the time of its own work a worker rests beside traffic. It then takes 4 % of the process, so that 95 of 100
 * requests do not meet it at all.
 */
const RESTS = 24;

/** Longest rest, in milliseconds, so that a job goes on under any load. */
const LONGEST_REST_MS = 500;

/**
 * The pace beside the engine of this process, which has one thread: it works in full while few requests come, begins small
 * again with traffic, and leaves nearly all of the time to it.
 */
export class IdlePace implements Pace {
  readonly #traffic: Traffic;
  #size = FEW;

  constructor(traffic: Traffic) {
    this.#traffic = traffic;
  }

  size(): number {
    if (this.#traffic.isDense) this.#size = FEW;
    return this.#size;
  }

  async rest(tookMs: number): Promise<void> {
    if (this.#traffic.isDense) {
      await sleep(Math.min(LONGEST_REST_MS, Math.max(1, tookMs * RESTS)), undefined, { ref: false });
      return;
    }
    this.#size = Math.min(MANY, this.#size * 2);
    // Requests that arrived meanwhile are read first.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
