/** The time that policies go by. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Does something once, at an instant or soon after it. Returns what calls it off. */
  at(instant: number, action: () => void): () => void;
}

/** Longest time that a timer of Node takes, in milliseconds; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The system's clock. */
export const systemClock: Clock = {
  now: Date.now,
  at(instant, action) {
    const timer = setTimeout(action, Math.min(Math.max(0, instant - Date.now()), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
