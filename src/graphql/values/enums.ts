import { registerEnumType } from 'type-graphql';

/** How a contact reaches the contact centre. */
export const ConnectChannel = { VOICE: 'VOICE', CHAT: 'CHAT', TASK: 'TASK', EMAIL: 'EMAIL' } as const;
registerEnumType(ConnectChannel, {
  name: 'ConnectChannel',
  description: 'How a contact reaches the contact centre.',
  valuesConfig: {
    VOICE: { description: 'A call.' },
    CHAT: { description: 'A chat or a text message.' },
    TASK: { description: 'A task: work for an agent without a customer on the line.' },
    EMAIL: { description: 'An e-mail.' },
  },
});

/** States of a contact. */
export const ConnectContactState = {
  SCHEDULED: 'SCHEDULED',
  INITIATED: 'INITIATED',
  QUEUED: 'QUEUED',
  CONNECTED: 'CONNECTED',
  PAUSED: 'PAUSED',
  AFTER_CONTACT_WORK: 'AFTER_CONTACT_WORK',
  COMPLETED: 'COMPLETED',
} as const;
registerEnumType(ConnectContactState, {
  name: 'ConnectContactState',
  description:
    'The state of a contact, derived from its timestamps. An expired task is COMPLETED with disconnectReason EXPIRED.',
  valuesConfig: {
    SCHEDULED: { description: 'Waits for its scheduledTime; no flow runs yet.' },
    INITIATED: { description: 'Its flow runs.' },
    QUEUED: { description: 'Waits in a queue for an agent.' },
    CONNECTED: { description: 'An agent works on it.' },
    PAUSED: { description: 'Paused until it is resumed; its expiry keeps running.' },
    AFTER_CONTACT_WORK: { description: 'Ended, while the agent does after-contact work.' },
    COMPLETED: { description: 'Ended.' },
  },
});

/** Actions on a contact. */
export const ConnectContactAction = {
  UPDATE: 'UPDATE',
  RESCHEDULE: 'RESCHEDULE',
  PAUSE: 'PAUSE',
  RESUME: 'RESUME',
  TRANSFER: 'TRANSFER',
  STOP: 'STOP',
  ASSIGN: 'ASSIGN',
  ROUTE: 'ROUTE',
} as const;
registerEnumType(ConnectContactAction, {
  name: 'ConnectContactAction',
  description: "An action that a contact's state may allow.",
  valuesConfig: {
    UPDATE: { description: 'Change its name, description, references or attributes, also after its end.' },
    RESCHEDULE: { description: 'Set a new scheduledTime, while it is SCHEDULED.' },
    PAUSE: { description: 'Pause it.' },
    RESUME: { description: 'Resume it after a pause.' },
    TRANSFER: { description: 'Transfer it to a queue or an agent.' },
    STOP: { description: 'End it.' },
    ASSIGN: { description: 'Give it to one agent, while it waits in a queue.' },
    ROUTE: { description: 'Change its place in a queue, until an agent has it.' },
  },
});

/** How a task can be assigned at its creation. */
export const ConnectAssignmentType = { SELF: 'SELF' } as const;
registerEnumType(ConnectAssignmentType, {
  name: 'ConnectAssignmentType',
  description: 'How a task is assigned at its creation.',
  valuesConfig: { SELF: { description: 'To the user who creates it.' } },
});

/** The reference types that exist at creation. */
export const ConnectReferenceInputType = {
  URL: 'URL',
  NUMBER: 'NUMBER',
  STRING: 'STRING',
  DATE: 'DATE',
  EMAIL: 'EMAIL',
} as const;
registerEnumType(ConnectReferenceInputType, {
  name: 'ConnectReferenceInputType',
  description: 'The reference types that Amazon Connect accepts at creation, without ATTACHMENT.',
  valuesConfig: {
    URL: { description: 'An absolute http or https URL.' },
    NUMBER: { description: 'A decimal number, such as -12.50.' },
    STRING: { description: 'Any text, also empty.' },
    DATE: { description: 'Seconds since the epoch, 1 to 12 digits.' },
    EMAIL: { description: 'One e-mail address, local@domain.' },
  },
});

/** Codes of errors in payloads. */
export const ConnectErrorCode = {
  INVALID_INPUT: 'INVALID_INPUT',
  NOT_FOUND: 'NOT_FOUND',
  QUOTA_EXCEEDED: 'QUOTA_EXCEEDED',
  THROTTLED: 'THROTTLED',
  IDEMPOTENCY_CONFLICT: 'IDEMPOTENCY_CONFLICT',
  CONFLICT: 'CONFLICT',
  ILLEGAL_STATE: 'ILLEGAL_STATE',
  REFUSED: 'REFUSED',
  EXPIRED: 'EXPIRED',
  OUTCOME_UNKNOWN: 'OUTCOME_UNKNOWN',
} as const;
registerEnumType(ConnectErrorCode, {
  name: 'ConnectErrorCode',
  description: 'Stable codes of errors in payloads. docs/api/errors.md says for each whether a retry is safe.',
  valuesConfig: {
    INVALID_INPUT: {
      description: 'A value breaks a rule, or contradicts another value or a resource. Change the input.',
    },
    NOT_FOUND: { description: 'An id does not exist in this instance. Change the input.' },
    QUOTA_EXCEEDED: { description: 'A quota is full. A full chain stays full; active tasks become free as tasks end.' },
    THROTTLED: { description: 'The rate of Amazon Connect is reached. Retry later with the same client token.' },
    IDEMPOTENCY_CONFLICT: { description: 'The client token was used before with other parameters. Use a new token.' },
    CONFLICT: { description: 'Another change to the same contact is in progress. Retry.' },
    ILLEGAL_STATE: { description: "The contact's state does not allow the change." },
    REFUSED: { description: 'Amazon Connect refused the request; only the message says why. Change the input.' },
    EXPIRED: { description: 'Only of an item of a job: it was not created before notAfter.' },
    OUTCOME_UNKNOWN: {
      description: 'Only of an item of a job: its task may have been created. Search for it before you create it anew.',
    },
  },
});

/** The quotas that a task can meet. */
export const ConnectQuota = {
  CHAIN: 'CHAIN',
  ACTIVE_TASKS: 'ACTIVE_TASKS',
  TRANSFERS: 'TRANSFERS',
  PAUSES: 'PAUSES',
  RESCHEDULES: 'RESCHEDULES',
  TEMPLATE_CHANGES: 'TEMPLATE_CHANGES',
  UNKNOWN: 'UNKNOWN',
} as const;
registerEnumType(ConnectQuota, {
  name: 'ConnectQuota',
  description: 'A quota of Amazon Connect that a task can meet.',
  valuesConfig: {
    CHAIN: { description: 'Linked tasks in one chain: 12. Their number never falls.' },
    ACTIVE_TASKS: { description: 'Tasks of the instance that have not ended: 2,500 unless raised.' },
    TRANSFERS: { description: 'Transfers of one task: 11.' },
    PAUSES: { description: 'Pauses of one contact: 10.' },
    RESCHEDULES: { description: 'New times of one scheduled task: 20.' },
    TEMPLATE_CHANGES: { description: 'Other task templates of one contact: 5.' },
    UNKNOWN: { description: 'Amazon Connect did not report which.' },
  },
});

/** Kinds of resources that a request can name. */
export const ConnectResource = {
  INSTANCE: 'INSTANCE',
  CONTACT: 'CONTACT',
  CONTACT_FLOW: 'CONTACT_FLOW',
  QUICK_CONNECT: 'QUICK_CONNECT',
  TASK_TEMPLATE: 'TASK_TEMPLATE',
  QUEUE: 'QUEUE',
  USER: 'USER',
} as const;
registerEnumType(ConnectResource, {
  name: 'ConnectResource',
  description: 'A kind of resource that a request can name.',
  valuesConfig: {
    INSTANCE: { description: 'An Amazon Connect instance.' },
    CONTACT: { description: 'A contact.' },
    CONTACT_FLOW: { description: 'A contact flow.' },
    QUICK_CONNECT: { description: 'A quick connect.' },
    TASK_TEMPLATE: { description: 'A task template.' },
    QUEUE: { description: 'A queue.' },
    USER: { description: 'A user: an agent.' },
  },
});

/** Kinds of quick connects. */
export const ConnectQuickConnectType = {
  USER: 'USER',
  QUEUE: 'QUEUE',
  PHONE_NUMBER: 'PHONE_NUMBER',
  FLOW: 'FLOW',
} as const;
registerEnumType(ConnectQuickConnectType, {
  name: 'ConnectQuickConnectType',
  description: 'The kind of a quick connect.',
  valuesConfig: {
    USER: { description: "An agent. Connect's console calls it Agent." },
    QUEUE: { description: 'A queue.' },
    PHONE_NUMBER: { description: 'A phone number. It has no flow, so it cannot start a task.' },
    FLOW: { description: 'A flow.' },
  },
});

/** States of a task template. */
export const ConnectTaskTemplateStatus = { ACTIVE: 'ACTIVE', INACTIVE: 'INACTIVE' } as const;
registerEnumType(ConnectTaskTemplateStatus, {
  name: 'ConnectTaskTemplateStatus',
  description: 'Whether tasks can be created from a template.',
  valuesConfig: {
    ACTIVE: { description: 'Tasks can be created from it.' },
    INACTIVE: { description: 'createTaskContact refuses it.' },
  },
});

/** Timestamps that a search can use. */
export const ConnectTimestampField = {
  INITIATED: 'INITIATED',
  SCHEDULED: 'SCHEDULED',
  CONNECTED_TO_AGENT: 'CONNECTED_TO_AGENT',
  ENQUEUED: 'ENQUEUED',
  ENDED: 'ENDED',
} as const;
registerEnumType(ConnectTimestampField, {
  name: 'ConnectTimestampField',
  description: 'The timestamps of a contact that a search can use.',
  valuesConfig: {
    INITIATED: { description: 'Its creation. Source: SearchContacts, INITIATION_TIMESTAMP.' },
    SCHEDULED: { description: 'Its scheduled time. Source: SearchContacts, SCHEDULED_TIMESTAMP.' },
    CONNECTED_TO_AGENT: {
      description: 'When an agent accepted it. Source: SearchContacts, CONNECTED_TO_AGENT_TIMESTAMP.',
    },
    ENQUEUED: {
      description: 'When it entered a queue; not for sorting. Source: SearchContacts, ENQUEUE_TIMESTAMP.',
    },
    ENDED: { description: 'Its end. Source: SearchContacts, DISCONNECT_TIMESTAMP.' },
  },
});

/** Timestamps that a search can sort by. */
export const ConnectContactSortField = { ...ConnectTimestampField, EXPIRES: 'EXPIRES' } as const;
registerEnumType(ConnectContactSortField, {
  name: 'ConnectContactSortField',
  description: 'The timestamps of a contact that a search can sort by.',
  valuesConfig: {
    INITIATED: { description: 'Its creation. Source: SearchContacts, INITIATION_TIMESTAMP.' },
    SCHEDULED: { description: 'Its scheduled time. Source: SearchContacts, SCHEDULED_TIMESTAMP.' },
    CONNECTED_TO_AGENT: {
      description: 'When an agent accepted it. Source: SearchContacts, CONNECTED_TO_AGENT_TIMESTAMP.',
    },
    ENQUEUED: { description: 'Not for sorting: it is refused, because Amazon Connect cannot sort by it.' },
    ENDED: { description: 'Its end. Source: SearchContacts, DISCONNECT_TIMESTAMP.' },
    EXPIRES: { description: 'When it expires. Source: SearchContacts, EXPIRY_TIMESTAMP.' },
  },
});

/** Directions of a sort. */
export const ConnectSortDirection = { ASC: 'ASC', DESC: 'DESC' } as const;
registerEnumType(ConnectSortDirection, {
  name: 'ConnectSortDirection',
  description: 'The direction of a sort. Items without a value always come last.',
  valuesConfig: {
    ASC: { description: 'The earliest first.' },
    DESC: { description: 'The latest first.' },
  },
});
