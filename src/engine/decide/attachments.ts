import { createHash } from 'node:crypto';
import type { FileStatus, NewAttachment } from '../../connect/attachment.js';
import { ATTACHMENT, type Reference } from '../../connect/contact.js';
import { arnOf } from '../arn.js';
import type { ContactRow } from '../store/tables.js';

/** An attachment of a contact, as its row holds it. The address it is read from is not stored, because it is a secret. */
export interface StoredAttachment {
  readonly id: string;
  readonly name: string;
  readonly status: FileStatus;
  /** Size in bytes; 0 until it is known. */
  readonly size: number;
}

/**
 * Time after which a file that was never reported as read has failed, in milliseconds: its process ended meanwhile. It is
 * far longer than a fetch may take.
 */
const PROCESSING_MS = 5 * 60 * 1000;

/** Returns the attachments of a new contact. */
export function newAttachments(contactId: string, files: readonly NewAttachment[]): readonly StoredAttachment[] {
  return files.map(({ fileName }, index) => ({
    id: attachmentId(contactId, index),
    name: fileName,
    status: 'PROCESSING',
    size: 0,
  }));
}

/** Returns the id of an attachment of a new contact: a UUID of version 8, which follows from the contact's own id. */
export function attachmentId(contactId: string, index: number): string {
  const hash = createHash('sha256').update(`${contactId}/${index}`).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/** Returns the attachments of a contact at an instant, in milliseconds since the epoch. */
export function readAttachments(
  row: Pick<ContactRow, 'attachments' | 'initiatedAt'>,
  now: number,
): readonly StoredAttachment[] {
  if (row.attachments === null) return [];
  const stored = JSON.parse(row.attachments) as readonly StoredAttachment[];
  return stored.map((each) =>
    each.status === 'PROCESSING' && row.initiatedAt + PROCESSING_MS <= now ? { ...each, status: 'FAILED' } : each,
  );
}

/** Converts attachments to the references that ListContactReferences lists. Decision: the value is the file's id. */
export function attachmentReferences(
  attachments: readonly StoredAttachment[],
  instanceArn: string,
): readonly Reference[] {
  return attachments.map(({ id, name, status }) => ({
    name,
    type: ATTACHMENT,
    value: id,
    status,
    arn: arnOf(instanceArn, 'FILE', id),
  }));
}
