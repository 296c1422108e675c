import type { Answers, CallOptions, Page, PageRequest } from './call.js';
import type { Channel, Contact, ContactSummary, Reference, Tag } from './contact.js';

/** The timestamps that SearchContacts can search a range of, and sort by (service model). */
export const SEARCH_TIMESTAMPS = [
  'INITIATION_TIMESTAMP',
  'SCHEDULED_TIMESTAMP',
  'CONNECTED_TO_AGENT_TIMESTAMP',
  'DISCONNECT_TIMESTAMP',
  'ENQUEUE_TIMESTAMP',
] as const;

/** One of {@link SEARCH_TIMESTAMPS}. */
export type SearchTimestamp = (typeof SEARCH_TIMESTAMPS)[number];

/** What SearchContacts can sort by. ENQUEUE_TIMESTAMP can be searched, but not sorted by. */
export type SearchSortField =
  | Exclude<SearchTimestamp, 'ENQUEUE_TIMESTAMP'>
  | 'INITIATION_METHOD'
  | 'CHANNEL'
  | 'EXPIRY_TIMESTAMP';

/** How several values of one criterion go together. */
export type MatchType = 'MATCH_ALL' | 'MATCH_ANY' | 'MATCH_EXACT' | 'MATCH_NONE';

/** What a contact must meet, all of it. An absent criterion, and an empty list, let every contact through. */
export interface SearchCriteria {
  /** Words of the task's name. */
  readonly name?: { readonly texts: readonly string[]; readonly match: MatchType };
  readonly channels?: readonly Channel[];
  readonly initiationMethods?: readonly string[];
  readonly queueIds?: readonly string[];
  readonly agentIds?: readonly string[];
  /** User-defined attributes, each with the values that it may have. */
  readonly attributes?: {
    readonly criteria: readonly { readonly key: string; readonly values: readonly string[] }[];
    readonly match: MatchType;
  };
  /** Groups of tags: a contact must have all tags of one group. */
  readonly tags?: readonly (readonly Tag[])[];
}

/** A request of SearchContacts. maxResults is 1 to 100, 100 by default. */
export interface SearchContactsRequest extends PageRequest {
  readonly instanceId: string;
  readonly timeRange: { readonly type: SearchTimestamp; readonly from: Date; readonly to: Date };
  readonly criteria?: SearchCriteria;
  /** False: totalCount may be left out, where counting is a read of its own. Omitted: it is told. */
  readonly counted?: boolean;
  /** Omitted: by INITIATION_TIMESTAMP, the latest first. */
  readonly sort?: { readonly field: SearchSortField; readonly order: 'ASCENDING' | 'DESCENDING' };
}

/** What SearchContacts answers. */
export interface SearchContactsResult {
  /** An adapter that reads whole contacts in the same call gives them whole. */
  readonly contacts: readonly (Contact | FoundContact)[];
  readonly nextToken?: string;
  readonly totalCount?: number;
}

/** What SearchContacts tells of a contact. */
export interface FoundContact extends ContactSummary, Pick<Contact, 'createdBy' | 'assignmentType'> {
  readonly name?: string;
  readonly scheduledTime?: Date;
  readonly expiresAt?: Date;
  readonly queue?: Contact['queue'];
  readonly agent?: Contact['agent'];
  readonly tags?: readonly Tag[];
}

/** Finds contacts by what they have in common. */
export interface ContactSearch {
  /** A page of the contacts that meet a search. */
  searchContacts(request: SearchContactsRequest, options?: CallOptions): Promise<SearchContactsResult>;
}

/** A request of ListAssociatedContacts. maxResults is 1 to 100, 100 by default. */
export interface ListAssociatedContactsRequest extends PageRequest {
  readonly instanceId: string;
  readonly contactId: string;
}

/** A request that reads something of each of several contacts. */
export interface ContactsRequest {
  readonly instanceId: string;
  /** Answered in this order; an id may occur twice. */
  readonly contactIds: readonly string[];
}

/** What of a contact stands beside it. */
export interface AssociatedReads {
  /**
   * A page of all contacts that a link of either kind joins, step by step, to the one that is named, which is among
   * them: by time of initiation, then id.
   */
  listAssociatedContacts(request: ListAssociatedContactsRequest, options?: CallOptions): Promise<Page<ContactSummary>>;

  /** Reads, for each contact, its references. */
  listReferences(request: ContactsRequest, options?: CallOptions): Promise<Answers<readonly Reference[]>>;
}
