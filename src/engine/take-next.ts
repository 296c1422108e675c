import { bareId } from '../connect/arn.js';
import { IllegalStateError, ResourceNotFoundError } from '../connect/errors.js';
import type { ControlRequest, ControlResult } from './decide/control-contact.js';
import type { Store } from './store/store.js';

/** A request for the next task of a queue. */
export interface TakeNextRequest {
  readonly instanceId: string;
  readonly queueId: string;
  /** The agent. Default: that of the task's quick connect, else the instance's first by id. */
  readonly userId?: string;
}

/**
 * Connects the next task of a queue to an agent. If another agent was faster, takes the one after it.
 *
 * @param connect connects a task that still waits in the queue
 * @returns undefined if no task waits
 * @throws ResourceNotFoundError for an unknown queue or user
 */
export async function takeNext(
  store: Pick<Store, 'resources' | 'nextInQueue'>,
  { instanceId, queueId, ...agent }: TakeNextRequest,
  connect: (request: ControlRequest) => Promise<ControlResult>,
): Promise<ControlResult | undefined> {
  const [queue] = await store.resources('queue', bareId(instanceId), [bareId(queueId)]);
  if (queue === undefined) throw new ResourceNotFoundError('QUEUE', queueId, 'queueId');
  for (let last: string | undefined; ; ) {
    const contactId = await store.nextInQueue(queue.instanceId, queue.id);
    if (contactId === undefined) return undefined;
    try {
      return await connect({ instanceId, contactId, ...agent, fromQueueId: queue.id });
    } catch (error) {
      // A task that is refused twice is not one that another agent took.
      if (!(error instanceof IllegalStateError) || contactId === last) throw error;
      last = contactId;
    }
  }
}
