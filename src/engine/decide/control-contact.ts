import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import type { ContactState } from '../../connect/contact.js';
import { IllegalStateError, ResourceNotFoundError } from '../../connect/errors.js';
import type { ContactRequest } from '../../connect/lifecycle.js';
import type { ContactRow } from '../store/tables.js';
import { findContact, keyIn, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { type Operation, refuse } from './operation.js';

/** The actions of flows and agents on a task that the API has no operation for. */
export const CONTROLS = ['enqueue', 'connect', 'complete', 'endAfterContactWork'] as const;

/** One of {@link CONTROLS}. */
export type Control = (typeof CONTROLS)[number];

/** A request of a control. */
export interface ControlRequest extends ContactRequest {
  /** Only for enqueue. Default: see {@link ControlDefaults}. */
  readonly queueId?: string;
  /** Only for connect. Default: see {@link ControlDefaults}. */
  readonly userId?: string;
  /** Only for connect: the bare id of the queue that the task must still wait in. Default: none. */
  readonly fromQueueId?: string;
  /** Only for complete: whether after-contact work follows. Default: {@link AFTER_CONTACT_WORK_BY_DEFAULT}. */
  readonly afterContactWork?: boolean;
}

/**
 * The default queue and user: those of the task (the creator of a self-assigned one), else of its quick connect, else the
 * instance's first by id.
 */
export interface ControlDefaults {
  readonly queueId: string | null;
  readonly userId: string | null;
}

/** The contact's state after the control. */
export interface ControlResult {
  readonly contactId: string;
  readonly state: ContactState;
  readonly queueId?: string;
  readonly userId?: string;
}

/**
 * Whether a completed task enters after-contact work by default. Decision: true, because Amazon Connect's agents enter
 * it by default, and the four controls then run one after another without a body.
 */
export const AFTER_CONTACT_WORK_BY_DEFAULT = true;

/**
 * The states in which a task accepts each control. Decision, by administrator guide, tasks: a flow may pass a task to
 * an agent without a queue. A task that an agent has already must be transferred instead.
 */
const ACCEPTED_IN: Readonly<Record<Control, readonly ContactState[]>> = {
  enqueue: ['INITIATED'],
  connect: ['INITIATED', 'QUEUED'],
  complete: ['CONNECTED'],
  endAfterContactWork: ['AFTER_CONTACT_WORK'],
};

type RequestWithDefaults = ControlRequest & { readonly defaults?: ControlDefaults | undefined };

/** Returns the operation of a control. */
export function controlContact(control: Control): Operation<RequestWithDefaults, ControlResult> {
  return {
    name: control,
    check: checkContactRequest,
    keysOf(request) {
      const { queueId, userId, defaults } = request;
      const keys = (...ids: (string | null | undefined)[]) => ids.flatMap((id) => (id ? [keyIn(request, id)] : []));
      return {
        ...keysOfContact(request),
        queues: keys(queueId, defaults?.queueId),
        users: keys(userId, defaults?.userId),
      };
    },
    sizeOf: () => 256,
    decide({ state }, request) {
      const found = findContact(state, request, [
        ['queueId', 'QUEUE', request.queueId],
        ['userId', 'USER', request.userId],
      ]);
      if (found instanceof Error) return refuse(found);
      const { contact } = found;
      const { state: present } = lifeOf(contact, state.now);
      const { fromQueueId } = request;
      const hasLeft = fromQueueId !== undefined && (present !== 'QUEUED' || contact.queueId !== fromQueueId);
      if (contact.channel !== 'TASK' || hasLeft || !ACCEPTED_IN[control].includes(present)) {
        return refuse(
          new IllegalStateError('ConflictException', control, contact.channel, present, acceptedBy(contact, present)),
        );
      }
      const queueId = request.queueId ?? request.defaults?.queueId;
      if (control === 'enqueue' && !(queueId && state.queue(keyIn(request, queueId)))) {
        return refuse(new ResourceNotFoundError('QUEUE', queueId ?? '', 'queueId'));
      }
      const userId = request.userId ?? request.defaults?.userId;
      if (control === 'connect' && !(userId && state.user(keyIn(request, userId)))) {
        return refuse(new ResourceNotFoundError('USER', userId ?? '', 'userId'));
      }
      const changed = { ...contact, ...changeBy(control, request, state.now), updatedAt: state.now };
      return {
        result: {
          contactId: contact.id,
          state: lifeOf(changed, state.now).state,
          ...(changed.queueId !== null && { queueId: changed.queueId }),
          ...(changed.agentId !== null && { userId: changed.agentId }),
        },
        changes: [{ kind: 'contact-changed', contact: changed }],
      };
    },
  };
}

function acceptedBy({ channel }: ContactRow, state: ContactState): readonly Control[] {
  return channel === 'TASK' ? CONTROLS.filter((control) => ACCEPTED_IN[control].includes(state)) : [];
}

function changeBy(control: Control, request: RequestWithDefaults, now: number): Partial<ContactRow> {
  const bare = (id: string | null | undefined) => (id ? keyIn(request, id).id : null);
  switch (control) {
    case 'enqueue':
      return { queueId: bare(request.queueId ?? request.defaults?.queueId), enqueuedAt: now };
    case 'connect':
      return { agentId: bare(request.userId ?? request.defaults?.userId), connectedAt: now };
    case 'complete':
      return {
        endedAt: now,
        disconnectReason: 'AGENT_COMPLETED',
        afterContactWorkStartedAt: (request.afterContactWork ?? AFTER_CONTACT_WORK_BY_DEFAULT) ? now : null,
      };
    case 'endAfterContactWork':
      return { afterContactWorkEndedAt: now };
  }
}
