/** A user-defined attribute: shared by all contacts of a chain. */
export interface Attribute {
  readonly key: string;
  readonly value: string;
}

/** The reference types that StartTaskContact takes at creation. ATTACHMENT is not one of them. */
export const REFERENCE_TYPES = ['URL', 'NUMBER', 'STRING', 'DATE', 'EMAIL'] as const;

/** One of {@link REFERENCE_TYPES}. */
export type ReferenceType = (typeof REFERENCE_TYPES)[number];

/** A labelled value that the agent sees with the task. */
export interface Reference {
  /** The label, unique within the task. */
  readonly name: string;
  /** One of {@link REFERENCE_TYPES} at creation; the service adds further types of its own to a contact later. */
  readonly type: string;
  readonly value: string;
}

/** A tag of a contact. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** How a contact reaches the contact centre. */
export type Channel = 'VOICE' | 'CHAT' | 'TASK' | 'EMAIL';

/** Where a contact stands. Connect reports no state: it follows from the contact's timestamps. */
export type ContactState =
  | 'SCHEDULED'
  | 'INITIATED'
  | 'QUEUED'
  | 'CONNECTED'
  | 'PAUSED'
  | 'AFTER_CONTACT_WORK'
  | 'COMPLETED';

/** What a caller may do with a contact in its present state. */
export type ContactAction = 'UPDATE' | 'RESCHEDULE' | 'PAUSE' | 'RESUME' | 'TRANSFER' | 'STOP';

/** What ListAssociatedContacts tells of a contact. */
export interface ContactSummary {
  readonly instanceId: string;
  readonly id: string;
  readonly arn: string;
  readonly channel: Channel;
  /** API for StartTaskContact, TRANSFER for TransferContact, and further methods of other channels. */
  readonly initiationMethod: string;
  readonly initiatedAt: Date;
  readonly endedAt?: Date;
  /** The first contact of the chain; absent on that contact itself. */
  readonly initialContactId?: string;
  /** The contact whose chain this one joined. */
  readonly previousContactId?: string;
  /** The contact whose attributes this one copied when it was created. */
  readonly relatedContactId?: string;
}

/** What DescribeContact tells of a contact, with the state that follows from it. */
export interface Contact extends ContactSummary {
  readonly name?: string;
  readonly description?: string;
  readonly state: ContactState;
  readonly scheduledTime?: Date;
  readonly expiresAt?: Date;
  readonly updatedAt?: Date;
  readonly disconnectReason?: string;
  /** The queue that the contact waits in, or came from. */
  readonly queue?: { readonly id: string; readonly arn?: string; readonly enqueuedAt?: Date };
  /** The agent that the contact is, or was, connected to. */
  readonly agent?: {
    readonly id: string;
    readonly arn?: string;
    readonly connectedAt?: Date;
    readonly afterContactWorkStartedAt?: Date;
    readonly afterContactWorkEndedAt?: Date;
  };
  readonly tags?: readonly Tag[];
  /** Common to all contacts that links of either kind join: the id of the first of them. */
  readonly associationId?: string;
  /** The template that the task was created from. */
  readonly taskTemplate?: { readonly id: string; readonly arn?: string; readonly name?: string };
  /** The user who created the task, where whoever asked for it said so. */
  readonly createdBy?: { readonly id: string; readonly arn?: string };
  /** SELF: its creator took the task at once. A text, since the service may add types. */
  readonly assignmentType?: string;
  /** How often it was paused. */
  readonly pauses?: number;
  /** When it was last paused, and last resumed. */
  readonly pausedAt?: Date;
  readonly resumedAt?: Date;
  /** Present where the adapter reads them along with the contact. */
  readonly references?: readonly Reference[];
}

/** Contacts that are linked, step by step, by previousContactId. An unlinked contact is a chain of one. */
export interface ContactChain {
  readonly instanceId: string;
  /** The initial contact's id. */
  readonly id: string;
  /** By time of initiation, then id. An adapter that reads whole contacts in the same call gives them whole. */
  readonly members: readonly (ContactSummary | Contact)[];
}

/**
 * The id of the chain that a contact belongs to: its initial contact's.
 */
export function chainIdOf(contact: Pick<ContactSummary, 'id' | 'initialContactId'>): string {
  return contact.initialContactId ?? contact.id;
}

/**
 * Whether a contact counts against the limit of linked tasks in its chain: a task that was created with a
 * previousContactId. A transfer carries a task on and has a limit of its own; the initial contact names none.
 */
export function isLinkedTask(
  contact: Pick<ContactSummary, 'channel' | 'initiationMethod' | 'previousContactId'>,
): boolean {
  return contact.channel === 'TASK' && contact.initiationMethod === 'API' && contact.previousContactId !== undefined;
}
