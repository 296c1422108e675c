import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** The counter's room within one batch: far more than a batch holds, far less than the field's 32 bits. */
const FIRST_COUNT_BELOW = 2 ** 30;

/**
 * Makes the ids of one batch: UUIDv7, which sort by time, and within the batch in the order in which they were taken.
 * The rest of each id is random.
 *
 * @param now the batch's instant, in milliseconds since the epoch
 */
export function idsOf(now: number): () => string {
  let count = randomInt(FIRST_COUNT_BELOW);
  return () => uuidv7({ msecs: now, seq: count++ });
}
