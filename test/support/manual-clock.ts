import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/policies/clock.js';
import { NOW } from './engine.js';

/** A clock that a test moves. */
export class ManualClock implements Clock {
  #now = NOW;
  #timers: { readonly instant: number; readonly action: () => void }[] = [];

  readonly now = () => this.#now;

  at(instant: number, action: () => void): () => void {
    const timer = { instant, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  /** Whether anything waits for its time. */
  get isAwaited(): boolean {
    return this.#timers.length > 0;
  }

  /** Moves on, and lets everything happen that is due on the way, each thing at its time. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await setImmediate();
    for (;;) {
      const [next] = this.#timers.filter(({ instant }) => instant <= end).sort((a, b) => a.instant - b.instant);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.instant);
      next.action();
      await setImmediate();
    }
    this.#now = end;
  }

  /** Moves on from one thing that is due to the next, until nothing is. */
  async run(): Promise<void> {
    await setImmediate();
    while (this.isAwaited) {
      await this.advance(Math.max(0, Math.min(...this.#timers.map(({ instant }) => instant)) - this.#now));
    }
  }
}
