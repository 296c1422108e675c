import type { Answers, CallOptions } from './call.js';
import type { ContactSummary, Reference } from './contact.js';
import type { Page, PageRequest } from './page.js';

/** A request of ListAssociatedContacts. maxResults is 1 to 100, 100 by default. */
export interface ListAssociatedContactsRequest extends PageRequest {
  readonly instanceId: string;
  readonly contactId: string;
}

/** What of a contact stands beside it. */
export interface AssociatedReads {
  /**
   * A page of all contacts that a link of either kind joins, step by step, to the one that is named, which is among
   * them: by time of initiation, then id.
   */
  listAssociatedContacts(request: ListAssociatedContactsRequest, options?: CallOptions): Promise<Page<ContactSummary>>;

  /** Reads, for each contact, its references. */
  listReferences(
    instanceId: string,
    contactIds: readonly string[],
    options?: CallOptions,
  ): Promise<Answers<readonly Reference[]>>;
}
