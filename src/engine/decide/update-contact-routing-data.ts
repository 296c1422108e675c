import { checkRoutingData } from '../../validation/requests/lifecycle.js';
import { allowedActions } from '../../connect/contact-state.js';
import { IllegalStateError } from '../../connect/errors.js';
import type { UpdateContactRoutingDataRequest } from '../../connect/lifecycle.js';
import { findContact, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { done, type Operation, refuse } from './operation.js';

/** Changes the place of a task in its queue: by its priority, or by the age that routing counts. */
export const updateContactRoutingData: Operation<UpdateContactRoutingDataRequest, void> = {
  name: 'UpdateContactRoutingData',
  check: checkRoutingData,
  keysOf: keysOfContact,
  sizeOf: () => 256,
  decide({ state }, request) {
    const found = findContact(state, request);
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const { state: present } = lifeOf(contact, state.now);
    if (!allowedActions(contact.channel, present).includes('ROUTE')) {
      return refuse(new IllegalStateError('ResourceConflictException', 'ROUTE', contact.channel, present));
    }
    const { queuePriority, queueTimeAdjustmentSeconds } = request;
    return done({
      kind: 'contact-changed',
      contact: {
        ...contact,
        queuePriority: queuePriority ?? contact.queuePriority,
        queueTimeAdjustmentSeconds: queueTimeAdjustmentSeconds ?? contact.queueTimeAdjustmentSeconds,
        updatedAt: state.now,
      },
    });
  },
};
