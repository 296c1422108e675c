/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

/** A link to another contact. Exactly one member: previousContactId joins the chain and shares its attributes (at most 12 linked tasks in a chain); relatedContactId copies the attributes once, without limit. */
export type ConnectContactLinkInput =
  {   /** A chat, voice or task contact whose chain the task joins: 1 to 256 characters. */
  previousContactId: string; relatedContactId?: never; }
  |  { previousContactId?: never;   /** A contact whose attributes the task copies; afterwards the two are independent: 1 to 256 characters. */
  relatedContactId: string; };

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

export type CreateTaskMutationVariables = Exact<{
  input: CreateTaskContactInput;
}>;


export type CreateTaskMutation = { createTaskContact: { contact: { id: string, name: string | null } | null, errors: Array<
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
      | { code: ConnectErrorCode, message: string, path: Array<string> | null }
    > } };

export type ChainQueryVariables = Exact<{
  contactId: string;
}>;


export type ChainQuery = { connectContactChain: { id: string, linkedTaskCount: number | null, linkedTaskLimit: number, sharedAttributes: Array<{ key: string, value: string }> | null, contacts: Array<{ id: string, channel: ConnectChannel | null, state: ConnectContactState | null, name: string | null } | null> | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const CreateTaskDocument = new TypedDocumentString(`
    mutation CreateTask($input: CreateTaskContactInput!) {
  createTaskContact(input: $input) {
    contact {
      id
      name
    }
    errors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<CreateTaskMutation, CreateTaskMutationVariables>;
export const ChainDocument = new TypedDocumentString(`
    query Chain($contactId: ID!) {
  connectContactChain(contactId: $contactId) {
    id
    linkedTaskCount
    linkedTaskLimit
    sharedAttributes {
      key
      value
    }
    contacts {
      id
      channel
      state
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ChainQuery, ChainQueryVariables>;