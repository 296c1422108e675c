import type { Contact, CustomerEndpoint, Reference } from '../../connect/contact.js';
import { DEFAULT_QUEUE_PRIORITY } from '../../connect/limits.js';
import { arnOf } from '../arn.js';
import { attachmentReferences, readAttachments } from './attachments.js';
import { readAttributes } from './attributes.js';
import { lifeOf } from './life.js';
import { readTags } from './tag-contact.js';
import type { ContactReadRow } from '../store/store.js';
import type { ContactRow } from '../store/tables.js';

/** Converts a row to a contact of the port, at the instant of its read. */
export function toContact(row: ContactReadRow): Contact {
  const { instanceArn, taskTemplateName } = row;
  return contactAt(instantOf(row), row, instanceArn, taskTemplateName);
}

/**
 * Converts a row to a contact of the port, at an instant. A task whose expiry has passed has ended, even if that is not
 * stored yet.
 *
 * @param now milliseconds since the epoch
 * @param taskTemplateName the present name of the task's template
 */
export function contactAt(now: number, row: ContactRow, instanceArn: string, taskTemplateName: string | null): Contact {
  const { id } = row;
  const { state, endedAt, disconnectReason, updatedAt } = lifeOf(row, now);
  // Members are set one by one, because spreading each of them is far slower for pages of 100 contacts.
  const contact: Writable<Contact> = {
    instanceId: row.instanceId,
    id,
    arn: arnOf(instanceArn, 'CONTACT', id),
    channel: row.channel,
    initiationMethod: row.initiationMethod,
    initiatedAt: new Date(row.initiatedAt),
    state,
    updatedAt: new Date(updatedAt),
    tags: readTags(row),
    associationId: row.associationId,
    pauseCount: row.pauses,
    references: allReferences(row, now, instanceArn),
  };
  if (row.chainId !== id) contact.initialContactId = row.chainId;
  if (row.previousContactId !== null) contact.previousContactId = row.previousContactId;
  if (row.relatedContactId !== null) contact.relatedContactId = row.relatedContactId;
  if (row.name !== null) contact.name = row.name;
  if (row.description !== null) contact.description = row.description;
  if (row.scheduledAt !== null) contact.scheduledTime = new Date(row.scheduledAt);
  if (row.expiresAt !== null) contact.expiresAt = new Date(row.expiresAt);
  if (endedAt !== null) contact.endedAt = new Date(endedAt);
  if (disconnectReason !== null) contact.disconnectReason = disconnectReason;
  if (row.queueId !== null) {
    contact.queue = idOf(instanceArn, 'QUEUE', row.queueId);
    if (row.enqueuedAt !== null) contact.enqueuedAt = new Date(row.enqueuedAt);
  }
  if (row.agentId !== null) {
    contact.agent = idOf(instanceArn, 'USER', row.agentId);
    if (row.connectedAt !== null) contact.connectedToAgentAt = new Date(row.connectedAt);
    const { afterContactWorkStartedAt, afterContactWorkEndedAt } = row;
    if (afterContactWorkStartedAt !== null) contact.afterContactWorkStartedAt = new Date(afterContactWorkStartedAt);
    if (afterContactWorkEndedAt !== null) contact.afterContactWorkEndedAt = new Date(afterContactWorkEndedAt);
  }
  if (row.taskTemplateId !== null) {
    contact.taskTemplate = {
      ...idOf(instanceArn, 'TASK_TEMPLATE', row.taskTemplateId),
      // Decision: the template's present name, because the engine does not keep its name at the task's creation.
      ...(taskTemplateName !== null && { name: taskTemplateName }),
    };
  }
  if (row.createdByUserId !== null) contact.createdBy = idOf(instanceArn, 'USER', row.createdByUserId);
  if (row.assignmentType !== null) contact.assignmentType = row.assignmentType;
  if (row.channel === 'TASK') {
    contact.queuePriority = row.queuePriority ?? DEFAULT_QUEUE_PRIORITY;
    const startedAt = row.scheduledAt ?? row.initiatedAt;
    if (startedAt <= (endedAt ?? now)) contact.connectedToSystemAt = new Date(startedAt);
  }
  if (row.queueTimeAdjustmentSeconds !== null) contact.queueTimeAdjustmentSeconds = row.queueTimeAdjustmentSeconds;
  if (row.segmentAttributes !== null) contact.segmentAttributes = readAttributes(row.segmentAttributes);
  if (row.customerEndpoint !== null) contact.customerEndpoint = JSON.parse(row.customerEndpoint) as CustomerEndpoint;
  if (row.pauses > 0) contact.pausedSeconds = Math.floor(pausedMs(row, endedAt ?? now) / 1000);
  if (row.pausedAt !== null) contact.pausedAt = new Date(row.pausedAt);
  if (row.resumedAt !== null) contact.resumedAt = new Date(row.resumedAt);
  return contact;
}

/** Returns how long all pauses of a contact took until an instant. A present pause counts too. */
function pausedMs({ pausedMs: ended, pausedAt, resumedAt }: ContactRow, until: number): number {
  const isPaused = pausedAt !== null && pausedAt > (resumedAt ?? Number.NEGATIVE_INFINITY);
  return isPaused ? ended + Math.max(0, until - pausedAt) : ended;
}

/** A thing under construction. */
type Writable<Thing> = { -readonly [Name in keyof Thing]: Thing[Name] };

/** Parses the references that requests stated. */
export function readReferences({ references }: Pick<ContactRow, 'references'>): readonly Reference[] {
  return references === null ? [] : (JSON.parse(references) as readonly Reference[]);
}

/** Returns the references of a row: those that requests stated, then one for each attachment. */
function allReferences(row: ContactRow, now: number, instanceArn: string): readonly Reference[] {
  const stated = readReferences(row);
  if (row.attachments === null) return stated;
  return [...stated, ...attachmentReferences(readAttachments(row, now), instanceArn)];
}

/** Reads the references of a row, at the instant of its read. */
export function toReferences(row: ContactReadRow): readonly Reference[] {
  return allReferences(row, instantOf(row), row.instanceArn);
}

/** Returns the instant of a row's read: the store's clock, or the latest instant of its instance if that is later. */
export function instantOf({ clock, lastInstant }: ContactReadRow): number {
  return Math.max(clock, lastInstant);
}

function idOf(instanceArn: string, resource: 'QUEUE' | 'USER' | 'TASK_TEMPLATE', id: string) {
  return { id, arn: arnOf(instanceArn, resource, id) };
}
