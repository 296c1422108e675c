import { type ContactChangeKind, END_KINDS } from '../../connect/contact-change.js';
import type { ContactRow } from '../store/tables.js';

/**
 * Returns what happened to a contact between two of its rows, in the order in which it happened.
 *
 * Decision: a task that ends without after-contact work is disconnected and completed by one change, as its contact events are.
 *
 * @param before undefined: the contact is new
 */
export function changeKinds(before: ContactRow | undefined, after: ContactRow): readonly ContactChangeKind[] {
  if (before === undefined) return ['INITIATED'];
  if (before.endedAt === null && after.endedAt !== null) return isAtWork(after) ? ['DISCONNECTED'] : END_KINDS;
  if (isAtWork(before) && !isAtWork(after)) return ['COMPLETED'];
  if (after.enqueuedAt !== null && after.enqueuedAt !== before.enqueuedAt) return ['QUEUED'];
  if (after.connectedAt !== null && after.connectedAt !== before.connectedAt) return ['CONNECTED'];
  if (after.pauses > before.pauses) return ['PAUSED'];
  if (after.resumedAt !== null && after.resumedAt !== before.resumedAt) return ['RESUMED'];
  return ['UPDATED'];
}

function isAtWork({ afterContactWorkStartedAt, afterContactWorkEndedAt }: ContactRow): boolean {
  return afterContactWorkStartedAt !== null && afterContactWorkEndedAt === null;
}
