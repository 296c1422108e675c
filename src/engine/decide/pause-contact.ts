import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import {
  type ConnectFault,
  IllegalStateError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
} from '../../connect/errors.js';
import type { PauseContactRequest } from '../../connect/lifecycle.js';
import { PAUSES } from '../../connect/limits.js';
import { type Found, findContact, keyIn, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { done, type Operation, refuse } from './operation.js';
import type { State } from './state.js';

const shared = {
  check: checkContactRequest,
  keysOf: (request: PauseContactRequest) => ({
    ...keysOfContact(request),
    contactFlows: request.contactFlowId === undefined ? [] : [keyIn(request, request.contactFlowId)],
  }),
  sizeOf: () => 256,
};

/** Pauses a task. A queued task leaves its queue, and its expiry continues. */
export const pauseContact: Operation<PauseContactRequest, void> = {
  name: 'PauseContact',
  ...shared,
  decide({ state }, request) {
    const found = findWithFlow(state, request);
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const { state: present } = lifeOf(contact, state.now);
    const canPause = contact.channel === 'TASK' && ['INITIATED', 'QUEUED', 'CONNECTED'].includes(present);
    if (!canPause) return refuse(new IllegalStateError('ConflictException', 'PAUSE', contact.channel, present));
    if (contact.pauses >= PAUSES) return refuse(new ServiceQuotaExceededError('PAUSES', PAUSES));
    return done({
      kind: 'contact-changed',
      contact: {
        ...contact,
        ...(present === 'QUEUED' && { queueId: null, enqueuedAt: null }),
        // Always later than the last resumption, because the later of the two determines the state.
        pausedAt: Math.max(state.now, (contact.resumedAt ?? 0) + 1),
        pauses: contact.pauses + 1,
        updatedAt: state.now,
      },
    });
  },
};

/** Resumes a paused task. Only a flow can queue it again. */
export const resumeContact: Operation<PauseContactRequest, void> = {
  name: 'ResumeContact',
  ...shared,
  decide({ state }, request) {
    const found = findWithFlow(state, request);
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const { state: present } = lifeOf(contact, state.now);
    if (present !== 'PAUSED')
      return refuse(new IllegalStateError('ConflictException', 'RESUME', contact.channel, present));
    const resumedAt = Math.max(state.now, contact.pausedAt ?? 0);
    const pausedMs = contact.pausedMs + resumedAt - (contact.pausedAt ?? resumedAt);
    return done({ kind: 'contact-changed', contact: { ...contact, resumedAt, pausedMs, updatedAt: state.now } });
  },
};

function findWithFlow(state: State, request: PauseContactRequest): Found | ConnectFault {
  const { contactFlowId } = request;
  const found = findContact(state, request, [['contactFlowId', 'CONTACT_FLOW', contactFlowId]]);
  if (found instanceof Error || contactFlowId === undefined) return found;
  const flow = state.contactFlow(keyIn(request, contactFlowId));
  return flow === undefined ? new ResourceNotFoundError('CONTACT_FLOW', contactFlowId, 'contactFlowId') : found;
}
