/** A user-defined attribute. All contacts of a chain share it. */
export interface Attribute {
  readonly key: string;
  readonly value: string;
}

/** The reference types that StartTaskContact accepts. ATTACHMENT is not one of them. */
export const REFERENCE_TYPES = ['URL', 'NUMBER', 'STRING', 'DATE', 'EMAIL'] as const;

/** One of {@link REFERENCE_TYPES}. */
export type ReferenceType = (typeof REFERENCE_TYPES)[number];

/** A labelled value that agents see with the task. */
export interface Reference {
  /** The label, unique within the task. */
  readonly name: string;
  /** One of {@link REFERENCE_TYPES} at creation. The service may add references of other types later. */
  readonly type: string;
  readonly value: string;
  /** Of an ATTACHMENT only: PROCESSING, APPROVED, REJECTED, FAILED or a further status (service model, ReferenceStatus). */
  readonly status?: string;
  /** Of an ATTACHMENT only: the ARN of the file. It ends with the file's id. */
  readonly arn?: string;
}

/** The type of a reference to an attached file. */
export const ATTACHMENT = 'ATTACHMENT';

/** A tag of a contact. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** How a contact reaches the contact centre. */
export type Channel = 'VOICE' | 'CHAT' | 'TASK' | 'EMAIL';

/** The state of a contact. Connect does not report it; it follows from the contact's timestamps. */
export type ContactState =
  | 'SCHEDULED'
  | 'INITIATED'
  | 'QUEUED'
  | 'CONNECTED'
  | 'PAUSED'
  | 'AFTER_CONTACT_WORK'
  | 'COMPLETED';

/** An action that a contact may allow in its present state. */
export type ContactAction = 'UPDATE' | 'RESCHEDULE' | 'PAUSE' | 'RESUME' | 'TRANSFER' | 'STOP' | 'ASSIGN' | 'ROUTE';

/** A contact, as ListAssociatedContacts returns it. */
export interface ContactSummary {
  readonly instanceId: string;
  readonly id: string;
  readonly arn: string;
  readonly channel: Channel;
  /** API for StartTaskContact, TRANSFER for TransferContact; contacts of other channels have further methods. */
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

/** A contact, as DescribeContact returns it, with its derived state. */
export interface Contact extends ContactSummary {
  readonly name?: string;
  readonly description?: string;
  readonly state: ContactState;
  readonly scheduledTime?: Date;
  readonly expiresAt?: Date;
  readonly updatedAt?: Date;
  readonly disconnectReason?: string;
  /** The contact's present or last queue. */
  readonly queue?: { readonly id: string; readonly arn?: string };
  /** When the contact entered {@link queue}. */
  readonly enqueuedAt?: Date;
  /** The contact's present or last agent. */
  readonly agent?: { readonly id: string; readonly arn?: string };
  /** When {@link agent} accepted the contact, and began and ended after-contact work. */
  readonly connectedToAgentAt?: Date;
  readonly afterContactWorkStartedAt?: Date;
  readonly afterContactWorkEndedAt?: Date;
  readonly tags?: readonly Tag[];
  /** The id of the first of all contacts that links of either kind connect. Those contacts share it. */
  readonly associationId?: string;
  /** The template that the task was created from. */
  readonly taskTemplate?: { readonly id: string; readonly arn?: string; readonly name?: string };
  /** The user who created the task, if the request named one. */
  readonly createdBy?: { readonly id: string; readonly arn?: string };
  /** SELF: the task was assigned to its creator. Not an enumeration, because the service may add types. */
  readonly assignmentType?: string;
  /** When its flow started. */
  readonly connectedToSystemAt?: Date;
  /** Number of times that the contact was paused. */
  readonly pauseCount?: number;
  /** How long all its pauses took, in whole seconds. */
  readonly pausedSeconds?: number;
  /** When the contact was last paused, and last resumed. */
  readonly pausedAt?: Date;
  readonly resumedAt?: Date;
  /** 1 (first) to 9,223,372,036,854,775,807, in decimal digits. Default of the service: 5. */
  readonly queuePriority?: string;
  /** Seconds that are added to its time in a queue. */
  readonly queueTimeAdjustmentSeconds?: number;
  /** User-defined segment attributes. The contact does not share them with its chain. */
  readonly segmentAttributes?: readonly Attribute[];
  /** How the customer of a call, chat or e-mail is reached. */
  readonly customerEndpoint?: CustomerEndpoint;
  /** Present if the adapter reads them together with the contact. */
  readonly references?: readonly Reference[];
}

/** The address of a customer. The type is no enumeration, because the service may add some. */
export interface CustomerEndpoint {
  readonly type: string;
  readonly address: string;
}

/** The metrics of a contact (service model, ContactMetricName). */
export const CONTACT_METRICS = ['ESTIMATED_WAIT_TIME', 'POSITION_IN_QUEUE'] as const;

/** The metrics of a contact. Each is absent unless the contact waits in a queue. */
export interface ContactMetrics {
  readonly id: string;
  readonly arn: string;
  /** 1 is next. */
  readonly queuePosition?: number;
  /** The predicted time until an agent has the contact, in seconds. */
  readonly estimatedWaitSeconds?: number;
}

/** Contacts that previousContactId links, directly or through others. An unlinked contact is a chain of one. */
export interface ContactChain {
  readonly instanceId: string;
  /** The initial contact's id. */
  readonly id: string;
  /** Sorted by time of initiation, then id. Complete contacts if the adapter reads them in the same call. */
  readonly members: readonly (ContactSummary | Contact)[];
}

/** Returns the id of a contact's chain, which is the id of its initial contact. */
export function chainIdOf(contact: Pick<ContactSummary, 'id' | 'initialContactId'>): string {
  return contact.initialContactId ?? contact.id;
}

/**
 * Returns whether a contact counts as a linked task of its chain. Linked tasks are created with a previousContactId.
 * Transfers do not count, because they continue a task and have a limit of their own.
 */
export function isLinkedTask(
  contact: Pick<ContactSummary, 'channel' | 'initiationMethod' | 'previousContactId'>,
): boolean {
  return contact.channel === 'TASK' && contact.initiationMethod === 'API' && contact.previousContactId !== undefined;
}
