import { checkTransferContact } from '../../validation/requests/lifecycle.js';
import {
  type ConnectFault,
  IdempotencyConflictError,
  IllegalStateError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
} from '../../connect/errors.js';
import type { TransferContactRequest, TransferContactResult } from '../../connect/lifecycle.js';
import { CLIENT_TOKEN_WINDOW_MS, TRANSFERS } from '../../connect/limits.js';
import { bareId } from '../../connect/arn.js';
import { arnOf } from '../arn.js';
import { hashOf, tokenScope } from './fingerprint.js';
import type { ContactRow } from '../store/tables.js';
import { startableFlow } from './flow-source.js';
import { allOf, findContact, isUnknownContact, keyIn, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { type Operation, refuse } from './operation.js';
import type { Change, State } from './state.js';

const NAME = 'TransferContact';

/** Ends a task and continues it as a new contact of the same chain, for a queue or an agent. */
export const transferContact: Operation<TransferContactRequest, TransferContactResult> = {
  name: NAME,
  check: checkTransferContact,
  keysOf: (request) => ({
    ...keysOfContact(request),
    contactFlows: [keyIn(request, request.contactFlowId)],
    queues: request.queueId === undefined ? [] : [keyIn(request, request.queueId)],
    users: request.userId === undefined ? [] : [keyIn(request, request.userId)],
    tokens: request.clientToken ? [tokenScope(request.instanceId, NAME, request.clientToken)] : [],
  }),
  sizeOf: () => 512,
  decide({ state, newId }, request) {
    const found = findContact(state, request, [
      ['contactFlowId', 'CONTACT_FLOW', request.contactFlowId],
      ['queueId', 'QUEUE', request.queueId],
      ['userId', 'USER', request.userId],
    ]);
    const use = tokenUse(request);
    const earlier = use && state.token(use.scope);
    if (earlier) {
      if (earlier.fingerprint !== use.fingerprint) return refuse(new IdempotencyConflictError());
      const arn = state.instance(bareId(request.instanceId))?.arn ?? '';
      const { contactId } = earlier;
      return { result: { contactId, contactArn: arnOf(arn, 'CONTACT', contactId), replayed: true }, changes: [] };
    }
    if (found instanceof Error && !isUnknownContact(found)) return refuse(found);
    // None of these depends on another: all that is wrong with them is one refusal.
    const fault = allOf([
      found instanceof Error ? found : undefined,
      ...destinationFaults(state, request),
      found instanceof Error ? undefined : transferFault(state, found.contact),
    ]);
    if (found instanceof Error) return refuse(fault ?? found);
    if (fault) return refuse(fault);
    const { contact, instance } = found;

    const next = continued(contact, newId, state.now, request);
    const changes: Change[] = [
      {
        kind: 'contact-changed',
        contact: { ...contact, endedAt: state.now, disconnectReason: 'OTHER', updatedAt: state.now },
      },
      { kind: 'task-created', contact: next },
    ];
    if (use) {
      const expiresAt = state.now + CLIENT_TOKEN_WINDOW_MS;
      changes.push({ kind: 'token-used', token: { ...use, contactId: newId, expiresAt } });
    }
    const contactArn = arnOf(instance.arn, 'CONTACT', newId);
    return { result: { contactId: newId, contactArn, replayed: false }, changes };
  },
};

function tokenUse(request: TransferContactRequest) {
  const { clientToken, instanceId, contactId, contactFlowId, queueId, userId } = request;
  if (!clientToken) return undefined;
  const ids = [instanceId, contactId, contactFlowId, queueId, userId];
  return {
    scope: tokenScope(instanceId, NAME, clientToken),
    fingerprint: hashOf(ids.map((id) => (id === undefined ? null : bareId(id)))),
  };
}

function destinationFaults(state: State, request: TransferContactRequest): readonly ConnectFault[] {
  const { contactFlowId, queueId, userId } = request;
  const faults: ConnectFault[] = [];
  const flow = startableFlow(state, bareId(request.instanceId), contactFlowId, 'contactFlowId');
  if (flow instanceof Error) faults.push(flow);
  if (queueId !== undefined && state.queue(keyIn(request, queueId)) === undefined) {
    faults.push(new ResourceNotFoundError('QUEUE', queueId, 'queueId'));
  }
  if (userId !== undefined && state.user(keyIn(request, userId)) === undefined) {
    faults.push(new ResourceNotFoundError('USER', userId, 'userId'));
  }
  return faults;
}

function transferFault(state: State, contact: ContactRow): ConnectFault | undefined {
  const { state: present } = lifeOf(contact, state.now);
  const canTransfer =
    ['TASK', 'EMAIL'].includes(contact.channel) && ['INITIATED', 'QUEUED', 'CONNECTED', 'PAUSED'].includes(present);
  if (!canTransfer) return new IllegalStateError('InvalidRequestException', 'TRANSFER', contact.channel, present);
  return contact.transfers >= TRANSFERS ? new ServiceQuotaExceededError('TRANSFERS', TRANSFERS) : undefined;
}

/** Returns the new contact. It keeps the agent's view and the end time; queue, agent and pauses start anew. */
function continued(contact: ContactRow, id: string, now: number, request: TransferContactRequest): ContactRow {
  return {
    ...contact,
    id,
    previousContactId: contact.id,
    initiationMethod: 'TRANSFER',
    contactFlowId: bareId(request.contactFlowId),
    quickConnectId: null,
    initiatedAt: now,
    scheduledAt: null,
    updatedAt: now,
    queueId: request.queueId === undefined ? null : bareId(request.queueId),
    enqueuedAt: null,
    agentId: null,
    connectedAt: null,
    pausedAt: null,
    resumedAt: null,
    pauses: 0,
    pausedMs: 0,
    queuePriority: null,
    queueTimeAdjustmentSeconds: null,
    transfers: contact.transfers + 1,
    reschedules: 0,
    templateChanges: 0,
    // Decision: segment attributes are not copied, because they belong to one contact.
    createdByUserId: null,
    assignmentType: null,
    segmentAttributes: null,
  };
}
