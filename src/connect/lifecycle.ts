import type { Attribute, Reference, Tag } from './contact.js';

/** A request about one contact. */
export interface ContactRequest {
  readonly instanceId: string;
  readonly contactId: string;
}

/** A request of UpdateContactAttributes: merges into the set that the contact's chain shares. */
export interface UpdateContactAttributesRequest extends ContactRequest {
  readonly attributes: readonly Attribute[];
}

/** A request of UpdateContact: at least one member besides the ids. It works on ended contacts too. */
export interface UpdateContactRequest extends ContactRequest {
  readonly name?: string;
  readonly description?: string;
  /** Each replaces the reference of the same name, or is added. */
  readonly references?: readonly Reference[];
  /** Minutes from the task's start. */
  readonly expiryMinutes?: number;
  /** Each replaces the contact's own segment attribute of the same key, or is added. */
  readonly segmentAttributes?: readonly Attribute[];
}

/** A request of UpdateContactSchedule. The task must still wait for its present start time. */
export interface UpdateContactScheduleRequest extends ContactRequest {
  readonly scheduledTime: Date;
}

/**
 * A request of UpdateContactRoutingData: exactly one member besides the ids. The gateway sets no routing criteria.
 */
export interface UpdateContactRoutingDataRequest extends ContactRequest {
  /**
   * The priority in a queue, in decimal digits, because a number cannot hold them all. Range: 1 (first) to
   * 9,223,372,036,854,775,807.
   */
  readonly queuePriority?: string;
  /** Seconds that are added to the time that the contact has waited; negative: subtracted. */
  readonly queueTimeAdjustmentSeconds?: number;
}

/** A request of UpdateContactTaskTemplate: a running task that no agent has. */
export interface UpdateContactTaskTemplateRequest extends ContactRequest {
  readonly taskTemplateId: string;
}

/** A request of AssociateContactWithUser: the user who gets the waiting contact. */
export interface AssociateContactWithUserRequest extends ContactRequest {
  readonly userId: string;
}

/** A request of PauseContact or ResumeContact. */
export interface PauseContactRequest extends ContactRequest {
  /** The flow that runs for the task. Default: none. */
  readonly contactFlowId?: string;
}

/** A request of TransferContact. It names a queue, a user, or neither: then the flow decides. */
export interface TransferContactRequest extends ContactRequest {
  readonly contactFlowId: string;
  readonly queueId?: string;
  readonly userId?: string;
  readonly clientToken?: string;
}

/** The answer of TransferContact. */
export interface TransferContactResult {
  /** The id of the new contact, which continues the task. */
  readonly contactId: string;
  readonly contactArn: string;
  /**
   * Whether an earlier request with the same client token made the transfer; undefined if the service does not report
   * it.
   */
  readonly replayed?: boolean;
}

/** A request of TagContact: 1 to 6 tags. */
export interface TagContactRequest extends ContactRequest {
  readonly tags: readonly Tag[];
}

/** A request of UntagContact: 1 to 6 keys. */
export interface UntagContactRequest extends ContactRequest {
  readonly keys: readonly string[];
}
