import type { ContactChange, ContactChangeKind } from '../connect/contact-change.js';

/** The contacts whose changes a follower receives. */
export type ChangeFilter =
  | { readonly by: 'contacts'; readonly contactIds: ReadonlySet<string> }
  /** By the initial contact's id. */
  | { readonly by: 'chain'; readonly chainId: string }
  | { readonly by: 'queue'; readonly queueId: string }
  | { readonly by: 'user'; readonly userId: string }
  | { readonly by: 'all' };

/** A contact that a change concerns. */
export interface Concerned {
  readonly contactId: string;
  readonly kind: ContactChangeKind;
}

/**
 * Returns the contacts among those of a filter that a change concerns. A change of what a chain shares concerns each contact
 * of the chain.
 *
 * @param chains the chains of the filter's contacts, as far as they are known: contact id to chain id
 */
export function concernedBy(
  filter: ChangeFilter,
  change: ContactChange,
  chains: ReadonlyMap<string, string>,
): readonly Concerned[] {
  switch (filter.by) {
    case 'contacts':
      return concernedContacts(filter.contactIds, change, chains);
    case 'chain':
      return filter.chainId === change.chainId ? [change] : [];
    case 'queue':
      return filter.queueId === change.queueId ? [change] : [];
    case 'user':
      return filter.userId === change.userId ? [change] : [];
    case 'all':
      return [change];
  }
}

function concernedContacts(
  contactIds: ReadonlySet<string>,
  change: ContactChange,
  chains: ReadonlyMap<string, string>,
): readonly Concerned[] {
  const own: readonly Concerned[] = contactIds.has(change.contactId) ? [change] : [];
  if (!change.isOfChain) return own;
  const others = [...contactIds].filter((id) => id !== change.contactId && chains.get(id) === change.chainId);
  return [...own, ...others.map((contactId) => ({ contactId, kind: 'UPDATED' as const }))];
}
