import type { TaskJobRow } from './job-tables.js';

/** Minimum time between two measurements of a rate, in milliseconds. */
const MEASURED_EVERY_MS = 1_000;

/** The part that the newest measurement has in the rate. */
const NEWEST_PART = 0.4;

/** Returns a job with its rate measured anew if the last measurement is old enough. A pause counts as a new beginning. */
export function rated(row: TaskJobRow, now: number): TaskJobRow {
  const items = row.created + row.failed;
  const ms = now - row.ratedAt;
  if (row.state !== 'RUNNING') return { ...row, rate: null, ratedAt: now, ratedItems: items };
  if (ms < MEASURED_EVERY_MS) return row;
  // A retry lowers the number of settled items.
  const measured = (Math.max(0, items - row.ratedItems) * 1_000_000) / ms;
  const rate = Math.round(row.rate === null ? measured : row.rate + (measured - row.rate) * NEWEST_PART);
  return { ...row, rate, ratedAt: now, ratedItems: items };
}
