import { AdjustableClock } from '../controls/adjustable-clock.js';

/** A time span. The members add up. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** A first instant of a clock: RFC 3339, milliseconds since the epoch, or a Date. */
export type Instant = string | number | Date;

/** The clock of one test kit. */
export class TestClock {
  readonly #clock: AdjustableClock;
  readonly #onMoved: () => Promise<void>;

  /**
   * @param start a clock that stands still at that instant; undefined: the system's clock
   * @param onMoved called when the clock was moved
   * @throws RangeError if `start` is no instant
   */
  constructor(start: Instant | undefined, onMoved: () => Promise<void>) {
    const at = start === undefined ? undefined : new Date(start).getTime();
    if (Number.isNaN(at)) throw new RangeError(`now: expected an instant such as 2026-06-01T12:00:00Z, got ${start}.`);
    this.#clock = new AdjustableClock(at === undefined ? Date.now : () => at);
    this.#onMoved = onMoved;
  }

  /** Returns the current instant, in milliseconds since the epoch. */
  readonly now = (): number => this.#clock.now();

  /**
   * Moves the clock forward: schedules come due and tasks expire at once.
   *
   * @throws RangeError beyond ten years
   */
  async advance({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }: Span): Promise<void> {
    this.#clock.offsetSeconds += ((days * 24 + hours) * 60 + minutes) * 60 + seconds + milliseconds / 1000;
    await this.#onMoved();
  }

  /** Moves the clock back to its first instant, or to the system's clock. */
  reset(): void {
    this.#clock.offsetSeconds = 0;
  }
}
