import type { ContactState } from '../../connect/contact.js';
import { deriveState } from '../../connect/contact-state.js';
import type { ContactRow } from '../store/tables.js';

/** The lifecycle of a contact at an instant. */
export interface Life {
  readonly state: ContactState;
  readonly endedAt: number | null;
  readonly disconnectReason: string | null;
  readonly updatedAt: number;
}

/**
 * Returns a contact's lifecycle at an instant. A task whose expiry has passed has ended, even if that is not stored
 * yet.
 *
 * @param now milliseconds since the epoch
 */
export function lifeOf(row: ContactRow, now: number): Life {
  const expired = row.endedAt === null && row.channel === 'TASK' && row.expiresAt !== null && row.expiresAt <= now;
  const endedAt = expired ? row.expiresAt : row.endedAt;
  return {
    state: endedAt === row.endedAt ? deriveState(row, now) : deriveState({ ...row, endedAt }, now),
    endedAt,
    disconnectReason: expired ? 'EXPIRED' : row.disconnectReason,
    updatedAt: expired ? (row.expiresAt ?? row.updatedAt) : row.updatedAt,
  };
}
