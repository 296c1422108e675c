import type { ContactChangeKind } from '../../connect/contact-change.js';
import type { Contact } from '../../connect/contact.js';

/** A change that two readings of a contact show. */
export interface SeenChange {
  readonly kind: ContactChangeKind;
  /** Milliseconds since the epoch. */
  readonly occurredAt: number;
}

/** The members that show when a kind of change happened last. */
const TIMES = [
  ['QUEUED', 'enqueuedAt'],
  ['CONNECTED', 'connectedToAgentAt'],
  ['PAUSED', 'pausedAt'],
  ['RESUMED', 'resumedAt'],
  ['DISCONNECTED', 'endedAt'],
] as const satisfies readonly (readonly [ContactChangeKind, keyof Contact])[];

/**
 * Returns what happened to a contact between two readings of it, in the order of time. Of changes of one kind the last is known.
 *
 * @param now when the second one was read, in milliseconds since the epoch
 */
export function changesBetween(before: Contact, after: Contact, now: number): readonly SeenChange[] {
  const seen: SeenChange[] = [];
  if (before.state === 'SCHEDULED' && after.state !== 'SCHEDULED' && after.endedAt === undefined) {
    seen.push({ kind: 'INITIATED', occurredAt: (after.scheduledTime ?? after.initiatedAt).getTime() });
  }
  for (const [kind, member] of TIMES) {
    const at = after[member]?.getTime();
    if (at !== undefined && at !== before[member]?.getTime()) seen.push({ kind, occurredAt: at });
  }
  seen.sort((a, b) => a.occurredAt - b.occurredAt);
  if (after.state === 'COMPLETED' && before.state !== 'COMPLETED') {
    const at = after.afterContactWorkEndedAt ?? after.endedAt;
    seen.push({ kind: 'COMPLETED', occurredAt: at?.getTime() ?? now });
  }
  if (seen.length === 0 && JSON.stringify(before) !== JSON.stringify(after)) {
    seen.push({ kind: 'UPDATED', occurredAt: after.updatedAt?.getTime() ?? now });
  }
  return seen;
}
