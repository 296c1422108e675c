import type { Answers, CallOptions } from './call.js';
import type { Catalog } from './catalog.js';
import type { AssociatedReads, ContactSearch, ContactsRequest } from './contact-search.js';
import type { Attribute, Contact, ContactChain } from './contact.js';
import type {
  ContactRequest,
  PauseContactRequest,
  TagContactRequest,
  TransferContactRequest,
  TransferContactResult,
  UntagContactRequest,
  UpdateContactAttributesRequest,
  UpdateContactRequest,
  UpdateContactScheduleRequest,
} from './lifecycle.js';
import type { StartTaskContactRequest, StartTaskContactResult } from './start-task-contact.js';

export type { Answers, CallOptions } from './call.js';

/** The operations of the API that the port has, each as `(request, options)`. methods.ts states what each one is. */
export interface ConnectOperations extends Catalog, AssociatedReads, ContactSearch {
  /** Creates a task contact. */
  startTaskContact(request: StartTaskContactRequest, options?: CallOptions): Promise<StartTaskContactResult>;

  /** Merges attributes into the set that the contact's chain shares. */
  updateContactAttributes(request: UpdateContactAttributesRequest, options?: CallOptions): Promise<void>;

  /** Changes what the agent sees of a contact. */
  updateContact(request: UpdateContactRequest, options?: CallOptions): Promise<void>;

  /** Gives a task that waits for its time another one. */
  updateContactSchedule(request: UpdateContactScheduleRequest, options?: CallOptions): Promise<void>;

  /** Ends a contact. */
  stopContact(request: ContactRequest, options?: CallOptions): Promise<void>;

  /** Carries a task on as a new contact, for a queue or an agent. */
  transferContact(request: TransferContactRequest, options?: CallOptions): Promise<TransferContactResult>;

  /** Pauses a task. */
  pauseContact(request: PauseContactRequest, options?: CallOptions): Promise<void>;

  /** Resumes a paused task. */
  resumeContact(request: PauseContactRequest, options?: CallOptions): Promise<void>;

  /** Adds tags to a contact. */
  tagContact(request: TagContactRequest, options?: CallOptions): Promise<void>;

  /** Takes tags off a contact. */
  untagContact(request: UntagContactRequest, options?: CallOptions): Promise<void>;

  /** Reads contacts. */
  describeContacts(request: ContactsRequest, options?: CallOptions): Promise<Answers<Contact>>;

  /** Reads, for each contact, the chain that it belongs to. */
  listChains(request: ContactsRequest, options?: CallOptions): Promise<Answers<ContactChain>>;

  /** Reads, for each contact, the attributes that its chain shares, by key. */
  getAttributes(request: ContactsRequest, options?: CallOptions): Promise<Answers<readonly Attribute[]>>;
}

/**
 * The port: Amazon Connect as this gateway needs it, whoever provides it. Its methods throw only {@link ConnectFault}s.
 * Reads come in batches, so that an adapter can answer many ids with few calls.
 */
export interface Connect extends ConnectOperations {
  /** Whether {@link listChains} returns whole contacts, so that none needs a read of its own. */
  readonly listsWholeContacts?: boolean;

  /** Whether calls can be served now; throws UnavailableError otherwise. */
  ready(options?: CallOptions): Promise<void>;

  /** Finishes what was accepted and lets go of everything. */
  close(): Promise<void>;
}
