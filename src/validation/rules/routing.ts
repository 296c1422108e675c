import type { UpdateContactRoutingDataRequest } from '../../connect/lifecycle.js';
import { QUEUE_PRIORITY, QUEUE_TIME_ADJUSTMENT } from '../../connect/limits.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';
import { excerpt, plural } from '../text.js';

const DIGITS = /^[1-9]\d{0,18}$/;

/** Bounds the priority of a contact in a queue. */
export const queuePriorityRange: Rule<string> = {
  id: 'api/queue-priority-range',
  limit: `a whole number from ${QUEUE_PRIORITY.min} to ${QUEUE_PRIORITY.max}, in decimal digits`,
  source: 'UpdateContactRoutingData, QueuePriority: 1 to 9223372036854775807',
  check: (digits) =>
    DIGITS.test(digits) && BigInt(digits) <= QUEUE_PRIORITY.max ? NO_FINDINGS : finding(excerpt(digits)),
};

/** Bounds the seconds that are added to the time in a queue. */
export const queueTimeAdjustmentRange: Rule<number> = {
  id: 'api/queue-time-adjustment-range',
  limit: `${QUEUE_TIME_ADJUSTMENT.min} to ${QUEUE_TIME_ADJUSTMENT.max} whole seconds`,
  source: 'UpdateContactRoutingData, QueueTimeAdjustmentSeconds: an integer of 32 bits',
  check: (seconds) =>
    Number.isInteger(seconds) && seconds >= QUEUE_TIME_ADJUSTMENT.min && seconds <= QUEUE_TIME_ADJUSTMENT.max
      ? NO_FINDINGS
      : finding(plural(seconds, 'second')),
};

/**
 * Requires one member that routes the contact. GraphQL inputs satisfy it by their type (@oneOf). The finding has a path,
 * because UpdateContactRoutingData models InvalidParameterException and no InvalidRequestException.
 */
export const oneRoutingMember: Rule<UpdateContactRoutingDataRequest> = {
  id: 'api/one-routing-member',
  limit: 'exactly one of QueuePriority and QueueTimeAdjustmentSeconds',
  source: 'UpdateContactRoutingData: either of both within the request body, but not both',
  check({ queuePriority, queueTimeAdjustmentSeconds }) {
    const [hasPriority, hasAdjustment] = [queuePriority !== undefined, queueTimeAdjustmentSeconds !== undefined];
    if (hasPriority !== hasAdjustment) return NO_FINDINGS;
    return [{ path: ['queuePriority'], actual: hasPriority ? 'both' : 'none of them' }];
  },
};
