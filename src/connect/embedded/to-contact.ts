import type { Contact, Reference } from '../contact.js';
import { arnOf } from './arn.js';
import { lifeOf } from './decide/life.js';
import { readTags } from './decide/tag-contact.js';
import type { ContactReadRow } from './store/store.js';

/**
 * A row as the port tells it, at the instant when it was read. A task whose expiry has passed has ended, whether or not
 * that has been written down yet.
 */
export function toContact(row: ContactReadRow): Contact {
  const now = Math.max(row.clock, row.lastInstant);
  const { state, endedAt, disconnectReason, updatedAt } = lifeOf(row, now);
  return {
    instanceId: row.instanceId,
    id: row.id,
    arn: arnOf(row.instanceArn, 'CONTACT', row.id),
    channel: row.channel,
    initiationMethod: row.initiationMethod,
    initiatedAt: new Date(row.initiatedAt),
    state,
    updatedAt: new Date(updatedAt),
    ...(row.chainId !== row.id && { initialContactId: row.chainId }),
    ...(row.previousContactId !== null && { previousContactId: row.previousContactId }),
    ...(row.relatedContactId !== null && { relatedContactId: row.relatedContactId }),
    ...(row.name !== null && { name: row.name }),
    ...(row.description !== null && { description: row.description }),
    ...(row.scheduledAt !== null && { scheduledTime: new Date(row.scheduledAt) }),
    ...(row.expiresAt !== null && { expiresAt: new Date(row.expiresAt) }),
    ...(endedAt !== null && { endedAt: new Date(endedAt) }),
    ...(disconnectReason !== null && { disconnectReason }),
    ...(row.queueId !== null && {
      queue: { ...idOf(row.instanceArn, 'QUEUE', row.queueId), ...at('enqueuedAt', row.enqueuedAt) },
    }),
    ...(row.agentId !== null && {
      agent: {
        ...idOf(row.instanceArn, 'USER', row.agentId),
        ...at('connectedAt', row.connectedAt),
        ...at('afterContactWorkStartedAt', row.afterContactWorkStartedAt),
        ...at('afterContactWorkEndedAt', row.afterContactWorkEndedAt),
      },
    }),
    tags: readTags(row),
    associationId: row.associationId,
    ...(row.taskTemplateId !== null && {
      taskTemplate: {
        ...idOf(row.instanceArn, 'TASK_TEMPLATE', row.taskTemplateId),
        // Its present name: the engine keeps none of the time when the task was made (our decision).
        ...(row.taskTemplateName !== null && { name: row.taskTemplateName }),
      },
    }),
    ...(row.createdByUserId !== null && { createdBy: idOf(row.instanceArn, 'USER', row.createdByUserId) }),
    ...(row.assignmentType !== null && { assignmentType: row.assignmentType }),
    pauses: row.pauses,
    ...at('pausedAt', row.pausedAt),
    ...at('resumedAt', row.resumedAt),
    references: readReferences(row),
  };
}

/** The references of a row. */
export function readReferences({ references }: Pick<ContactReadRow, 'references'>): readonly Reference[] {
  return references === null ? [] : (JSON.parse(references) as readonly Reference[]);
}

function idOf(instanceArn: string, resource: 'QUEUE' | 'USER' | 'TASK_TEMPLATE', id: string) {
  return { id, arn: arnOf(instanceArn, resource, id) };
}

function at<Name extends string>(name: Name, instant: number | null): { readonly [Member in Name]?: Date } {
  return instant === null ? {} : ({ [name]: new Date(instant) } as { readonly [Member in Name]: Date });
}
