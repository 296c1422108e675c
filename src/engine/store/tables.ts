import type { ContactFlow, QuickConnectType } from '../../connect/catalog.js';
import type { Channel } from '../../connect/contact.js';
import type { TaskTemplateStatus } from '../../connect/task-template.js';
import { foldCase, isAscii } from '../../util/fold-case.js';

/**
 * The tables of the embedded engine. Columns carry the names that the engine and the port use, so that no layer
 * translates. Instants are milliseconds since the epoch; lists and maps are JSON text.
 */

/** An Amazon Connect instance, with what a batch needs to know of it as a whole. */
export interface InstanceRow {
  id: string;
  alias: string;
  arn: string;
  createdAt: number;
  /**
   * Rows of tasks without an end or in after-contact work: the active ones, and those whose expiry has not been written
   * down yet.
   */
  openTasks: number;
  /** The greatest instant that a batch has used: the clock never goes below it. */
  lastInstant: number;
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

/** A task template as it was at some time, the present one included. */
export interface TaskTemplateVersionRow extends TaskTemplateRow {
  /** 1 as it was made, and one more with each change. */
  version: number;
}

/** What the contacts of a chain share. */
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
  /** Common to all contacts that a link of either kind joins. */
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
  /** How often it was paused. */
  pauses: number;
  /** How often the task was transferred before it became this contact. */
  transfers: number;
  /** How often it got another start time. */
  reschedules: number;
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
  /** JSON: a list of Tag. */
  tags: string | null;
  /** Who created the task, where the request says so. */
  createdByUserId: string | null;
  /** SELF where the creator took it at once. */
  assignmentType: string | null;
}

/** A client token that has created something. */
export interface ClientTokenRow {
  /** Hash of scope and token: a token itself is never stored. */
  scope: string;
  /** Hash of the request in canonical form. */
  fingerprint: string;
  /** What it has created: a contact, or a task template. */
  contactId: string;
  expiresAt: number;
}

/** A batch that was committed: the proof to look for when the answer to COMMIT is lost. */
export interface BatchRow {
  id: string;
  committedAt: number;
}

/** Facts about the database itself. */
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
}

/** What has not happened yet to a contact that begins, and what most contacts do not have. */
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
  pausedMs: 0,
  queuePriority: null,
  queueTimeAdjustmentSeconds: null,
  segmentAttributes: null,
  customerEndpoint: null,
  tags: null,
  createdByUserId: null,
  assignmentType: null,
} as const satisfies Partial<ContactRow>;

/** How a column is stored. */
export type ColumnType = 'text' | 'bigint';

/** The columns of each table that rows are inserted into by batch, in the order of the statement. */
export const COLUMNS = {
  instance: {
    id: 'text',
    alias: 'text',
    arn: 'text',
    createdAt: 'bigint',
    openTasks: 'bigint',
    lastInstant: 'bigint',
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
    pausedMs: 'bigint',
    queuePriority: 'text',
    queueTimeAdjustmentSeconds: 'bigint',
    segmentAttributes: 'text',
    customerEndpoint: 'text',
    tags: 'text',
    createdByUserId: 'text',
    assignmentType: 'text',
  },
  clientToken: { scope: 'text', fingerprint: 'text', contactId: 'text', expiresAt: 'bigint' },
  batch: { id: 'text', committedAt: 'bigint' },
} as const satisfies {
  readonly [Table in keyof Omit<Tables, 'meta' | 'taskTemplateVersion'>]: Readonly<
    Record<keyof Tables[Table], ColumnType>
  >;
};

/**
 * Columns of text that the store derives from the others of a row when it writes the row. Rows do not state them, so that none
 * can contradict what it is derived from.
 */
export const DERIVED_COLUMNS: {
  readonly [Table in BatchTable]?: Readonly<Record<string, (row: Tables[Table]) => string | null>>;
} = {
  contact: {
    /** The name in the form that searches compare; null for ASCII, which every database folds by itself. */
    foldedName: ({ name }) => (name === null || isAscii(name) ? null : foldCase(name)),
  },
};

/** A table that rows are inserted into by batch. */
export type BatchTable = keyof typeof COLUMNS;

/** The key of a thing that an instance holds. */
export interface ResourceKey {
  readonly instanceId: string;
  readonly id: string;
}
