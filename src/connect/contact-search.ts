import type { Answers, CallOptions, Page, PageRequest } from './call.js';
import type { Channel, Contact, ContactSummary, Reference, Tag } from './contact.js';

/** The timestamps that SearchContacts can filter by, and sort by (service model). */
export const SEARCH_TIMESTAMPS = [
  'INITIATION_TIMESTAMP',
  'SCHEDULED_TIMESTAMP',
  'CONNECTED_TO_AGENT_TIMESTAMP',
  'DISCONNECT_TIMESTAMP',
  'ENQUEUE_TIMESTAMP',
] as const;

/** One of {@link SEARCH_TIMESTAMPS}. */
export type SearchTimestamp = (typeof SEARCH_TIMESTAMPS)[number];

/** The fields that SearchContacts can sort by. ENQUEUE_TIMESTAMP is only a filter. */
export type SearchSortField =
  | Exclude<SearchTimestamp, 'ENQUEUE_TIMESTAMP'>
  | 'INITIATION_METHOD'
  | 'CHANNEL'
  | 'EXPIRY_TIMESTAMP';

/** How the values of one criterion are combined. */
export type MatchType = 'MATCH_ALL' | 'MATCH_ANY' | 'MATCH_EXACT' | 'MATCH_NONE';

/** The criteria of a search. A contact must match all; an absent criterion or an empty list matches every contact. */
export interface SearchCriteria {
  /** Words of the task's name. */
  readonly name?: { readonly texts: readonly string[]; readonly match: MatchType };
  readonly channels?: readonly Channel[];
  readonly initiationMethods?: readonly string[];
  readonly queueIds?: readonly string[];
  readonly agentIds?: readonly string[];
  /** User-defined attributes, each with its accepted values. */
  readonly attributes?: {
    readonly criteria: readonly { readonly key: string; readonly values: readonly string[] }[];
    readonly match: MatchType;
  };
  /** Timestamps that the contact must not have. */
  readonly without?: readonly SearchTimestamp[];
  /** Groups of tags. A contact must have all tags of at least one group. */
  readonly tags?: readonly (readonly Tag[])[];
}

/** A request of SearchContacts. maxResults: 1 to 100. Default: 100. */
export interface SearchContactsRequest extends PageRequest {
  readonly instanceId: string;
  readonly timeRange: { readonly type: SearchTimestamp; readonly from: Date; readonly to: Date };
  readonly criteria?: SearchCriteria;
  /** Whether the answer must contain totalCount, which may cost a read of its own. Default: true. */
  readonly counted?: boolean;
  /** Default: by INITIATION_TIMESTAMP, the latest first. */
  readonly sort?: { readonly field: SearchSortField; readonly order: 'ASCENDING' | 'DESCENDING' };
}

/** The answer of SearchContacts. */
export interface SearchContactsResult {
  /** Complete contacts if the adapter reads them in the same call. */
  readonly contacts: readonly (Contact | FoundContact)[];
  readonly nextToken?: string;
  readonly totalCount?: number;
}

/** The members of a contact that SearchContacts returns beside its summary. */
type FoundMember =
  | 'name'
  | 'scheduledTime'
  | 'expiresAt'
  | 'queue'
  | 'enqueuedAt'
  | 'agent'
  | 'connectedToAgentAt'
  | 'tags'
  | 'createdBy'
  | 'assignmentType';

/** A contact, as SearchContacts returns it. */
export interface FoundContact extends ContactSummary, Pick<Contact, FoundMember> {}

/** The port's search for contacts. */
export interface ContactSearch {
  /** Lists the contacts that match a search. */
  searchContacts(request: SearchContactsRequest, options?: CallOptions): Promise<SearchContactsResult>;
}

/** A request of ListAssociatedContacts. maxResults: 1 to 100. Default: 100. */
export interface ListAssociatedContactsRequest extends PageRequest {
  readonly instanceId: string;
  readonly contactId: string;
}

/** A request that reads data of several contacts. */
export interface ContactsRequest {
  readonly instanceId: string;
  /** Answered in this order; an id may occur twice. */
  readonly contactIds: readonly string[];
}

/** Reads of the data that DescribeContact does not return. */
export interface AssociatedReads {
  /**
   * Lists the contacts that links of either kind connect to a contact, directly or through others. They include the
   * contact itself, and are sorted by time of initiation, then id.
   */
  listAssociatedContacts(request: ListAssociatedContactsRequest, options?: CallOptions): Promise<Page<ContactSummary>>;

  /** Reads the references of each contact. */
  listReferences(request: ContactsRequest, options?: CallOptions): Promise<Answers<readonly Reference[]>>;
}
