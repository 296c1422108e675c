import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import {
  type ConnectFault,
  IllegalStateError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
} from '../../connect/errors.js';
import type { ContactState } from '../../connect/contact.js';
import type { PauseContactRequest } from '../../connect/lifecycle.js';
import { PAUSES } from '../../connect/limits.js';
import { allOf, type Found, findContact, isUnknownContact, keyIn, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { done, type Operation, refuse } from './operation.js';
import type { ContactRow } from '../store/tables.js';
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
    const found = findWithFlow(state, request, (contact, present) => {
      const canPause = contact.channel === 'TASK' && ['INITIATED', 'QUEUED', 'CONNECTED'].includes(present);
      if (!canPause) return new IllegalStateError('ConflictException', 'PAUSE', contact.channel, present);
      return contact.pauses >= PAUSES ? new ServiceQuotaExceededError('PAUSES', PAUSES) : undefined;
    });
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const { state: present } = lifeOf(contact, state.now);
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
    const found = findWithFlow(state, request, (contact, present) =>
      present === 'PAUSED' ? undefined : new IllegalStateError('ConflictException', 'RESUME', contact.channel, present),
    );
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const resumedAt = Math.max(state.now, contact.pausedAt ?? 0);
    const pausedMs = contact.pausedMs + resumedAt - (contact.pausedAt ?? resumedAt);
    return done({ kind: 'contact-changed', contact: { ...contact, resumedAt, pausedMs, updatedAt: state.now } });
  },
};

/**
 * Finds the contact of a request, and looks up the flow that it names.
 *
 * @param faultOf returns why the contact in its present state does not allow the change
 * @returns the contact; otherwise all that is wrong, because neither look-up depends on the other
 */
function findWithFlow(
  state: State,
  request: PauseContactRequest,
  faultOf: (contact: ContactRow, present: ContactState) => ConnectFault | undefined,
): Found | ConnectFault {
  const { contactFlowId } = request;
  const found = findContact(state, request, [['contactFlowId', 'CONTACT_FLOW', contactFlowId]]);
  if (found instanceof Error && !isUnknownContact(found)) return found;
  const isFlowUnknown = contactFlowId !== undefined && state.contactFlow(keyIn(request, contactFlowId)) === undefined;
  const fault = allOf([
    found instanceof Error ? found : undefined,
    isFlowUnknown ? new ResourceNotFoundError('CONTACT_FLOW', contactFlowId, 'contactFlowId') : undefined,
    found instanceof Error ? undefined : faultOf(found.contact, lifeOf(found.contact, state.now).state),
  ]);
  return fault ?? found;
}
