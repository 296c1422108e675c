import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import { allowedActions } from '../../connect/contact-state.js';
import { IllegalStateError, ResourceNotFoundError } from '../../connect/errors.js';
import type { AssociateContactWithUserRequest } from '../../connect/lifecycle.js';
import { findContact, keyIn, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { done, type Operation, refuse } from './operation.js';

/**
 * Gives a task that waits in a queue to one agent. Decision: the agent accepts it at once, because the engine has no
 * agents that could answer the offer.
 */
export const associateContactWithUser: Operation<AssociateContactWithUserRequest, void> = {
  name: 'AssociateContactWithUser',
  check: checkContactRequest,
  keysOf: (request) => ({ ...keysOfContact(request), users: [keyIn(request, request.userId)] }),
  sizeOf: () => 256,
  decide({ state }, request) {
    const found = findContact(state, request, [['userId', 'USER', request.userId]]);
    if (found instanceof Error) return refuse(found);
    const user = state.user(keyIn(request, request.userId));
    if (user === undefined) return refuse(new ResourceNotFoundError('USER', request.userId, 'userId'));
    const { contact } = found;
    const { state: present } = lifeOf(contact, state.now);
    if (!allowedActions(contact.channel, present).includes('ASSIGN')) {
      return refuse(new IllegalStateError('InvalidRequestException', 'ASSIGN', contact.channel, present));
    }
    return done({
      kind: 'contact-changed',
      contact: { ...contact, agentId: user.id, connectedAt: state.now, updatedAt: state.now },
    });
  },
};
