import type { Queued } from './fair-queue.js';

/** What a queue knows when it refuses someone. */
export interface QueueSeen {
  /** Those who wait, in the order of their turns. */
  readonly order: readonly Queued[];
  /** When the token after so many others is there, in milliseconds since the epoch. */
  readonly timeOf: (place: number) => number;
}

/**
 * When the queue will have room for someone, if nobody else comes: the earliest instant, in milliseconds since the epoch, at
 * which one who then came would have a token within the time that he can wait.
 *
 * By then some were served. Who is still there is before him as far as turns can put them there: each other caller with as
 * many items as he has himself, and one more.
 *
 * @param waits how long he can wait, in milliseconds
 */
export function roomFor(one: Queued, waits: number, { order, timeOf }: QueueSeen): number {
  const tokenOf = (served: number) => timeOf(served + placeOf(one, order.slice(served)));
  // The later he comes, the fewer are before him: the first moment at which they are few enough is found by halving.
  let [least, most] = [0, order.length];
  while (least < most) {
    const served = Math.floor((least + most) / 2);
    if (tokenOf(served) - waits < timeOf(served)) most = served;
    else least = served + 1;
  }
  const servedBy = least === 0 ? Number.NEGATIVE_INFINITY : timeOf(least - 1);
  return Math.max(servedBy, tokenOf(least) - waits);
}

/** How many of those who wait are served before someone who comes now, at most. */
function placeOf({ caller, purpose }: Queued, order: readonly Queued[]): number {
  const counts = new Map<string, number>();
  let mutations = 0;
  for (const each of order) {
    if (each.purpose === purpose) counts.set(each.caller, (counts.get(each.caller) ?? 0) + 1);
    else if (each.purpose === 'MUTATION') mutations++;
  }
  const own = counts.get(caller) ?? 0;
  let before = mutations + own;
  for (const [other, count] of counts) if (other !== caller) before += Math.min(count, own + 1);
  return before;
}
