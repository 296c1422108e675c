import type { ContactMetrics } from '../../connect/contact.js';
import { arnOf } from '../arn.js';
import type { QueuePlaceRow } from '../store/store.js';

/**
 * How long a connection counts for the estimated wait, in milliseconds. Decision: the estimate is the mean wait of the tasks
 * that agents took from the queue in the last hour. There is none without such a task.
 */
export const WAIT_COUNTS_FOR_MS = 3_600_000;

/** Converts a row to the metrics of a contact. */
export function toMetrics({ id, instanceArn, place, meanWaitMs }: QueuePlaceRow): ContactMetrics {
  return {
    id,
    arn: arnOf(instanceArn, 'CONTACT', id),
    ...(place !== null && { queuePosition: place }),
    ...(meanWaitMs !== null && { estimatedWaitSeconds: meanWaitMs / 1000 }),
  };
}
