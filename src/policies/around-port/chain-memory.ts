import { LRUCache } from 'lru-cache';
import { type ContactSummary, chainIdOf } from '../../connect/contact.js';

/** Contacts whose chain is remembered, at most: two ids each. */
const MAX_CONTACTS = 10_000;

/** Remembers which chain a contact belongs to. That never changes, so that what was once told holds for ever. */
export class ChainMemory {
  readonly #chains = new LRUCache<string, string>({ max: MAX_CONTACTS });

  /** The chain's id; undefined where nothing told it, or it was forgotten. */
  chainOf(instanceId: string, contactId: string): string | undefined {
    return this.#chains.get(keyOf(instanceId, contactId));
  }

  /** Takes note of a contact that was read. */
  learn(contact: Pick<ContactSummary, 'instanceId' | 'id' | 'initialContactId'>): void {
    this.note(contact.instanceId, contact.id, chainIdOf(contact));
  }

  /** Takes note of a contact's chain. */
  note(instanceId: string, contactId: string, chainId: string): void {
    this.#chains.set(keyOf(instanceId, contactId), chainId);
  }
}

function keyOf(instanceId: string, contactId: string): string {
  return `${instanceId}\0${contactId}`;
}
