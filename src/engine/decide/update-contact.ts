import { checkUpdateContact } from '../../validation/requests/lifecycle.js';
import { check } from '../../validation/rule.js';
import { referencesBytes } from '../../validation/rules/references.js';
import type { Reference } from '../../connect/contact.js';
import { InvalidRequestError } from '../../connect/errors.js';
import type { UpdateContactRequest } from '../../connect/lifecycle.js';
import { findContact, keysOfContact } from './found.js';
import { done, type Operation, refuse } from './operation.js';

/** Changes the details of a contact that agents see, even after its end. */
export const updateContact: Operation<UpdateContactRequest, void> = {
  name: 'UpdateContact',
  check: checkUpdateContact,
  keysOf: keysOfContact,
  sizeOf: ({ name = '', description = '', references = [] }) =>
    references.reduce((size, { name: label, value }) => size + label.length + value.length, 256) +
    name.length +
    description.length,
  decide({ state }, request) {
    const found = findContact(state, request);
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const { name, description, references, expiryMinutes } = request;
    const merged = references && mergeReferences(contact.references, references);
    const tooLarge = merged === undefined ? [] : check(referencesBytes, merged, ['references']);
    if (tooLarge.length > 0) return refuse(new InvalidRequestError(tooLarge));
    return done({
      kind: 'contact-changed',
      contact: {
        ...contact,
        name: name ?? contact.name,
        description: description ?? contact.description,
        references: merged === undefined ? contact.references : JSON.stringify(merged),
        expiresAt:
          expiryMinutes === undefined
            ? contact.expiresAt
            : (contact.scheduledAt ?? contact.initiatedAt) + expiryMinutes * 60_000,
        updatedAt: state.now,
      },
    });
  },
};

/** Merges references by name: each replaces the one of its name, or is added. */
function mergeReferences(stored: string | null, changes: readonly Reference[]): readonly Reference[] {
  const byName = new Map<string, Reference>();
  for (const reference of stored === null ? [] : (JSON.parse(stored) as readonly Reference[])) {
    byName.set(reference.name, reference);
  }
  for (const { name, type, value } of changes) byName.set(name, { name, type, value });
  return [...byName.values()];
}
