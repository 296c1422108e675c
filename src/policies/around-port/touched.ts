import { LRUCache } from 'lru-cache';
import { bareId } from '../../connect/arn.js';
import { chainIdOf, type ContactSummary } from '../../connect/contact.js';

/** Maximum number of contacts whose chain is remembered, with two ids each. */
const MAX_CONTACTS = 10_000;

/** Remembers which chain a contact belongs to. That never changes, so entries never expire. */
export class ChainMemory {
  readonly #chains = new LRUCache<string, string>({ max: MAX_CONTACTS });

  /** Returns the id of a contact's chain; undefined if it is not known. */
  chainOf(instanceId: string, contactId: string): string | undefined {
    return this.#chains.get(keyOf(instanceId, contactId));
  }

  /** Remembers the chain of a contact that was read. */
  learn(contact: Pick<ContactSummary, 'instanceId' | 'id' | 'initialContactId'>): void {
    this.note(contact.instanceId, contact.id, chainIdOf(contact));
  }

  /** Remembers a contact's chain. */
  note(instanceId: string, contactId: string, chainId: string): void {
    this.#chains.set(keyOf(instanceId, contactId), chainId);
  }
}

function keyOf(instanceId: string, contactId: string): string {
  return `${instanceId}\0${contactId}`;
}

/** The subject of a read of contacts. */
export interface ReadSubject {
  readonly instanceId: string;
  /** The contact's id; undefined for a page, which may contain any contact. */
  readonly contactId?: string;
}

/** The contacts that a mutation changes. */
export interface Touch {
  /** The instance's id; undefined for any instance. */
  readonly instanceId: string | undefined;
  /** New contacts. They join a chain without changing other contacts, unless `chainsOf` names more. */
  readonly contacts: readonly string[];
  /** Contacts whose chain changes: the contact, the other members, and their shared data. Undefined for every chain. */
  readonly chainsOf: readonly string[] | undefined;
}

/** The members of a mutation's request that name contacts. */
interface MutationRequest {
  readonly instanceId?: unknown;
  readonly contactId?: unknown;
  readonly previousContactId?: unknown;
}

/**
 * Returns the contacts that a mutation changes. A change of a contact counts for its whole chain, because the listing
 * contains end times and attributes are shared. Finer distinctions would save nothing, because chains are short.
 *
 * @param method the port's method. An unknown method changes everything of its instance
 * @param result its result; undefined after a failure, which may still have taken effect
 */
export function touchOf(method: string, request: unknown, result: unknown): Touch {
  const { instanceId, contactId, previousContactId } = (request ?? {}) as MutationRequest;
  const created = (result as { readonly contactId?: unknown } | undefined)?.contactId;
  const instance = typeof instanceId === 'string' ? bareId(instanceId) : undefined;
  const contacts = typeof created === 'string' ? [created] : [];
  if (method === 'startTaskContact') {
    const joined = typeof previousContactId === 'string' ? [bareId(previousContactId)] : [];
    return { instanceId: instance, contacts, chainsOf: joined };
  }
  const chainsOf = typeof contactId === 'string' ? [bareId(contactId)] : undefined;
  return { instanceId: instance, contacts, chainsOf };
}

/** Returns whether a change affects the subject of a read. An unknown chain counts as affected. */
export function isTouched({ instanceId, contactId }: ReadSubject, touch: Touch, memory: ChainMemory): boolean {
  if (touch.instanceId !== undefined && touch.instanceId !== instanceId) return false;
  if (contactId === undefined || touch.contacts.includes(contactId) || touch.chainsOf === undefined) return true;
  return touch.chainsOf.some((changed) => {
    if (changed === contactId) return true;
    const [mine, theirs] = [memory.chainOf(instanceId, contactId), memory.chainOf(instanceId, changed)];
    return mine === undefined || theirs === undefined || mine === theirs;
  });
}
