import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import type { ContactRequest } from '../../connect/lifecycle.js';
import { findContact, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { done, type Operation, refuse } from './operation.js';

/** Ends a contact in any state. Decision: an ended contact stays unchanged, and the answer is the same. */
export const stopContact: Operation<ContactRequest, void> = {
  name: 'StopContact',
  check: checkContactRequest,
  keysOf: keysOfContact,
  sizeOf: () => 256,
  decide({ state }, request) {
    const found = findContact(state, request);
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const { now } = state;
    if (lifeOf(contact, now).endedAt !== null) return done();
    return done({
      kind: 'contact-changed',
      contact: { ...contact, endedAt: now, disconnectReason: 'API', updatedAt: now },
    });
  },
};
