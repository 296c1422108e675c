import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import { checkSchedule } from '../../validation/requests/start-task-contact.js';
import { IllegalStateError, InvalidRequestError } from '../../connect/errors.js';
import type { UpdateContactScheduleRequest } from '../../connect/lifecycle.js';
import { findContact, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { done, type Operation, refuse } from './operation.js';

/** Changes the start time of a task that is still scheduled. The time from its start to its expiry stays the same. */
export const updateContactSchedule: Operation<UpdateContactScheduleRequest, void> = {
  name: 'UpdateContactSchedule',
  check: checkContactRequest,
  keysOf: keysOfContact,
  sizeOf: () => 256,
  decide({ state }, request) {
    const late = checkSchedule(request.scheduledTime, state.now);
    if (late.length > 0) return refuse(new InvalidRequestError(late));
    const found = findContact(state, request);
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const life = lifeOf(contact, state.now);
    const { scheduledAt, expiresAt } = contact;
    if (life.state !== 'SCHEDULED' || scheduledAt === null) {
      return refuse(new IllegalStateError('InvalidRequestException', 'RESCHEDULE', contact.channel, life.state));
    }
    const moved = request.scheduledTime.getTime();
    return done({
      kind: 'contact-changed',
      contact: {
        ...contact,
        scheduledAt: moved,
        expiresAt: expiresAt === null ? null : expiresAt - scheduledAt + moved,
        updatedAt: state.now,
      },
    });
  },
};
