import type { Channel, Contact, Reference } from '../contact.js';
import { deriveState } from '../contact-state.js';
import { arnOf } from './arn.js';
import type { ContactReadRow } from './store/store.js';

/**
 * A row as the port tells it, at the instant when it was read. A task whose expiry has passed has ended, whether or not
 * that has been written down yet.
 */
export function toContact(row: ContactReadRow): Contact {
  const now = Math.max(row.clock, row.lastInstant);
  const expired = row.endedAt === null && row.channel === 'TASK' && row.expiresAt !== null && row.expiresAt <= now;
  const endedAt = expired ? row.expiresAt : row.endedAt;
  const disconnectReason = expired ? 'EXPIRED' : row.disconnectReason;
  const updatedAt = expired ? (row.expiresAt ?? row.updatedAt) : row.updatedAt;
  return {
    instanceId: row.instanceId,
    id: row.id,
    arn: arnOf(row.instanceArn, 'CONTACT', row.id),
    channel: row.channel as Channel,
    initiationMethod: row.initiationMethod,
    initiatedAt: new Date(row.initiatedAt),
    state: deriveState({ ...row, endedAt }, now),
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
    references: row.references === null ? [] : (JSON.parse(row.references) as readonly Reference[]),
  };
}
