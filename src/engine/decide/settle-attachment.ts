import type { FileStatus } from '../../connect/attachment.js';
import type { ContactRequest } from '../../connect/lifecycle.js';
import type { StoredAttachment } from './attachments.js';
import { findContact, keysOfContact } from './found.js';
import { done, type Operation, refuse } from './operation.js';

/** What became of an attachment. */
export interface SettleAttachmentRequest extends ContactRequest {
  readonly fileId: string;
  readonly status: FileStatus;
  /** Bytes of the file; 0 if there is none. */
  readonly size: number;
}

/** Stores what became of an attachment. The service does it by itself, so the API has no such operation. */
export const settleAttachment: Operation<SettleAttachmentRequest, void> = {
  name: 'SettleAttachment',
  check: () => [],
  keysOf: keysOfContact,
  sizeOf: () => 128,
  decide({ state }, { fileId, status, size, ...request }) {
    const found = findContact(state, request);
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const stored = JSON.parse(contact.attachments ?? '[]') as readonly StoredAttachment[];
    const attachments = stored.map((each) => (each.id === fileId ? { ...each, status, size } : each));
    return done({
      kind: 'contact-changed',
      contact: { ...contact, attachments: JSON.stringify(attachments), updatedAt: state.now },
    });
  },
};
