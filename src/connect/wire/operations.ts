import type { AnyOperation } from './operation.js';
import { getContactAttributes, updateContactAttributes } from './operations/attributes.js';
import { describeContact, updateContact, updateContactSchedule } from './operations/contact.js';
import { listContactReferences } from './operations/list-contact-references.js';
import { startTaskContact } from './operations/start-task-contact.js';
import { pauseContact, resumeContact, stopContact, transferContact } from './operations/steer.js';
import { tagContact, untagContact } from './operations/tags.js';

/** The operations that the wire serves. */
export const OPERATIONS: readonly AnyOperation[] = [
  startTaskContact,
  describeContact,
  getContactAttributes,
  updateContactAttributes,
  updateContact,
  updateContactSchedule,
  stopContact,
  transferContact,
  pauseContact,
  resumeContact,
  tagContact,
  untagContact,
  listContactReferences,
];
