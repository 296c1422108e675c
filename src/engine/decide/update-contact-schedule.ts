import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import { checkSchedule } from '../../validation/requests/start-task-contact.js';
import { IllegalStateError, InvalidRequestError, ServiceQuotaExceededError } from '../../connect/errors.js';
import type { UpdateContactScheduleRequest } from '../../connect/lifecycle.js';
import { RESCHEDULES } from '../../connect/limits.js';
import { findContact, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { done, type Operation, refuse } from './operation.js';

/** Changes the start time of a task that is still scheduled. The time from its start to its expiry stays the same. */
export const updateContactSchedule: Operation<UpdateContactScheduleRequest, void> = {
  name: 'UpdateContactSchedule',
  check: checkContactRequest,
  keysOf: keysOfContact,
  sizeOf: () => 256,
  decide({ state, quotas }, request) {
    const late = checkSchedule(request.scheduledTime, state.now, quotas.scheduleAheadDays);
    if (late.length > 0) return refuse(new InvalidRequestError(late));
    const found = findContact(state, request);
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const life = lifeOf(contact, state.now);
    const { scheduledAt, expiresAt } = contact;
    if (life.state !== 'SCHEDULED' || scheduledAt === null) {
      return refuse(new IllegalStateError('InvalidRequestException', 'RESCHEDULE', contact.channel, life.state));
    }
    if (contact.reschedules >= RESCHEDULES) return refuse(new ServiceQuotaExceededError('RESCHEDULES', RESCHEDULES));
    const moved = request.scheduledTime.getTime();
    return done({
      kind: 'contact-changed',
      contact: {
        ...contact,
        scheduledAt: moved,
        expiresAt: expiresAt === null ? null : expiresAt - scheduledAt + moved,
        reschedules: contact.reschedules + 1,
        updatedAt: state.now,
      },
    });
  },
};
