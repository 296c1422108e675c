import { checkUpdateContact } from '../../validation/requests/lifecycle.js';
import { check } from '../../validation/rule.js';
import { referencesBytes } from '../../validation/rules/references.js';
import type { Reference } from '../../connect/contact.js';
import { InvalidRequestError } from '../../connect/errors.js';
import type { RuleFacts, Violation } from '../../connect/violation.js';
import { violationOf } from '../../validation/rule.js';
import { segmentAttributeCount } from '../../validation/rules/segment-attributes.js';
import type { ContactRow } from '../store/tables.js';
import { mergeAttributes, writeAttributes } from './attributes.js';
import type { UpdateContactRequest } from '../../connect/lifecycle.js';
import { findContact, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { done, type Operation, refuse } from './operation.js';

/** Requires an expiry that does not end the task at once, and does not start an ended one again. */
export const expiryAhead: RuleFacts = {
  id: 'engine/expiry-ahead',
  limit: 'an expiry in the future, of a task that has not ended',
  source: 'Decision: the API documents neither an expiry in the past nor one of an ended task',
};

/** Changes the details of a contact that agents see, even after its end. */
export const updateContact: Operation<UpdateContactRequest, void> = {
  name: 'UpdateContact',
  check: checkUpdateContact,
  keysOf: keysOfContact,
  sizeOf: ({ name = '', description = '', references = [], segmentAttributes = [] }) =>
    references.reduce((size, { name: label, value }) => size + label.length + value.length, 256) +
    segmentAttributes.reduce((size, { key, value }) => size + key.length + value.length, 0) +
    name.length +
    description.length,
  decide({ state }, request) {
    const found = findContact(state, request);
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const { name, description, references, expiryMinutes, segmentAttributes } = request;
    const merged = references && mergeReferences(contact.references, references);
    const segments = segmentAttributes && mergeAttributes(contact.segmentAttributes ?? undefined, segmentAttributes);
    const expiresAt = expiryMinutes === undefined ? undefined : expiryOf(contact, expiryMinutes);
    const violations = [
      ...(merged === undefined ? [] : check(referencesBytes, merged, ['references'])),
      ...(segments === undefined ? [] : check(segmentAttributeCount, segments, ['segmentAttributes'])),
      ...(expiresAt === undefined ? [] : checkExpiry(contact, expiresAt, state.now)),
    ];
    if (violations.length > 0) return refuse(new InvalidRequestError(violations));
    return done({
      kind: 'contact-changed',
      contact: {
        ...contact,
        name: name ?? contact.name,
        description: description ?? contact.description,
        references: merged === undefined ? contact.references : JSON.stringify(merged),
        expiresAt: expiresAt ?? contact.expiresAt,
        segmentAttributes: segments?.length ? writeAttributes(segments) : contact.segmentAttributes,
        updatedAt: state.now,
      },
    });
  },
};

function expiryOf({ scheduledAt, initiatedAt }: ContactRow, minutes: number): number {
  return (scheduledAt ?? initiatedAt) + minutes * 60_000;
}

function checkExpiry(contact: ContactRow, expiresAt: number, now: number): readonly Violation[] {
  const { endedAt } = lifeOf(contact, now);
  if (endedAt === null && expiresAt > now) return [];
  const actual = endedAt === null ? new Date(expiresAt).toISOString() : 'a task that has ended';
  return [violationOf(expiryAhead, ['expiryMinutes'], actual)];
}

/** Merges references by name: each replaces the one of its name, or is added. */
function mergeReferences(stored: string | null, changes: readonly Reference[]): readonly Reference[] {
  const byName = new Map<string, Reference>();
  for (const reference of stored === null ? [] : (JSON.parse(stored) as readonly Reference[])) {
    byName.set(reference.name, reference);
  }
  for (const { name, type, value } of changes) byName.set(name, { name, type, value });
  return [...byName.values()];
}
