import type { Attribute, Contact, Reference } from './contact.js';

/** How a task may be assigned at its creation (administrator guide, segment attribute connect:AssignmentType). */
export const ASSIGNMENT_TYPES = ['SELF'] as const;

/** One of {@link ASSIGNMENT_TYPES}. */
export type AssignmentType = (typeof ASSIGNMENT_TYPES)[number];

/**
 * A request of StartTaskContact, member by member as the API has it. It can hold what the API refuses (two flow
 * sources, both links), because whoever comes without GraphQL can send that.
 */
export interface StartTaskContactRequest {
  readonly instanceId: string;
  readonly name: string;
  readonly description?: string;
  /** Exactly one of contactFlowId, quickConnectId and taskTemplateId. */
  readonly contactFlowId?: string;
  readonly quickConnectId?: string;
  readonly taskTemplateId?: string;
  /** Joins that contact's chain and shares its attributes. Not together with relatedContactId. */
  readonly previousContactId?: string;
  /** Copies that contact's attributes once. Not together with previousContactId. */
  readonly relatedContactId?: string;
  readonly attributes?: readonly Attribute[];
  readonly references?: readonly Reference[];
  /** Same token and same request: same contact. Omitted or empty: nothing is deduplicated. */
  readonly clientToken?: string;
  /** When the flow shall start; judged in whole seconds. Omitted: at once. */
  readonly scheduledTime?: Date;
  /** Minutes until the task ends by itself, from its start. Omitted: 10,080. */
  readonly expiryMinutes?: number;
  /** The user who creates it: an ARN (segment attribute connect:CreatedByUser). The engine takes an id too. */
  readonly createdByUserId?: string;
  /** SELF: for its creator, by the template's flow for that. Only together with createdByUserId and taskTemplateId. */
  readonly assignmentType?: AssignmentType;
}

/** What StartTaskContact answers. */
export interface StartTaskContactResult {
  readonly contactId: string;
  /** Whether the client token had created the contact earlier; undefined where the service does not tell. */
  readonly replayed?: boolean;
  /** The new contact as it is at its creation, where the adapter knows it without a further call. */
  readonly contact?: Contact;
}
