import type { NewAttachment } from './attachment.js';
import type { Attribute, Contact, Reference } from './contact.js';

/** How a task may be assigned at its creation (administrator guide, segment attribute connect:AssignmentType). */
export const ASSIGNMENT_TYPES = ['SELF'] as const;

/** One of {@link ASSIGNMENT_TYPES}. */
export type AssignmentType = (typeof ASSIGNMENT_TYPES)[number];

/**
 * A request of StartTaskContact, with the API's members. It can be invalid (two flow sources, both links), because
 * clients of the AWS API can send such requests.
 */
export interface StartTaskContactRequest {
  readonly instanceId: string;
  readonly name: string;
  readonly description?: string;
  /** Exactly one of contactFlowId, quickConnectId and taskTemplateId. */
  readonly contactFlowId?: string;
  readonly quickConnectId?: string;
  readonly taskTemplateId?: string;
  /** Joins that contact's chain and shares its attributes. Excludes relatedContactId. */
  readonly previousContactId?: string;
  /** Copies that contact's attributes once. Excludes previousContactId. */
  readonly relatedContactId?: string;
  readonly attributes?: readonly Attribute[];
  readonly references?: readonly Reference[];
  /** User-defined segment attributes. They belong to this contact alone: its chain does not share them. */
  readonly segmentAttributes?: readonly Attribute[];
  /** Files for the task, at most 5. The service reads them after the creation. */
  readonly attachments?: readonly NewAttachment[];
  /** Same token and same request: same contact. Default, and for an empty token: no deduplication. */
  readonly clientToken?: string;
  /** When the flow starts; validated in whole seconds. Default: at once. */
  readonly scheduledTime?: Date;
  /** Minutes from the task's start until it ends by itself. Range: 1 to 129,600. Default: 10,080. */
  readonly expiryMinutes?: number;
  /** The user who creates the task, by id or ARN (segment attribute connect:CreatedByUser). */
  readonly createdByUserId?: string;
  /**
   * SELF assigns the task to its creator, by the template's flow for that. It requires createdByUserId and
   * taskTemplateId.
   */
  readonly assignmentType?: AssignmentType;
}

/** The answer of StartTaskContact. */
export interface StartTaskContactResult {
  readonly contactId: string;
  /**
   * Whether an earlier request with the same client token created the contact; undefined if the service does not report
   * it.
   */
  readonly replayed?: boolean;
  /** The new contact at its creation, if the adapter knows it without a further call. */
  readonly contact?: Contact;
}
