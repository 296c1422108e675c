/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How a task is assigned at its creation. */
export type ConnectAssignmentType =
  /** To the user who creates it. */
  | 'SELF';

/** A file for the task. Amazon Connect reads it after the creation. */
export type ConnectAttachmentInput = {
  /** The file's name, 1 to 256 visible characters. Its end states the type: an instance accepts csv, doc, docx, heic, jfif, jpeg, jpg, mov, mp4, pdf, png, ppt, pptx, rtf, txt, wav, xls and xlsx unless its administrator changes that. */
  fileName: string;
  /** A pre-signed address that Amazon Connect reads the file from, 1 to 2,000 characters. */
  url: string;
};

/** A user-defined attribute. */
export type ConnectAttributeInput = {
  /** Letters, digits, - and _; 1 to 32,767 characters; each key once. */
  key: string;
  /** 0 to 32,767 characters. */
  value: string;
};

/** How a contact reaches the contact centre. */
export type ConnectChannel =
  /** A chat or a text message. */
  | 'CHAT'
  /** An e-mail. */
  | 'EMAIL'
  /** A task: work for an agent without a customer on the line. */
  | 'TASK'
  /** A call. */
  | 'VOICE';

/** An action that a contact's state may allow. */
export type ConnectContactAction =
  /** Give it to one agent, while it waits in a queue. */
  | 'ASSIGN'
  /** Pause it. */
  | 'PAUSE'
  /** Set a new scheduledTime, while it is SCHEDULED. */
  | 'RESCHEDULE'
  /** Resume it after a pause. */
  | 'RESUME'
  /** Change its place in a queue, until an agent has it. */
  | 'ROUTE'
  /** End it. */
  | 'STOP'
  /** Transfer it to a queue or an agent. */
  | 'TRANSFER'
  /** Change its name, description, references or attributes, also after its end. */
  | 'UPDATE';

/** What happened to a contact. Source: contact events of Amazon Connect. */
export type ConnectContactChangeKind =
  /** It ended, and so did after-contact work. */
  | 'COMPLETED'
  /** An agent took it. */
  | 'CONNECTED'
  /** It ended, or expired. */
  | 'DISCONNECTED'
  /** It was created, or its scheduledTime came. */
  | 'INITIATED'
  /** It was paused. */
  | 'PAUSED'
  /** It entered a queue. */
  | 'QUEUED'
  /** It was resumed. */
  | 'RESUMED'
  /** Changes may have been missed: read again what you show. The contact is as it is now. */
  | 'RESYNC'
  /** Its data changed, or the attributes of its chain. */
  | 'UPDATED';

/** The contacts whose changes are received. Exactly one member. */
export type ConnectContactChangesInput =
  {   /** All contacts of the instance: true. */
  all: boolean; chainOf?: never; contactIds?: never; queueId?: never; userId?: never; }
  |  { all?: never;   /** All contacts of the chain of this contact, also later ones. */
  chainOf: string; contactIds?: never; queueId?: never; userId?: never; }
  |  { all?: never; chainOf?: never;   /** These contacts: 1 to 100 ids. */
  contactIds: Array<string>; queueId?: never; userId?: never; }
  |  { all?: never; chainOf?: never; contactIds?: never;   /** All contacts that are or were last in this queue. */
  queueId: string; userId?: never; }
  |  { all?: never; chainOf?: never; contactIds?: never; queueId?: never;   /** All contacts of this agent, a user of Amazon Connect. */
  userId: string; };

/** Conditions of a search; a contact must meet all of them. An omitted member or an empty list has no effect; there is no filter by state. Source: SearchContacts, TimeRange and SearchCriteria. */
export type ConnectContactFilter = {
  /** Any of these agents, by their user ids; at most 100. */
  agentIds?: Array<string> | null | undefined;
  /** All of these user-defined attributes, with exactly these values. Amazon Connect finds only attributes that were configured as searchable: at most 15, each key once; keys of 1 to 100 characters, values of 0 to 100. */
  attributes?: Array<ConnectAttributeInput> | null | undefined;
  /** Any of these channels. */
  channels?: Array<ConnectChannel> | null | undefined;
  /** Any of these initiation methods, such as API or TRANSFER; at most 100. */
  initiationMethods?: Array<string> | null | undefined;
  /** A part of the task's name, case-insensitive: at most 128 characters. */
  name?: string | null | undefined;
  /** Any of these queues, by their ids; at most 100. */
  queueIds?: Array<string> | null | undefined;
  /** All of these tags, with exactly these values: at most 50, each key once. */
  tags?: Array<ConnectTagInput> | null | undefined;
  /** The range of one timestamp. Amazon Connect states at most 8 weeks and 10,000 contacts for the search of its console; with CONNECT_STRICT a longer range is refused. */
  timeRange: ConnectTimeRangeInput;
  /** None of these timestamps: [ENDED] finds open contacts, [ENDED, CONNECTED_TO_AGENT] those that no agent has accepted. Source: SearchContacts, AdditionalTimeRange, NOT_EXISTS. */
  without?: Array<ConnectTimestampField> | null | undefined;
};

/** A link to another contact. Exactly one member: previousContactId joins the chain and shares its attributes (at most 12 linked tasks in a chain); relatedContactId copies the attributes once, without limit. */
export type ConnectContactLinkInput =
  {   /** A chat, voice or task contact whose chain the task joins: 1 to 256 characters. */
  previousContactId: string; relatedContactId?: never; }
  |  { previousContactId?: never;   /** A contact whose attributes the task copies; afterwards the two are independent: 1 to 256 characters. */
  relatedContactId: string; };

/** The order of the contacts; equal timestamps are ordered by id, and contacts without the timestamp come last. */
export type ConnectContactSort = {
  /** The direction. */
  direction: ConnectSortDirection;
  /** The timestamp to sort by, except ENQUEUED. */
  field: ConnectContactSortField;
};

/** The timestamps of a contact that a search can sort by. */
export type ConnectContactSortField =
  /** When an agent accepted it. Source: SearchContacts, CONNECTED_TO_AGENT_TIMESTAMP. */
  | 'CONNECTED_TO_AGENT'
  /** Its end. Source: SearchContacts, DISCONNECT_TIMESTAMP. */
  | 'ENDED'
  /** Not for sorting: it is refused, because Amazon Connect cannot sort by it. */
  | 'ENQUEUED'
  /** When it expires. Source: SearchContacts, EXPIRY_TIMESTAMP. */
  | 'EXPIRES'
  /** Its creation. Source: SearchContacts, INITIATION_TIMESTAMP. */
  | 'INITIATED'
  /** Its scheduled time. Source: SearchContacts, SCHEDULED_TIMESTAMP. */
  | 'SCHEDULED';

/** The state of a contact, derived from its timestamps. An expired task is COMPLETED with disconnectReason EXPIRED. */
export type ConnectContactState =
  /** Ended, while the agent does after-contact work. */
  | 'AFTER_CONTACT_WORK'
  /** Ended. */
  | 'COMPLETED'
  /** An agent works on it. */
  | 'CONNECTED'
  /** Its flow runs. */
  | 'INITIATED'
  /** Paused until it is resumed; its expiry keeps running. */
  | 'PAUSED'
  /** Waits in a queue for an agent. */
  | 'QUEUED'
  /** Waits for its scheduledTime; no flow runs yet. */
  | 'SCHEDULED';

/** Stable codes of errors in payloads. docs/api/errors.md says for each whether a retry is safe. */
export type ConnectErrorCode =
  /** Another change to the same contact is in progress. Retry. */
  | 'CONFLICT'
  /** Only of an item of a job: it was not created before notAfter. */
  | 'EXPIRED'
  /** The client token was used before with other parameters. Use a new token. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The contact's state does not allow the change. */
  | 'ILLEGAL_STATE'
  /** A value breaks a rule, or contradicts another value or a resource. Change the input. */
  | 'INVALID_INPUT'
  /** An id does not exist in this instance. Change the input. */
  | 'NOT_FOUND'
  /** Only of an item of a job: its task may have been created. Search for it before you create it anew. */
  | 'OUTCOME_UNKNOWN'
  /** A quota is full. A full chain stays full; active tasks become free as tasks end. */
  | 'QUOTA_EXCEEDED'
  /** Amazon Connect refused the request; only the message says why. Change the input. */
  | 'REFUSED'
  /** The rate of Amazon Connect is reached. Retry later with the same client token. */
  | 'THROTTLED';

/** The source of the flow that starts the task. Exactly one member, because Amazon Connect runs exactly one flow for a task. */
export type ConnectFlowSourceInput =
  {   /** A contact flow, by its id: 1 to 500 characters. */
  contactFlowId: string; quickConnectId?: never; taskTemplateId?: never; }
  |  { contactFlowId?: never;   /** A quick connect, by its id: its flow runs. Type PHONE_NUMBER has no flow and is refused. */
  quickConnectId: string; taskTemplateId?: never; }
  |  { contactFlowId?: never; quickConnectId?: never;   /** A task template, by its id, 1 to 500 characters: its flow runs, and the task is validated against its fields. */
  taskTemplateId: string; };

/** The kind of a quick connect. */
export type ConnectQuickConnectType =
  /** A flow. */
  | 'FLOW'
  /** A phone number. It has no flow, so it cannot start a task. */
  | 'PHONE_NUMBER'
  /** A queue. */
  | 'QUEUE'
  /** An agent. Connect's console calls it Agent. */
  | 'USER';

/** A quota of Amazon Connect that a task can meet. */
export type ConnectQuota =
  /** Tasks of the instance that have not ended: 2,500 unless raised. */
  | 'ACTIVE_TASKS'
  /** Linked tasks in one chain: 12. Their number never falls. */
  | 'CHAIN'
  /** Pauses of one contact: 10. */
  | 'PAUSES'
  /** New times of one scheduled task: 20. */
  | 'RESCHEDULES'
  /** Other task templates of one contact: 5. */
  | 'TEMPLATE_CHANGES'
  /** Transfers of one task: 11. */
  | 'TRANSFERS'
  /** Amazon Connect did not report which. */
  | 'UNKNOWN';

/** A labelled value that the agent sees with the task. */
export type ConnectReferenceInput = {
  /** The label, 1 to 4,096 characters; each name once. */
  name: string;
  /** The type of the value. */
  type: ConnectReferenceInputType;
  /** The value, 0 to 4,096 characters, in the format of its type. */
  value: string;
};

/** The reference types that Amazon Connect accepts at creation, without ATTACHMENT. */
export type ConnectReferenceInputType =
  /** Seconds since the epoch, 1 to 12 digits. */
  | 'DATE'
  /** One e-mail address, local@domain. */
  | 'EMAIL'
  /** A decimal number, such as -12.50. */
  | 'NUMBER'
  /** Any text, also empty. */
  | 'STRING'
  /** An absolute http or https URL. */
  | 'URL';

/** A kind of resource that a request can name. */
export type ConnectResource =
  /** A contact. */
  | 'CONTACT'
  /** A contact flow. */
  | 'CONTACT_FLOW'
  /** An Amazon Connect instance. */
  | 'INSTANCE'
  /** A queue. */
  | 'QUEUE'
  /** A quick connect. */
  | 'QUICK_CONNECT'
  /** A task template. */
  | 'TASK_TEMPLATE'
  /** A user: an agent. */
  | 'USER';

/** The direction of a sort. Items without a value always come last. */
export type ConnectSortDirection =
  /** The earliest first. */
  | 'ASC'
  /** The latest first. */
  | 'DESC';

/** A tag of a contact. */
export type ConnectTagInput = {
  /** 1 to 128 characters: letters, digits and + , - . / : ; < = _; not aws:. */
  key: string;
  /** 0 to 256 characters. */
  value: string;
};

/** Whether tasks can be created from a template. */
export type ConnectTaskTemplateStatus =
  /** Tasks can be created from it. */
  | 'ACTIVE'
  /** createTaskContact refuses it. */
  | 'INACTIVE';

/** A range of one timestamp of the contacts: from its start, without its end. */
export type ConnectTimeRangeInput = {
  /** The timestamp. */
  field: ConnectTimestampField;
  /** The start, included. */
  from: string;
  /** The end, excluded. It must be after the start. */
  to: string;
};

/** The timestamps of a contact that a search can use. */
export type ConnectTimestampField =
  /** When an agent accepted it. Source: SearchContacts, CONNECTED_TO_AGENT_TIMESTAMP. */
  | 'CONNECTED_TO_AGENT'
  /** Its end. Source: SearchContacts, DISCONNECT_TIMESTAMP. */
  | 'ENDED'
  /** When it entered a queue; not for sorting. Source: SearchContacts, ENQUEUE_TIMESTAMP. */
  | 'ENQUEUED'
  /** Its creation. Source: SearchContacts, INITIATION_TIMESTAMP. */
  | 'INITIATED'
  /** Its scheduled time. Source: SearchContacts, SCHEDULED_TIMESTAMP. */
  | 'SCHEDULED';

/** The target of a transfer: exactly one member. */
export type ConnectTransferTargetInput =
  {   /** A queue's id. */
  queueId: string; userId?: never; }
  |  { queueId?: never;   /** An agent's user id: 1 to 256 characters. */
  userId: string; };

/** The task to create. All violations are reported at once, each with its path. */
export type CreateTaskContactInput = {
  /** SELF: the task goes to its creator. Requires createdByUserId and a task template with a self-assign flow. Default: the flow decides. */
  assignmentType?: ConnectAssignmentType | null | undefined;
  /** Files for the agent: at most 5. */
  attachments?: Array<ConnectAttachmentInput> | null | undefined;
  /** Attributes for the flow: at most 32,768 bytes of UTF-8 over all keys and values. */
  attributes?: Array<ConnectAttributeInput> | null | undefined;
  /** Makes repeats safe: for 7 days the same token and input return the same contact; another input is an error. At most 500 characters, case-sensitive. */
  clientToken?: string | null | undefined;
  /** The Connect user who creates the task: 1 to 256 characters. */
  createdByUserId?: string | null | undefined;
  /** The task's description, as the agent sees it: 0 to 4,096 characters. */
  description?: string | null | undefined;
  /** Minutes after its start until the task expires: 1 to 129,600. Default: 10,080 (7 days). */
  expiryMinutes?: number | null | undefined;
  /** The flow source: exactly one member. */
  flow: ConnectFlowSourceInput;
  /** The Amazon Connect instance, by id or alias, 1 to 100 characters. Default: CONNECT_INSTANCE_ID. */
  instanceId?: string | null | undefined;
  /** A link to another contact: exactly one member. Default: the task starts a chain of its own. */
  link?: ConnectContactLinkInput | null | undefined;
  /** The task's name, as the agent sees it: 0 to 512 characters; 1,024 before a real instance. */
  name: string;
  /** Labelled values for the agent: at most 4,096 bytes of UTF-8 over all of them. */
  references?: Array<ConnectReferenceInput> | null | undefined;
  /** When the flow starts: not in the past, to the second; at most 6 days ahead by the API reference, 90 days before a real instance. Default: at once. */
  scheduledTime?: string | null | undefined;
  /** Segment attributes of this contact alone: its chain does not share them. Keys: 1 to 128 letters, digits, - and _. Values: at most 1,024 characters. Amazon Connect accepts keys that are predefined attributes of the instance. */
  segmentAttributes?: Array<ConnectAttributeInput> | null | undefined;
};

/** The task to pause. */
export type PauseTaskContactInput = {
  /** A contact flow to run, by its id: 1 to 500 characters. */
  contactFlowId?: string | null | undefined;
  /** The contact's id: 1 to 256 characters. */
  contactId: string;
  /** The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID. */
  instanceId?: string | null | undefined;
};

/** A new time for a task that is still SCHEDULED. */
export type RescheduleTaskContactInput = {
  /** The contact's id: 1 to 256 characters. */
  contactId: string;
  /** The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID. */
  instanceId?: string | null | undefined;
  /** When the flow starts: not in the past, to the second; at most 6 days ahead by the API reference, 90 days before a real instance. */
  scheduledTime: string;
};

/** The task to resume. */
export type ResumeTaskContactInput = {
  /** A contact flow to run, by its id: 1 to 500 characters. */
  contactFlowId?: string | null | undefined;
  /** The contact's id: 1 to 256 characters. */
  contactId: string;
  /** The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID. */
  instanceId?: string | null | undefined;
};

/** The task to end. */
export type StopTaskContactInput = {
  /** The contact's id: 1 to 256 characters. */
  contactId: string;
  /** The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID. */
  instanceId?: string | null | undefined;
};

/** The tags to add. */
export type TagTaskContactInput = {
  /** The contact's id: 1 to 256 characters. */
  contactId: string;
  /** The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID. */
  instanceId?: string | null | undefined;
  /** 1 to 6 tags, each key once. An equal key gets the new value. */
  tags: Array<ConnectTagInput>;
};

/** The task to transfer, and where to. */
export type TransferTaskContactInput = {
  /** Makes repeats safe, as at creation: at most 500 characters, case-sensitive. */
  clientToken?: string | null | undefined;
  /** The contact flow of the new contact, by its id: 1 to 500 characters. */
  contactFlowId: string;
  /** The contact's id: 1 to 256 characters. */
  contactId: string;
  /** The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID. */
  instanceId?: string | null | undefined;
  /** The target: exactly one member. Default: the contact flow decides. */
  target?: ConnectTransferTargetInput | null | undefined;
};

/** The tags to remove. */
export type UntagTaskContactInput = {
  /** The contact's id: 1 to 256 characters. */
  contactId: string;
  /** The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID. */
  instanceId?: string | null | undefined;
  /** 1 to 6 keys. Unknown keys are ignored. */
  keys: Array<string>;
};

/** Attributes to merge into the set that the whole chain shares. */
export type UpdateConnectSharedAttributesInput = {
  /** They overwrite equal keys. The set has at most 32,768 bytes of UTF-8. Keys cannot be removed. */
  attributes: Array<ConnectAttributeInput>;
  /** The contact's id: 1 to 256 characters. */
  contactId: string;
  /** The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID. */
  instanceId?: string | null | undefined;
};

/** Changes to a task, ended or not: at least one member besides the ids. */
export type UpdateTaskContactInput = {
  /** The contact's id: 1 to 256 characters. */
  contactId: string;
  /** The new description: 0 to 4,096 characters. */
  description?: string | null | undefined;
  /** Minutes after its start until the task expires: 1 to 129,600. */
  expiryMinutes?: number | null | undefined;
  /** The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID. */
  instanceId?: string | null | undefined;
  /** The new name: 0 to 512 characters; 1,024 before a real instance. */
  name?: string | null | undefined;
  /** Each replaces the reference of the same name or is added; others stay. At most 4,096 bytes of UTF-8 over all references of the task. */
  references?: Array<ConnectReferenceInput> | null | undefined;
  /** Each replaces the contact's own segment attribute of the same key or is added; others stay. Keys: 1 to 128 letters, digits, - and _. Values: at most 1,024 characters. */
  segmentAttributes?: Array<ConnectAttributeInput> | null | undefined;
};

export type ContactByIdQueryVariables = Exact<{
  id: string;
}>;


export type ContactByIdQuery = { connectContact: { id: string, instanceId: string, arn: string | null, channel: ConnectChannel | null, name: string | null, description: string | null, state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, initiationMethod: string | null, initiatedAt: string | null, scheduledTime: string | null, expiresAt: string | null, endedAt: string | null, updatedAt: string | null, disconnectReason: string | null, enqueuedAt: string | null, connectedToAgentAt: string | null, queue: { id: string, name: string | null } | null, agent: { id: string, username: string | null } | null, tags: Array<{ key: string, value: string }> | null, references: Array<{ name: string, type: string, value: string | null }> | null, attributes: Array<{ key: string, value: string }> | null, previousContact: { id: string } | null, relatedContact: { id: string } | null, chain: { id: string } | null } | null };

export type ContactChainQueryVariables = Exact<{
  contactId: string;
}>;


export type ContactChainQuery = { connectContactChain: { id: string, linkedTaskCount: number | null, linkedTaskLimit: number, remaining: number | null, attributeBytes: number | null, attributeBytesLimit: number, sharedAttributes: Array<{ key: string, value: string }> | null, latestContact: { id: string } | null, contacts: Array<{ id: string, channel: ConnectChannel | null, name: string | null, state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, initiatedAt: string | null, previousContact: { id: string } | null } | null> | null } | null };

export type ContactsByIdsQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ContactsByIdsQuery = { connectContacts: Array<{ id: string, channel: ConnectChannel | null, name: string | null, state: ConnectContactState | null, initiatedAt: string | null, endedAt: string | null, attributes: Array<{ key: string, value: string }> | null } | null> };

export type ContinueChainMutationVariables = Exact<{
  input: CreateTaskContactInput;
}>;


export type ContinueChainMutation = { createTaskContact: { replayed: boolean | null, contact: { id: string, name: string | null, state: ConnectContactState | null, attributes: Array<{ key: string, value: string }> | null, previousContact: { id: string, channel: ConnectChannel | null, endedAt: string | null } | null, chain: { id: string, linkedTaskCount: number | null, linkedTaskLimit: number, remaining: number | null } | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { quota: ConnectQuota, limit: number | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type CreateWithContactFlowMutationVariables = Exact<{
  input: CreateTaskContactInput;
}>;


export type CreateWithContactFlowMutation = { createTaskContact: { replayed: boolean | null, contact: { id: string, arn: string | null, name: string | null, description: string | null, state: ConnectContactState | null, initiatedAt: string | null, expiresAt: string | null, references: Array<{ name: string, type: string, value: string | null }> | null, attributes: Array<{ key: string, value: string }> | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { quota: ConnectQuota, limit: number | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type CreateWithQuickConnectMutationVariables = Exact<{
  input: CreateTaskContactInput;
}>;


export type CreateWithQuickConnectMutation = { createTaskContact: { replayed: boolean | null, contact: { id: string, name: string | null, state: ConnectContactState | null, channel: ConnectChannel | null, initiationMethod: string | null, initiatedAt: string | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { quota: ConnectQuota, limit: number | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type CreateWithRequiredFieldsMutationVariables = Exact<{
  input: CreateTaskContactInput;
}>;


export type CreateWithRequiredFieldsMutation = { createTaskContact: { replayed: boolean | null, contact: { id: string, name: string | null, state: ConnectContactState | null, references: Array<{ name: string, type: string, value: string | null }> | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { quota: ConnectQuota, limit: number | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type CreateWithTaskTemplateMutationVariables = Exact<{
  input: CreateTaskContactInput;
}>;


export type CreateWithTaskTemplateMutation = { createTaskContact: { replayed: boolean | null, contact: { id: string, name: string | null, state: ConnectContactState | null, references: Array<{ name: string, type: string, value: string | null }> | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { quota: ConnectQuota, limit: number | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type EntitiesQueryVariables = Exact<{
  representations: Array<object> | object;
}>;


export type EntitiesQuery = { _entities: Array<
    | { __typename: 'ConnectContact', id: string, channel: ConnectChannel | null, state: ConnectContactState | null, attributes: Array<{ key: string, value: string }> | null }
    | { __typename: 'ConnectContactChain', linkedTaskCount: number | null, chainId: string }
    | { __typename: 'ConnectContactFlow' }
    | { __typename: 'ConnectQueue' }
    | { __typename: 'ConnectQuickConnect' }
    | { __typename: 'ConnectTaskTemplate', name: string | null, templateId: string }
    | { __typename: 'ConnectUser' }
   | null> };

export type FollowChainSubscriptionVariables = Exact<{
  of: ConnectContactChangesInput;
  after?: string | null | undefined;
}>;


export type FollowChainSubscription = { connectContactChanged: { kind: ConnectContactChangeKind, occurredAt: string, cursor: string, contact: { id: string, chain: { id: string, linkedTaskCount: number | null, linkedTaskLimit: number, remaining: number | null, sharedAttributes: Array<{ key: string, value: string }> | null, contacts: Array<{ id: string, channel: ConnectChannel | null, name: string | null, state: ConnectContactState | null, initiatedAt: string | null } | null> | null } | null } } };

export type FollowTasksSubscriptionVariables = Exact<{
  of: ConnectContactChangesInput;
  after?: string | null | undefined;
}>;


export type FollowTasksSubscription = { connectContactChanged: { kind: ConnectContactChangeKind, occurredAt: string, cursor: string, contact: { id: string, channel: ConnectChannel | null, name: string | null, state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, queue: { id: string, name: string | null } | null, agent: { id: string, username: string | null } | null } } };

export type MyOpenTasksQueryVariables = Exact<{
  filter: ConnectContactFilter;
  sort?: ConnectContactSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyOpenTasksQuery = { searchConnectContacts: { nodes: Array<{ id: string, name: string | null, initiatedAt: string | null, expiresAt: string | null, connectedToAgentAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OpenTasksOfQueueQueryVariables = Exact<{
  filter: ConnectContactFilter;
  sort?: ConnectContactSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OpenTasksOfQueueQuery = { searchConnectContacts: { nodes: Array<{ id: string, name: string | null, initiatedAt: string | null, expiresAt: string | null, enqueuedAt: string | null, connectedToAgentAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PauseTaskMutationVariables = Exact<{
  input: PauseTaskContactInput;
}>;


export type PauseTaskMutation = { pauseTaskContact: { contact: { id: string, state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, expiresAt: string | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { quota: ConnectQuota, limit: number | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type PickersQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type PickersQuery = { connectContactFlows: { nodes: Array<{ id: string, name: string | null, type: string | null, canStartTask: boolean | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, connectQuickConnects: { nodes: Array<{ id: string, name: string | null, type: ConnectQuickConnectType | null, canStartTask: boolean | null }> }, connectTaskTemplates: { nodes: Array<{ id: string, name: string | null, status: ConnectTaskTemplateStatus | null }> }, connectQueues: { nodes: Array<{ id: string, name: string | null, type: string | null }> }, connectUsers: { nodes: Array<{ id: string, username: string | null }> } };

export type RefusedInputMutationVariables = Exact<{
  input: CreateTaskContactInput;
}>;


export type RefusedInputMutation = { createTaskContact: { replayed: boolean | null, contact: { id: string } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { quota: ConnectQuota, limit: number | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type RescheduleTaskMutationVariables = Exact<{
  input: RescheduleTaskContactInput;
}>;


export type RescheduleTaskMutation = { rescheduleTaskContact: { contact: { id: string, state: ConnectContactState | null, scheduledTime: string | null, expiresAt: string | null, allowedActions: Array<ConnectContactAction> | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type ResumeTaskMutationVariables = Exact<{
  input: ResumeTaskContactInput;
}>;


export type ResumeTaskMutation = { resumeTaskContact: { contact: { id: string, state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type ScheduleTaskMutationVariables = Exact<{
  input: CreateTaskContactInput;
}>;


export type ScheduleTaskMutation = { createTaskContact: { replayed: boolean | null, contact: { id: string, name: string | null, state: ConnectContactState | null, scheduledTime: string | null, expiresAt: string | null, allowedActions: Array<ConnectContactAction> | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { quota: ConnectQuota, limit: number | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type SearchContactsQueryVariables = Exact<{
  filter: ConnectContactFilter;
  sort?: ConnectContactSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SearchContactsQuery = { searchConnectContacts: { totalCount: number | null, nodes: Array<{ id: string, channel: ConnectChannel | null, name: string | null, state: ConnectContactState | null, initiatedAt: string | null, endedAt: string | null, queue: { id: string } | null, tags: Array<{ key: string, value: string }> | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type StopTaskMutationVariables = Exact<{
  input: StopTaskContactInput;
}>;


export type StopTaskMutation = { stopTaskContact: { contact: { id: string, state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, endedAt: string | null, disconnectReason: string | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type TagTaskMutationVariables = Exact<{
  input: TagTaskContactInput;
}>;


export type TagTaskMutation = { tagTaskContact: { contact: { id: string, tags: Array<{ key: string, value: string }> | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type TaskPageQueryVariables = Exact<{
  id: string;
}>;


export type TaskPageQuery = { connectContact: { id: string, name: string | null, channel: ConnectChannel | null, state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, scheduledTime: string | null, expiresAt: string | null, enqueuedAt: string | null, connectedToAgentAt: string | null, queue: { id: string, name: string | null } | null, agent: { id: string, username: string | null } | null, tags: Array<{ key: string, value: string }> | null, references: Array<{ name: string, type: string, value: string | null }> | null, chain: { id: string, linkedTaskCount: number | null, linkedTaskLimit: number, remaining: number | null, attributeBytes: number | null, attributeBytesLimit: number, sharedAttributes: Array<{ key: string, value: string }> | null, contacts: Array<{ id: string, channel: ConnectChannel | null, name: string | null, state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, initiatedAt: string | null, endedAt: string | null, previousContact: { id: string } | null } | null> | null } | null } | null };

export type TaskTemplateFormQueryVariables = Exact<{
  id: string;
}>;


export type TaskTemplateFormQuery = { connectTaskTemplate: { id: string, name: string | null, description: string | null, status: ConnectTaskTemplateStatus | null, contactFlow: { id: string, name: string | null, canStartTask: boolean | null } | null, fields: Array<{ name: string, type: string, description: string | null, required: boolean, readOnly: boolean, invisible: boolean, defaultValue: string | null, options: Array<string> | null }> | null } | null };

export type TasksOfCustomerQueryVariables = Exact<{
  filter: ConnectContactFilter;
  sort?: ConnectContactSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TasksOfCustomerQuery = { searchConnectContacts: { nodes: Array<{ id: string, name: string | null, initiatedAt: string | null, expiresAt: string | null, endedAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type TransferTaskMutationVariables = Exact<{
  input: TransferTaskContactInput;
}>;


export type TransferTaskMutation = { transferTaskContact: { replayed: boolean | null, contact: { id: string, name: string | null, state: ConnectContactState | null, queue: { id: string } | null, agent: { id: string } | null, previousContact: { id: string, state: ConnectContactState | null } | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { quota: ConnectQuota, limit: number | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type UnassignedTasksQueryVariables = Exact<{
  filter: ConnectContactFilter;
  sort?: ConnectContactSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type UnassignedTasksQuery = { searchConnectContacts: { nodes: Array<{ id: string, name: string | null, initiatedAt: string | null, expiresAt: string | null, enqueuedAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UntagTaskMutationVariables = Exact<{
  input: UntagTaskContactInput;
}>;


export type UntagTaskMutation = { untagTaskContact: { contact: { id: string, tags: Array<{ key: string, value: string }> | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type UpdateSharedAttributesMutationVariables = Exact<{
  input: UpdateConnectSharedAttributesInput;
}>;


export type UpdateSharedAttributesMutation = { updateConnectSharedAttributes: { chain: { id: string, attributeBytes: number | null, attributeBytesLimit: number, sharedAttributes: Array<{ key: string, value: string }> | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type UpdateTaskMutationVariables = Exact<{
  input: UpdateTaskContactInput;
}>;


export type UpdateTaskMutation = { updateTaskContact: { contact: { id: string, name: string | null, description: string | null, updatedAt: string | null, references: Array<{ name: string, type: string, value: string | null }> | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { state: ConnectContactState | null, allowedActions: Array<ConnectContactAction> | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { rule: string | null, expected: string | null, actual: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { resource: ConnectResource | null, id: string | null, code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };


export const ContactByIdDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ContactById"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connectContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"instanceId"}},{"kind":"Field","name":{"kind":"Name","value":"arn"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"initiationMethod"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledTime"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disconnectReason"}},{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"enqueuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"agent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connectedToAgentAt"}},{"kind":"Field","name":{"kind":"Name","value":"tags"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"references"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"previousContact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"relatedContact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"chain"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<ContactByIdQuery, ContactByIdQueryVariables>;
export const ContactChainDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ContactChain"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"contactId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connectContactChain"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"contactId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"contactId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"linkedTaskCount"}},{"kind":"Field","name":{"kind":"Name","value":"linkedTaskLimit"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"attributeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"attributeBytesLimit"}},{"kind":"Field","name":{"kind":"Name","value":"sharedAttributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"latestContact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"previousContact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ContactChainQuery, ContactChainQueryVariables>;
export const ContactsByIdsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ContactsByIds"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connectContacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"keys"},"value":{"kind":"ListValue","values":[{"kind":"StringValue","value":"customerId","block":false}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]} as unknown as DocumentNode<ContactsByIdsQuery, ContactsByIdsQueryVariables>;
export const ContinueChainDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ContinueChain"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"previousContact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"chain"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"linkedTaskCount"}},{"kind":"Field","name":{"kind":"Name","value":"linkedTaskLimit"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectQuotaExceededError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ContinueChainMutation, ContinueChainMutationVariables>;
export const CreateWithContactFlowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateWithContactFlow"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"arn"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"references"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectQuotaExceededError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreateWithContactFlowMutation, CreateWithContactFlowMutationVariables>;
export const CreateWithQuickConnectDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateWithQuickConnect"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"initiationMethod"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectQuotaExceededError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreateWithQuickConnectMutation, CreateWithQuickConnectMutationVariables>;
export const CreateWithRequiredFieldsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateWithRequiredFields"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"references"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectQuotaExceededError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreateWithRequiredFieldsMutation, CreateWithRequiredFieldsMutationVariables>;
export const CreateWithTaskTemplateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateWithTaskTemplate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"references"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectQuotaExceededError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreateWithTaskTemplateMutation, CreateWithTaskTemplateMutationVariables>;
export const EntitiesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Entities"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"representations"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"_Any"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"_entities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"representations"},"value":{"kind":"Variable","name":{"kind":"Name","value":"representations"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContact"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactChain"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"chainId"},"name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"linkedTaskCount"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectTaskTemplate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"templateId"},"name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<EntitiesQuery, EntitiesQueryVariables>;
export const FollowChainDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowChain"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"of"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactChangesInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connectContactChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"of"},"value":{"kind":"Variable","name":{"kind":"Name","value":"of"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"chain"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"linkedTaskCount"}},{"kind":"Field","name":{"kind":"Name","value":"linkedTaskLimit"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"sharedAttributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FollowChainSubscription, FollowChainSubscriptionVariables>;
export const FollowTasksDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowTasks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"of"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactChangesInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connectContactChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"of"},"value":{"kind":"Variable","name":{"kind":"Name","value":"of"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"agent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}}]}}]}}]} as unknown as DocumentNode<FollowTasksSubscription, FollowTasksSubscriptionVariables>;
export const MyOpenTasksDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MyOpenTasks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sort"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactSort"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searchConnectContacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"sort"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sort"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"connectedToAgentAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<MyOpenTasksQuery, MyOpenTasksQueryVariables>;
export const OpenTasksOfQueueDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OpenTasksOfQueue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sort"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactSort"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searchConnectContacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"sort"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sort"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"enqueuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"connectedToAgentAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<OpenTasksOfQueueQuery, OpenTasksOfQueueQueryVariables>;
export const PauseTaskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PauseTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PauseTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pauseTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectIllegalStateError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectQuotaExceededError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}}]}}]}}]}}]}}]} as unknown as DocumentNode<PauseTaskMutation, PauseTaskMutationVariables>;
export const PickersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Pickers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connectContactFlows"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"canStartTask"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"connectQuickConnects"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"canStartTask"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"connectTaskTemplates"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"connectQueues"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"connectUsers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}}]}}]} as unknown as DocumentNode<PickersQuery, PickersQueryVariables>;
export const RefusedInputDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefusedInput"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectQuotaExceededError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RefusedInputMutation, RefusedInputMutationVariables>;
export const RescheduleTaskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RescheduleTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RescheduleTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rescheduleTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledTime"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectIllegalStateError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RescheduleTaskMutation, RescheduleTaskMutationVariables>;
export const ResumeTaskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResumeTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectIllegalStateError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ResumeTaskMutation, ResumeTaskMutationVariables>;
export const ScheduleTaskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ScheduleTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledTime"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectQuotaExceededError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ScheduleTaskMutation, ScheduleTaskMutationVariables>;
export const SearchContactsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SearchContacts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sort"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactSort"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searchConnectContacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"sort"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sort"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<SearchContactsQuery, SearchContactsQueryVariables>;
export const StopTaskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StopTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StopTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stopTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disconnectReason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]} as unknown as DocumentNode<StopTaskMutation, StopTaskMutationVariables>;
export const TagTaskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TagTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TagTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tagTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"tags"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectIllegalStateError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TagTaskMutation, TagTaskMutationVariables>;
export const TaskPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TaskPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connectContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledTime"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"enqueuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"agent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connectedToAgentAt"}},{"kind":"Field","name":{"kind":"Name","value":"tags"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"references"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"chain"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"linkedTaskCount"}},{"kind":"Field","name":{"kind":"Name","value":"linkedTaskLimit"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"attributeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"attributeBytesLimit"}},{"kind":"Field","name":{"kind":"Name","value":"sharedAttributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"previousContact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<TaskPageQuery, TaskPageQueryVariables>;
export const TaskTemplateFormDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TaskTemplateForm"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connectTaskTemplate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"contactFlow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"canStartTask"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"readOnly"}},{"kind":"Field","name":{"kind":"Name","value":"invisible"}},{"kind":"Field","name":{"kind":"Name","value":"defaultValue"}},{"kind":"Field","name":{"kind":"Name","value":"options"}}]}}]}}]}}]} as unknown as DocumentNode<TaskTemplateFormQuery, TaskTemplateFormQueryVariables>;
export const TasksOfCustomerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TasksOfCustomer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sort"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactSort"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searchConnectContacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"sort"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sort"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<TasksOfCustomerQuery, TasksOfCustomerQueryVariables>;
export const TransferTaskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TransferTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TransferTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transferTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"agent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"previousContact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectIllegalStateError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectQuotaExceededError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TransferTaskMutation, TransferTaskMutationVariables>;
export const UnassignedTasksDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UnassignedTasks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sort"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectContactSort"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searchConnectContacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"sort"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sort"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"initiatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"enqueuedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<UnassignedTasksQuery, UnassignedTasksQueryVariables>;
export const UntagTaskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UntagTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UntagTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"untagTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"tags"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectIllegalStateError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}}]}}]}}]}}]} as unknown as DocumentNode<UntagTaskMutation, UntagTaskMutationVariables>;
export const UpdateSharedAttributesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateSharedAttributes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateConnectSharedAttributesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateConnectSharedAttributes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chain"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"attributeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"attributeBytesLimit"}},{"kind":"Field","name":{"kind":"Name","value":"sharedAttributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]} as unknown as DocumentNode<UpdateSharedAttributesMutation, UpdateSharedAttributesMutationVariables>;
export const UpdateTaskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateTaskContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateTaskContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"references"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectInvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectNotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectIllegalStateError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}}]}}]}}]}}]}}]} as unknown as DocumentNode<UpdateTaskMutation, UpdateTaskMutationVariables>;