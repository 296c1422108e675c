import type { PageRequest } from './call.js';

/** The types of queues (service model, QueueType). An agent queue holds the contacts of one user. */
export const QUEUE_TYPES = ['STANDARD', 'AGENT'] as const;

/** One of {@link QUEUE_TYPES}. */
export type QueueType = (typeof QUEUE_TYPES)[number];

/** A queue, as ListQueues and DescribeQueue return it. */
export interface Queue {
  readonly instanceId: string;
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** One of {@link QUEUE_TYPES}, or a type that the service added later. */
  readonly type: string;
}

/** A request of ListQueues. maxResults: 1 to 1000. Default: 100. */
export interface ListQueuesRequest extends PageRequest {
  readonly instanceId: string;
  /** Default: all types. */
  readonly types?: readonly QueueType[];
}

/** A request that reads queues. */
export interface QueuesRequest {
  readonly instanceId: string;
  readonly queueIds: readonly string[];
}
