import type { ContactFlow, QuickConnectType } from '../../connect/catalog.js';
import type { ContactChangeKind } from '../../connect/contact-change.js';
import type { Channel } from '../../connect/contact.js';
import type { TaskTemplateStatus } from '../../connect/task-template.js';
import { foldCase, isAscii } from '../../util/fold-case.js';

/**
 * The tables of the embedded engine. Columns have the same names as in the engine and the port. Instants are milliseconds
 * since the epoch; lists and maps are JSON text.
 */

/** An Amazon Connect instance, with its counters. */
export interface InstanceRow {
  id: string;
  alias: string;
  arn: string;
  createdAt: number;
  /**
   * The number of tasks without an end or in after-contact work. It includes expired tasks whose end is not stored yet.
   */
  openTasks: number;
  /** The latest instant that a batch has used. Later batches never use an earlier one. */
  lastInstant: number;
  /** The number of its newest change, and so of all changes that there were. */
  lastChange: number;
  /** Until when changes that follow from time alone are written down; 0: from the next look on. */
  changesUntil: number;
}

/** A contact flow. */
export interface ContactFlowRow {
  instanceId: string;
  id: string;
  name: string;
  type: string;
  state: ContactFlow['state'];
  status: ContactFlow['status'];
  description: string | null;
}

/** A queue. */
export interface QueueRow {
  instanceId: string;
  id: string;
  name: string;
}

/** A user: an agent. */
export interface ConnectUserRow {
  instanceId: string;
  id: string;
  username: string;
}

/** A quick connect. */
export interface QuickConnectRow {
  instanceId: string;
  id: string;
  name: string;
  type: QuickConnectType;
  description: string | null;
  contactFlowId: string | null;
  queueId: string | null;
  userId: string | null;
  phoneNumber: string | null;
}

/** A task template. */
export interface TaskTemplateRow {
  instanceId: string;
  id: string;
  name: string;
  description: string | null;
  status: TaskTemplateStatus;
  contactFlowId: string | null;
  /** The flow for tasks that their creators assign to themselves. */
  selfAssignFlowId: string | null;
  /** JSON: a list of TaskTemplateField. */
  fields: string;
  createdAt: number;
  updatedAt: number;
}

/** A version of a task template. The current version is stored as well. */
export interface TaskTemplateVersionRow extends TaskTemplateRow {
  /** From 1, increased with each change. */
  version: number;
}

/** A chain: the data that its contacts share. */
export interface ChainRow {
  instanceId: string;
  /** The initial contact's id. */
  id: string;
  /** JSON: key to value. */
  attributes: string;
  attributeBytes: number;
  /** Tasks created with a previousContactId. */
  linkedTasks: number;
}

/** A contact. */
export interface ContactRow {
  instanceId: string;
  id: string;
  chainId: string;
  /** The same for all contacts that are joined by links of either kind. */
  associationId: string;
  previousContactId: string | null;
  relatedContactId: string | null;
  channel: Channel;
  initiationMethod: string;
  name: string | null;
  description: string | null;
  contactFlowId: string | null;
  quickConnectId: string | null;
  taskTemplateId: string | null;
  /** JSON: a list of Reference. */
  references: string | null;
  initiatedAt: number;
  scheduledAt: number | null;
  expiresAt: number | null;
  endedAt: number | null;
  disconnectReason: string | null;
  updatedAt: number;
  queueId: string | null;
  enqueuedAt: number | null;
  agentId: string | null;
  connectedAt: number | null;
  afterContactWorkStartedAt: number | null;
  afterContactWorkEndedAt: number | null;
  pausedAt: number | null;
  resumedAt: number | null;
  /** The number of times that it was paused. */
  pauses: number;
  /** The number of transfers of the task before this contact. */
  transfers: number;
  /** How often it got another start time. */
  reschedules: number;
  /** How often it got another task template. */
  templateChanges: number;
  /** How long its ended pauses took together, in milliseconds. */
  pausedMs: number;
  /** The priority in a queue, 1 first: decimal digits, because a number would not hold them all; null: the default. */
  queuePriority: string | null;
  /** Seconds that are added to its time in a queue; null: none. */
  queueTimeAdjustmentSeconds: number | null;
  /** JSON: the contact's own segment attributes, key to value. */
  segmentAttributes: string | null;
  /** JSON: how the customer of a call, chat or e-mail is reached. */
  customerEndpoint: string | null;
  /** JSON: a list of StoredAttachment. */
  attachments: string | null;
  /** JSON: a list of Tag. */
  tags: string | null;
  /** The user that the request names as the creator of the task. */
  createdByUserId: string | null;
  /** SELF if the creator assigned the task to themselves. */
  assignmentType: string | null;
}

/** A change of a contact, kept for some time, in the order of its commit. */
export interface ContactChangeRow {
  instanceId: string;
  /** 1 for the first of its instance, and one more for each that follows. */
  id: number;
  contactId: string;
  chainId: string;
  /** 1 where it changed what all contacts of the chain share. */
  isOfChain: number;
  kind: ContactChangeKind;
  occurredAt: number;
  queueId: string | null;
  userId: string | null;
}

/** A client token that was used for a creation. */
export interface ClientTokenRow {
  /** Hash of scope and token. Tokens themselves are never stored. */
  scope: string;
  /** Hash of the request in canonical form. */
  fingerprint: string;
  /** The id of the created contact or task template. */
  contactId: string;
  expiresAt: number;
}

/** A committed batch. It is read when the answer to COMMIT is lost. */
export interface BatchRow {
  id: string;
  committedAt: number;
}

/** Data about the database itself. */
export interface MetaRow {
  key: string;
  value: string;
}

/** All tables. */
export interface Tables {
  meta: MetaRow;
  instance: InstanceRow;
  contactFlow: ContactFlowRow;
  queue: QueueRow;
  connectUser: ConnectUserRow;
  quickConnect: QuickConnectRow;
  taskTemplate: TaskTemplateRow;
  taskTemplateVersion: TaskTemplateVersionRow;
  chain: ChainRow;
  contact: ContactRow;
  clientToken: ClientTokenRow;
  batch: BatchRow;
  contactChange: ContactChangeRow;
}

/** The defaults of a new contact. */
export const NEW_CONTACT = {
  previousContactId: null,
  relatedContactId: null,
  name: null,
  description: null,
  quickConnectId: null,
  taskTemplateId: null,
  references: null,
  scheduledAt: null,
  expiresAt: null,
  endedAt: null,
  disconnectReason: null,
  queueId: null,
  enqueuedAt: null,
  agentId: null,
  connectedAt: null,
  afterContactWorkStartedAt: null,
  afterContactWorkEndedAt: null,
  pausedAt: null,
  resumedAt: null,
  pauses: 0,
  transfers: 0,
  reschedules: 0,
  templateChanges: 0,
  pausedMs: 0,
  queuePriority: null,
  queueTimeAdjustmentSeconds: null,
  segmentAttributes: null,
  customerEndpoint: null,
  attachments: null,
  tags: null,
  createdByUserId: null,
  assignmentType: null,
} as const satisfies Partial<ContactRow>;

/** The SQL type of a column. */
export type ColumnType = 'text' | 'bigint';

/** The columns of each table with batch inserts, in the order of the statement. */
export const COLUMNS = {
  instance: {
    id: 'text',
    alias: 'text',
    arn: 'text',
    createdAt: 'bigint',
    openTasks: 'bigint',
    lastInstant: 'bigint',
    lastChange: 'bigint',
    changesUntil: 'bigint',
  },
  contactFlow: {
    instanceId: 'text',
    id: 'text',
    name: 'text',
    type: 'text',
    state: 'text',
    status: 'text',
    description: 'text',
  },
  queue: { instanceId: 'text', id: 'text', name: 'text' },
  connectUser: { instanceId: 'text', id: 'text', username: 'text' },
  quickConnect: {
    instanceId: 'text',
    id: 'text',
    name: 'text',
    type: 'text',
    description: 'text',
    contactFlowId: 'text',
    queueId: 'text',
    userId: 'text',
    phoneNumber: 'text',
  },
  taskTemplate: {
    instanceId: 'text',
    id: 'text',
    name: 'text',
    description: 'text',
    status: 'text',
    contactFlowId: 'text',
    selfAssignFlowId: 'text',
    fields: 'text',
    createdAt: 'bigint',
    updatedAt: 'bigint',
  },
  chain: { instanceId: 'text', id: 'text', attributes: 'text', attributeBytes: 'bigint', linkedTasks: 'bigint' },
  contact: {
    instanceId: 'text',
    id: 'text',
    chainId: 'text',
    associationId: 'text',
    previousContactId: 'text',
    relatedContactId: 'text',
    channel: 'text',
    initiationMethod: 'text',
    name: 'text',
    description: 'text',
    contactFlowId: 'text',
    quickConnectId: 'text',
    taskTemplateId: 'text',
    references: 'text',
    initiatedAt: 'bigint',
    scheduledAt: 'bigint',
    expiresAt: 'bigint',
    endedAt: 'bigint',
    disconnectReason: 'text',
    updatedAt: 'bigint',
    queueId: 'text',
    enqueuedAt: 'bigint',
    agentId: 'text',
    connectedAt: 'bigint',
    afterContactWorkStartedAt: 'bigint',
    afterContactWorkEndedAt: 'bigint',
    pausedAt: 'bigint',
    resumedAt: 'bigint',
    pauses: 'bigint',
    transfers: 'bigint',
    reschedules: 'bigint',
    templateChanges: 'bigint',
    pausedMs: 'bigint',
    queuePriority: 'text',
    queueTimeAdjustmentSeconds: 'bigint',
    segmentAttributes: 'text',
    customerEndpoint: 'text',
    attachments: 'text',
    tags: 'text',
    createdByUserId: 'text',
    assignmentType: 'text',
  },
  clientToken: { scope: 'text', fingerprint: 'text', contactId: 'text', expiresAt: 'bigint' },
  batch: { id: 'text', committedAt: 'bigint' },
  contactChange: {
    instanceId: 'text',
    id: 'bigint',
    contactId: 'text',
    chainId: 'text',
    isOfChain: 'bigint',
    kind: 'text',
    occurredAt: 'bigint',
    queueId: 'text',
    userId: 'text',
  },
} as const satisfies {
  readonly [Table in keyof Omit<Tables, 'meta' | 'taskTemplateVersion'>]: Readonly<
    Record<keyof Tables[Table], ColumnType>
  >;
};

/**
 * Text columns that the store derives from other columns when it writes a row. Rows do not have them as members, so they
 * cannot contradict the columns that they are derived from.
 */
export const DERIVED_COLUMNS: {
  readonly [Table in BatchTable]?: Readonly<Record<string, (row: Tables[Table]) => string | null>>;
} = {
  contact: {
    /** The name in the form that searches compare; null for ASCII, for which the upper case of the database is enough. */
    foldedName: ({ name }) => (name === null || isAscii(name) ? null : foldCase(name)),
  },
};

/** A table with batch inserts. */
export type BatchTable = keyof typeof COLUMNS;

/** The key of a resource of an instance. */
export interface ResourceKey {
  readonly instanceId: string;
  readonly id: string;
}
