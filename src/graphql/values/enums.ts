import { registerEnumType } from 'type-graphql';

/** How a contact reaches the contact centre. */
export const ConnectChannel = { VOICE: 'VOICE', CHAT: 'CHAT', TASK: 'TASK', EMAIL: 'EMAIL' } as const;
registerEnumType(ConnectChannel, {
  name: 'ConnectChannel',
  description: 'How a contact reaches the contact centre.',
  valuesConfig: {
    VOICE: { description: 'A call.' },
    CHAT: { description: 'A chat or a text message.' },
    TASK: { description: 'A task: work that is handed to an agent without a customer on the line.' },
    EMAIL: { description: 'An e-mail.' },
  },
});

/** Where a contact stands. */
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
    'Where a contact stands. Derived from its timestamps; an expired task is COMPLETED with disconnectReason EXPIRED.',
  valuesConfig: {
    SCHEDULED: { description: 'Waits for its scheduledTime: no flow runs yet.' },
    INITIATED: { description: 'Its flow runs.' },
    QUEUED: { description: 'Waits in a queue for an agent.' },
    CONNECTED: { description: 'An agent works on it.' },
    PAUSED: { description: 'Paused until it is resumed; its expiry goes on.' },
    AFTER_CONTACT_WORK: { description: 'Ended for the customer, while the agent finishes the work after it.' },
    COMPLETED: { description: 'Ended.' },
  },
});

/** What may be done with a contact. */
export const ConnectContactAction = {
  UPDATE: 'UPDATE',
  RESCHEDULE: 'RESCHEDULE',
  PAUSE: 'PAUSE',
  RESUME: 'RESUME',
  TRANSFER: 'TRANSFER',
  STOP: 'STOP',
} as const;
registerEnumType(ConnectContactAction, {
  name: 'ConnectContactAction',
  description: 'What may be done with a contact in its present state.',
  valuesConfig: {
    UPDATE: { description: 'Change its name, description, references or attributes; possible after its end too.' },
    RESCHEDULE: { description: 'Give it another scheduledTime, while it still waits for the present one.' },
    PAUSE: { description: 'Pause it.' },
    RESUME: { description: 'Resume it after a pause.' },
    TRANSFER: { description: 'Hand it to another queue or agent.' },
    STOP: { description: 'End it.' },
  },
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
  description: 'The reference types that Connect takes at creation. ATTACHMENT is not one of them.',
  valuesConfig: {
    URL: { description: 'An absolute http or https URL.' },
    NUMBER: { description: 'A decimal number, such as -12.50.' },
    STRING: { description: 'Any text, an empty one too.' },
    DATE: { description: 'Seconds since the epoch, 1 to 12 digits.' },
    EMAIL: { description: 'One e-mail address, local@domain.' },
  },
});

/** What kind of error befell a request. */
export const ConnectErrorCode = {
  INVALID_INPUT: 'INVALID_INPUT',
  NOT_FOUND: 'NOT_FOUND',
  QUOTA_EXCEEDED: 'QUOTA_EXCEEDED',
  THROTTLED: 'THROTTLED',
  IDEMPOTENCY_CONFLICT: 'IDEMPOTENCY_CONFLICT',
  CONFLICT: 'CONFLICT',
  ILLEGAL_STATE: 'ILLEGAL_STATE',
  REFUSED: 'REFUSED',
} as const;
registerEnumType(ConnectErrorCode, {
  name: 'ConnectErrorCode',
  description: 'What went wrong, as a fixed code. Each code says whether repeating the request can help.',
  valuesConfig: {
    INVALID_INPUT: {
      description: 'A field breaks a rule, or contradicts another field or what it names. Change the input.',
    },
    NOT_FOUND: { description: 'An id names nothing in this instance. Change the input.' },
    QUOTA_EXCEEDED: { description: 'A quota is full. A full chain stays full; active tasks become free as tasks end.' },
    THROTTLED: { description: 'Too many requests for the moment. Repeat it later, with the same client token.' },
    IDEMPOTENCY_CONFLICT: { description: 'The client token was used before with other parameters. Use a new token.' },
    CONFLICT: { description: 'Another change to the same contact is under way. Repeat it.' },
    ILLEGAL_STATE: { description: 'The contact is in a state that does not allow this.' },
    REFUSED: { description: 'Connect refuses the request and tells no more than the message. Change the input.' },
  },
});

/** The quotas that a task can meet. */
export const ConnectQuota = {
  CHAIN: 'CHAIN',
  ACTIVE_TASKS: 'ACTIVE_TASKS',
  TRANSFERS: 'TRANSFERS',
  PAUSES: 'PAUSES',
  UNKNOWN: 'UNKNOWN',
} as const;
registerEnumType(ConnectQuota, {
  name: 'ConnectQuota',
  description: 'A quota of Amazon Connect that a task can meet.',
  valuesConfig: {
    CHAIN: { description: 'Linked tasks in one chain: 12. It never clears.' },
    ACTIVE_TASKS: { description: 'Tasks of the instance that have not ended: 2,500 unless raised.' },
    TRANSFERS: { description: 'Transfers of one task: 11.' },
    PAUSES: { description: 'Pauses of one contact: 10.' },
    UNKNOWN: { description: 'Connect did not tell which.' },
  },
});

/** The kinds of things that a request can name. */
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
  description: 'A kind of thing that a request can name.',
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

/** What a quick connect leads to. */
export const ConnectQuickConnectType = {
  USER: 'USER',
  QUEUE: 'QUEUE',
  PHONE_NUMBER: 'PHONE_NUMBER',
  FLOW: 'FLOW',
} as const;
registerEnumType(ConnectQuickConnectType, {
  name: 'ConnectQuickConnectType',
  description: 'What a quick connect leads to.',
  valuesConfig: {
    USER: { description: "An agent. Connect's console calls it Agent." },
    QUEUE: { description: 'A queue.' },
    PHONE_NUMBER: { description: 'A phone number: no flow, and so no tasks.' },
    FLOW: { description: 'A flow.' },
  },
});

/** Whether tasks can be created from a template. */
export const ConnectTaskTemplateStatus = { ACTIVE: 'ACTIVE', INACTIVE: 'INACTIVE' } as const;
registerEnumType(ConnectTaskTemplateStatus, {
  name: 'ConnectTaskTemplateStatus',
  description: 'Whether tasks can be created from a template.',
  valuesConfig: {
    ACTIVE: { description: 'Tasks can be created from it.' },
    INACTIVE: { description: 'createTaskContact refuses it.' },
  },
});

/** The instants of a contact that a search can go by. */
export const ConnectTimestampField = {
  INITIATED: 'INITIATED',
  SCHEDULED: 'SCHEDULED',
  CONNECTED_TO_AGENT: 'CONNECTED_TO_AGENT',
  ENQUEUED: 'ENQUEUED',
  ENDED: 'ENDED',
} as const;
registerEnumType(ConnectTimestampField, {
  name: 'ConnectTimestampField',
  description: 'The instants of a contact that a search can go by.',
  valuesConfig: {
    INITIATED: { description: 'Its creation. Source: SearchContacts, INITIATION_TIMESTAMP.' },
    SCHEDULED: { description: 'The time that it is scheduled for. Source: SearchContacts, SCHEDULED_TIMESTAMP.' },
    CONNECTED_TO_AGENT: {
      description: 'When an agent accepted it. Source: SearchContacts, CONNECTED_TO_AGENT_TIMESTAMP.',
    },
    ENQUEUED: {
      description:
        'When it entered a queue; it can be searched, but not sorted by. Source: SearchContacts, ENQUEUE_TIMESTAMP.',
    },
    ENDED: { description: 'Its end. Source: SearchContacts, DISCONNECT_TIMESTAMP.' },
  },
});

/** Which way a search is sorted. */
export const ConnectSortDirection = { ASC: 'ASC', DESC: 'DESC' } as const;
registerEnumType(ConnectSortDirection, {
  name: 'ConnectSortDirection',
  description: 'Which way a list is sorted. Items without a value come last either way.',
  valuesConfig: {
    ASC: { description: 'The earliest first.' },
    DESC: { description: 'The latest first.' },
  },
});
