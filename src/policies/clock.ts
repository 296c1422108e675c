/** The clock that policies and deadlines go by. It measures durations and never goes back. */
export interface Clock {
  /** Returns whole milliseconds. Instants of different processes cannot be compared. */
  now(): number;
  /** Runs `action` once at or after `instant`. Returns a cancel function. */
  at(instant: number, action: () => void): () => void;
}

/** Maximum of Node's timers, in milliseconds; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The clock of the process. It starts at the wall clock's time and then ignores it, because a wall clock that is set
 * back must not keep a circuit open, an answer fresh or a call waiting.
 */
export const systemClock: Clock = {
  now,
  at(instant, action) {
    const timer = setTimeout(action, Math.min(Math.max(0, instant - now()), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

function now(): number {
  return Math.trunc(performance.timeOrigin + performance.now());
}
