import type { AttachedFiles } from './attachment.js';
import type { Answers, CallOptions } from './call.js';
import type { Catalog } from './catalog.js';
import type { AssociatedReads, ContactSearch, ContactsRequest } from './contact-search.js';
import type { Attribute, Contact, ContactChain, ContactMetrics } from './contact.js';
import type {
  AssociateContactWithUserRequest,
  ContactRequest,
  PauseContactRequest,
  TagContactRequest,
  TransferContactRequest,
  TransferContactResult,
  UntagContactRequest,
  UpdateContactAttributesRequest,
  UpdateContactRequest,
  UpdateContactRoutingDataRequest,
  UpdateContactScheduleRequest,
  UpdateContactTaskTemplateRequest,
} from './lifecycle.js';
import type { StartTaskContactRequest, StartTaskContactResult } from './start-task-contact.js';

export type { Answers, CallOptions } from './call.js';

/** The API's operations in the port, each as `(request, options)`. methods.ts states the facts of each. */
export interface ConnectOperations extends Catalog, AssociatedReads, ContactSearch, AttachedFiles {
  /** Creates a task contact. */
  startTaskContact(request: StartTaskContactRequest, options?: CallOptions): Promise<StartTaskContactResult>;

  /** Merges attributes into the set that the contact's chain shares. */
  updateContactAttributes(request: UpdateContactAttributesRequest, options?: CallOptions): Promise<void>;

  /** Changes the details of a contact that agents see. */
  updateContact(request: UpdateContactRequest, options?: CallOptions): Promise<void>;

  /** Changes the start time of a scheduled task. */
  updateContactSchedule(request: UpdateContactScheduleRequest, options?: CallOptions): Promise<void>;

  /** Ends a contact. */
  stopContact(request: ContactRequest, options?: CallOptions): Promise<void>;

  /** Continues a task as a new contact, for a queue, an agent, or where its flow leads. */
  transferContact(request: TransferContactRequest, options?: CallOptions): Promise<TransferContactResult>;

  /** Pauses a task. */
  pauseContact(request: PauseContactRequest, options?: CallOptions): Promise<void>;

  /** Resumes a paused task. */
  resumeContact(request: PauseContactRequest, options?: CallOptions): Promise<void>;

  /** Changes the place of a contact in its queue. */
  updateContactRoutingData(request: UpdateContactRoutingDataRequest, options?: CallOptions): Promise<void>;

  /** Gives a task another task template. */
  updateContactTaskTemplate(request: UpdateContactTaskTemplateRequest, options?: CallOptions): Promise<void>;

  /** Gives a contact that waits in a queue to one agent. */
  associateContactWithUser(request: AssociateContactWithUserRequest, options?: CallOptions): Promise<void>;

  /** Adds tags to a contact. */
  tagContact(request: TagContactRequest, options?: CallOptions): Promise<void>;

  /** Removes tags from a contact. */
  untagContact(request: UntagContactRequest, options?: CallOptions): Promise<void>;

  /** Reads contacts. */
  describeContacts(request: ContactsRequest, options?: CallOptions): Promise<Answers<Contact>>;

  /** Reads the place of contacts in their queues. */
  getContactMetrics(request: ContactsRequest, options?: CallOptions): Promise<Answers<ContactMetrics>>;

  /** Reads the chain of each contact. */
  listChains(request: ContactsRequest, options?: CallOptions): Promise<Answers<ContactChain>>;

  /** Reads the attributes that each contact's chain shares, by key. */
  getAttributes(request: ContactsRequest, options?: CallOptions): Promise<Answers<readonly Attribute[]>>;
}

/**
 * The port: Amazon Connect as this gateway needs it. Its methods throw only {@link ConnectFault}s. Reads are batched,
 * because an adapter can then answer many ids with few calls.
 */
export interface Connect extends ConnectOperations {
  /** Whether {@link listChains} returns complete contacts, so that none needs a read of its own. Default: false. */
  readonly listsWholeContacts?: boolean;

  /**
   * Resolves if calls can be served now.
   *
   * @throws UnavailableError otherwise
   */
  ready(options?: CallOptions): Promise<void>;

  /** Finishes the accepted calls, then releases all resources. */
  close(): Promise<void>;
}
