import type { Attribute, Reference, Tag } from './contact.js';

/** Which contact a request is about. */
export interface ContactRequest {
  readonly instanceId: string;
  readonly contactId: string;
}

/** A request of UpdateContactAttributes: merges into the set that the contact's chain shares. */
export interface UpdateContactAttributesRequest extends ContactRequest {
  readonly attributes: readonly Attribute[];
}

/** A request of UpdateContact: at least one member besides the ids. Works on ended contacts too. */
export interface UpdateContactRequest extends ContactRequest {
  readonly name?: string;
  readonly description?: string;
  /** Each replaces the reference of the same name, or is added. */
  readonly references?: readonly Reference[];
  /** Minutes from the task's start. */
  readonly expiryMinutes?: number;
}

/** A request of UpdateContactSchedule: possible only while the task waits for its present time. */
export interface UpdateContactScheduleRequest extends ContactRequest {
  readonly scheduledTime: Date;
}

/** A request of PauseContact or ResumeContact. */
export interface PauseContactRequest extends ContactRequest {
  /** A flow to run for it. */
  readonly contactFlowId?: string;
}

/** A request of TransferContact: not both queue and user. */
export interface TransferContactRequest extends ContactRequest {
  readonly contactFlowId: string;
  readonly queueId?: string;
  readonly userId?: string;
  readonly clientToken?: string;
}

/** What TransferContact answers. */
export interface TransferContactResult {
  /** The new contact that carries the task on. */
  readonly contactId: string;
  readonly contactArn: string;
  /** Whether the client token had made it earlier; undefined where the service does not tell. */
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
