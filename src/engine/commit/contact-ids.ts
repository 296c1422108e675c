import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** Where the counter begins: below it there is room for three thousand million ids, the field being 32 bits wide. */
const FIRST_COUNT_BELOW = 2 ** 30;

/**
 * Makes ids of contacts: UUIDv7, which sort by time, and within one millisecond in the order in which they were taken,
 * so that contacts of one instant keep the order of their creation. The rest of each id is random.
 *
 * @returns gives the next id for an instant, in milliseconds since the epoch
 */
export function contactIds(): (now: number) => string {
  let count = randomInt(FIRST_COUNT_BELOW);
  return (now) => uuidv7({ msecs: now, seq: count++ % 2 ** 32 });
}
