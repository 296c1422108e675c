import { LRUCache } from 'lru-cache';
import { bareId } from '../../connect/arn.js';
import { chainIdOf, type ContactSummary } from '../../connect/contact.js';

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

/** What a read of contacts is about. */
export interface ReadSubject {
  readonly instanceId: string;
  /** The contact; undefined for a page, which may tell of any. */
  readonly contactId?: string;
}

/** What a mutation changes. */
export interface Touch {
  /** Undefined: any instance. */
  readonly instanceId: string | undefined;
  /** Contacts that came about: they join what is there without changing it, unless `chainsOf` names more. */
  readonly contacts: readonly string[];
  /** Contacts whose whole chain it touches: the contact, the other members, what they share. Undefined: every chain. */
  readonly chainsOf: readonly string[] | undefined;
}

/** Members that mutations are judged by. */
interface MutationRequest {
  readonly instanceId?: unknown;
  readonly contactId?: unknown;
  readonly previousContactId?: unknown;
}

/**
 * What a mutation touches. Any change of a contact counts for its chain: the listing tells when a member ended, attributes
 * are shared, and a chain is short, so that finer distinctions save nothing.
 *
 * @param method the port's name of it; one that is not known here touches all that its instance has
 * @param result what it answered; undefined where it failed, which does not mean that nothing happened
 */
export function touchOf(method: string, request: unknown, result: unknown): Touch {
  const { instanceId, contactId, previousContactId } = (request ?? {}) as MutationRequest;
  const made = (result as { readonly contactId?: unknown } | undefined)?.contactId;
  const instance = typeof instanceId === 'string' ? bareId(instanceId) : undefined;
  const contacts = typeof made === 'string' ? [made] : [];
  if (method === 'startTaskContact') {
    const joined = typeof previousContactId === 'string' ? [bareId(previousContactId)] : [];
    return { instanceId: instance, contacts, chainsOf: joined };
  }
  const chainsOf = typeof contactId === 'string' ? [bareId(contactId)] : undefined;
  return { instanceId: instance, contacts, chainsOf };
}

/** Whether a change touches what a read is about. What cannot be told apart counts as touched. */
export function isTouched({ instanceId, contactId }: ReadSubject, touch: Touch, memory: ChainMemory): boolean {
  if (touch.instanceId !== undefined && touch.instanceId !== instanceId) return false;
  if (contactId === undefined || touch.contacts.includes(contactId) || touch.chainsOf === undefined) return true;
  return touch.chainsOf.some((changed) => {
    if (changed === contactId) return true;
    const [mine, theirs] = [memory.chainOf(instanceId, contactId), memory.chainOf(instanceId, changed)];
    return mine === undefined || theirs === undefined || mine === theirs;
  });
}
