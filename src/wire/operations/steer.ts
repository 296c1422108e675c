import type { PauseContactRequest, TransferContactRequest } from '../../connect/lifecycle.js';
import { given } from '../../util/given.js';
import { nothing, operation } from '../operation.js';
import { invalidRequest } from '../wire-error.js';
import { aboutContact, IDS_IN_BODY } from './ids.js';

/** StopContact. */
export const stopContact = operation({
  name: 'StopContact',
  method: 'POST',
  path: '/contact/stop',
  members: { ...IDS_IN_BODY, DisconnectReason: { type: 'refused' } },
  toRequest(input) {
    if (input.DisconnectReason !== undefined) {
      throw invalidRequest('DisconnectReason is for outbound campaigns only. Stop a task without it.');
    }
    return aboutContact(input);
  },
  call: (connect, request, options) => connect.stopContact(request, options),
  toResponse: nothing,
});

/** TransferContact. */
export const transferContact = operation({
  name: 'TransferContact',
  method: 'POST',
  path: '/contact/transfer',
  members: {
    ...IDS_IN_BODY,
    ContactFlowId: { type: 'string', required: true },
    QueueId: { type: 'string' },
    UserId: { type: 'string' },
    ClientToken: { type: 'string' },
  },
  toRequest: (input): TransferContactRequest => ({
    ...aboutContact(input),
    contactFlowId: input.ContactFlowId,
    ...given({ queueId: input.QueueId, userId: input.UserId, clientToken: input.ClientToken }),
  }),
  call: (connect, request, options) => connect.transferContact(request, options),
  toResponse: ({ contactId, contactArn }) => ({ ContactId: contactId, ContactArn: contactArn }),
});

const PAUSE_MEMBERS = { ...IDS_IN_BODY, ContactFlowId: { type: 'string' } } as const;

function toPauseRequest(input: {
  readonly InstanceId: string;
  readonly ContactId: string;
  readonly ContactFlowId?: string;
}): PauseContactRequest {
  return { ...aboutContact(input), ...given({ contactFlowId: input.ContactFlowId }) };
}

/** PauseContact. */
export const pauseContact = operation({
  name: 'PauseContact',
  method: 'POST',
  path: '/contact/pause',
  members: PAUSE_MEMBERS,
  toRequest: toPauseRequest,
  call: (connect, request, options) => connect.pauseContact(request, options),
  toResponse: nothing,
});

/** ResumeContact. */
export const resumeContact = operation({
  name: 'ResumeContact',
  method: 'POST',
  path: '/contact/resume',
  members: PAUSE_MEMBERS,
  toRequest: toPauseRequest,
  call: (connect, request, options) => connect.resumeContact(request, options),
  toResponse: nothing,
});
