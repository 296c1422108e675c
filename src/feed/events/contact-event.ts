import type { ContactChangeKind } from '../../connect/contact-change.js';

/** Source and detail-type of the contact events that Amazon Connect sends to EventBridge. */
export const EVENT_SOURCE = 'aws.connect';
export const DETAIL_TYPE = 'Amazon Connect Contact Event';

/**
 * The types of contact events, with the kind of change each one reports. CONNECTED_TO_SYSTEM: the flow of a task began, which
 * changes its connectedToSystemAt.
 *
 * Source: administrator guide, contact events.
 */
export const KINDS = {
  INITIATED: 'INITIATED',
  CONNECTED_TO_SYSTEM: 'UPDATED',
  CONTACT_DATA_UPDATED: 'UPDATED',
  QUEUED: 'QUEUED',
  CONNECTED_TO_AGENT: 'CONNECTED',
  PAUSED: 'PAUSED',
  RESUMED: 'RESUMED',
  DISCONNECTED: 'DISCONNECTED',
  COMPLETED: 'COMPLETED',
} as const satisfies Readonly<Record<string, ContactChangeKind>>;

/** The type of a contact event. */
export type EventType = keyof typeof KINDS;

/** Returns the type of the event that reports a kind of change. */
export function eventTypeOf(kind: ContactChangeKind): EventType {
  if (kind === 'UPDATED') return 'CONTACT_DATA_UPDATED';
  return kind === 'CONNECTED' ? 'CONNECTED_TO_AGENT' : kind;
}

/** The value of updatedProperties for a change of the attributes that the contacts of a chain share. */
export const SHARED_ATTRIBUTES = 'UserDefinedAttributes';
