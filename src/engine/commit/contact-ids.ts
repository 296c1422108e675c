import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** Upper bound of the counter's first value. It leaves room for three billion ids, because the field has 32 bits. */
const FIRST_COUNT_BELOW = 2 ** 30;

/**
 * Creates a generator of contact ids. They are UUIDv7, which sort by time and, within one millisecond, by creation, so
 * contacts of one instant keep their order. The rest of each id is random.
 *
 * @returns the next id for an instant in milliseconds since the epoch
 */
export function contactIds(): (now: number) => string {
  let count = randomInt(FIRST_COUNT_BELOW);
  return (now) => uuidv7({ msecs: now, seq: count++ % 2 ** 32 });
}
