import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import type { ContactState } from '../../connect/contact.js';
import { IllegalStateError, ResourceNotFoundError } from '../../connect/errors.js';
import type { ContactRequest } from '../../connect/lifecycle.js';
import type { ContactRow } from '../store/tables.js';
import { findContact, keyIn, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { type Operation, refuse } from './operation.js';

/** What a flow or an agent does with a task at Amazon Connect, where no operation of the API does it. */
export const CONTROLS = ['enqueue', 'connect', 'complete', 'endAfterContactWork'] as const;

/** One of {@link CONTROLS}. */
export type Control = (typeof CONTROLS)[number];

/** A request of any control. */
export interface ControlRequest extends ContactRequest {
  /** Of enqueue. Omitted: see {@link ControlDefaults}. */
  readonly queueId?: string;
  /** Of connect. Omitted: see {@link ControlDefaults}. */
  readonly userId?: string;
  /** Of complete: whether the agent has work left. Omitted: {@link AFTER_CONTACT_WORK_BY_DEFAULT}. */
  readonly afterContactWork?: boolean;
}

/** Who takes a task where the request names nobody: the task's own, its quick connect's, else the instance's first by id. */
export interface ControlDefaults {
  readonly queueId: string | null;
  readonly userId: string | null;
}

/** Where the contact stands afterwards. */
export interface ControlResult {
  readonly contactId: string;
  readonly state: ContactState;
  readonly queueId?: string;
  readonly userId?: string;
}

/**
 * Whether a task that an agent completes goes to after-contact work (our decision). Agents of Amazon Connect get there
 * by default, and it lets the four controls run one after another without a body.
 */
export const AFTER_CONTACT_WORK_BY_DEFAULT = true;

/**
 * In which states a task takes each control (our decision, by administrator guide, tasks). A flow may hand a task to an
 * agent without a queue; who has it already is asked to transfer it instead.
 */
const TAKEN_IN: Readonly<Record<Control, readonly ContactState[]>> = {
  enqueue: ['INITIATED'],
  connect: ['INITIATED', 'QUEUED'],
  complete: ['CONNECTED'],
  endAfterContactWork: ['AFTER_CONTACT_WORK'],
};

type Checked = ControlRequest & { readonly defaults?: ControlDefaults | undefined };

/** The operation of a control. */
export function controlContact(control: Control): Operation<Checked, ControlResult> {
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
      const { state: stands } = lifeOf(contact, state.now);
      if (contact.channel !== 'TASK' || !TAKEN_IN[control].includes(stands)) {
        return refuse(
          new IllegalStateError('ConflictException', control, contact.channel, stands, takenBy(contact, stands)),
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
      const steered = { ...contact, ...changeBy(control, request, state.now), updatedAt: state.now };
      return {
        result: {
          contactId: contact.id,
          state: lifeOf(steered, state.now).state,
          ...(steered.queueId !== null && { queueId: steered.queueId }),
          ...(steered.agentId !== null && { userId: steered.agentId }),
        },
        changes: [{ kind: 'contact-changed', contact: steered }],
      };
    },
  };
}

function takenBy({ channel }: ContactRow, state: ContactState): readonly Control[] {
  return channel === 'TASK' ? CONTROLS.filter((control) => TAKEN_IN[control].includes(state)) : [];
}

function changeBy(control: Control, request: Checked, now: number): Partial<ContactRow> {
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
