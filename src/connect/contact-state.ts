import type { Channel, ContactAction, ContactState } from './contact.js';

/** The instants that determine a contact's state, in milliseconds since the epoch. */
export interface ContactTimes {
  readonly scheduledAt?: number | null;
  readonly endedAt?: number | null;
  readonly afterContactWorkStartedAt?: number | null;
  readonly afterContactWorkEndedAt?: number | null;
  readonly pausedAt?: number | null;
  readonly resumedAt?: number | null;
  readonly connectedAt?: number | null;
  readonly enqueuedAt?: number | null;
}

/**
 * Derives a contact's state, which DescribeContact does not return. The first condition that holds decides, from the
 * end of a contact's lifecycle to its beginning.
 *
 * @param now milliseconds since the epoch
 */
export function deriveState(times: ContactTimes, now: number): ContactState {
  if (times.endedAt != null) {
    const stillWorking = times.afterContactWorkStartedAt != null && times.afterContactWorkEndedAt == null;
    return stillWorking ? 'AFTER_CONTACT_WORK' : 'COMPLETED';
  }
  if (times.pausedAt != null && times.pausedAt > (times.resumedAt ?? Number.NEGATIVE_INFINITY)) return 'PAUSED';
  if (times.scheduledAt != null && times.scheduledAt > now) return 'SCHEDULED';
  if (times.connectedAt != null) return 'CONNECTED';
  if (times.enqueuedAt != null) return 'QUEUED';
  return 'INITIATED';
}

/**
 * The actions of each state. Source of ASSIGN: AssociateContactWithUser, "associates a queued contact with an agent".
 * Decision: ROUTE until an agent has the task, because a flow may route it before it enters a queue.
 */
const TASK_ACTIONS: Readonly<Record<ContactState, readonly ContactAction[]>> = {
  SCHEDULED: ['UPDATE', 'RESCHEDULE', 'STOP', 'ROUTE'],
  INITIATED: ['UPDATE', 'PAUSE', 'TRANSFER', 'STOP', 'ROUTE'],
  QUEUED: ['UPDATE', 'PAUSE', 'TRANSFER', 'STOP', 'ASSIGN', 'ROUTE'],
  CONNECTED: ['UPDATE', 'PAUSE', 'TRANSFER', 'STOP'],
  PAUSED: ['UPDATE', 'RESUME', 'TRANSFER', 'STOP', 'ROUTE'],
  AFTER_CONTACT_WORK: ['UPDATE'],
  COMPLETED: ['UPDATE'],
};

/**
 * Returns the actions that a contact allows in a state. UpdateContact works on ended contacts too. The gateway does not
 * control contacts of other channels.
 */
export function allowedActions(channel: Channel, state: ContactState): readonly ContactAction[] {
  return channel === 'TASK' ? TASK_ACTIONS[state] : [];
}
