/**
 * The limits of Amazon Connect's task contacts, each with the place that states it. Nothing else in the project
 * writes one of these numbers.
 */

/** A day, in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Characters (Unicode scalar values) of an instance id, or of an instance's ARN. StartTaskContact, InstanceId: 1 to 100. */
export const INSTANCE_ID_LENGTH = { min: 1, max: 100 } as const;

/**
 * Characters of a task's name. StartTaskContact, Name: 0 to 512. The current service model says 0 to 1024; 512 is valid
 * under both, and the reference page wins where they differ.
 */
export const NAME_LENGTH = { min: 0, max: 512 } as const;

/** Characters of a task's description. StartTaskContact, Description: 0 to 4096. */
export const DESCRIPTION_LENGTH = { min: 0, max: 4096 } as const;

/** Characters of an ARN. Service model, ARN: 1 or more; IAM accepts at most 2,048. */
export const ARN_LENGTH = { min: 1, max: 2048 } as const;

/** Characters of a contact flow's id or ARN. StartTaskContact, ContactFlowId: at most 500. */
export const CONTACT_FLOW_ID_LENGTH = { min: 0, max: 500 } as const;

/** Characters of a task template's id or ARN. StartTaskContact, TaskTemplateId: 1 to 500. */
export const TASK_TEMPLATE_ID_LENGTH = { min: 1, max: 500 } as const;

/** Characters of a contact's id or ARN. StartTaskContact, PreviousContactId and RelatedContactId: 1 to 256. */
export const CONTACT_ID_LENGTH = { min: 1, max: 256 } as const;

/** Characters of an attribute's key. StartTaskContact, Attributes: 1 to 32767. */
export const ATTRIBUTE_KEY_LENGTH = { min: 1, max: 32_767 } as const;

/** Characters of an attribute's value. StartTaskContact, Attributes: 0 to 32767. */
export const ATTRIBUTE_VALUE_LENGTH = { min: 0, max: 32_767 } as const;

/** UTF-8 bytes over all keys and values of a contact's attributes. StartTaskContact, Attributes: up to 32,768. */
export const ATTRIBUTE_BYTES = 32_768;

/** Characters of a reference's name, the label that the agent sees. StartTaskContact, References: 1 to 4096. */
export const REFERENCE_NAME_LENGTH = { min: 1, max: 4096 } as const;

/** Characters of a reference's value. Service model, ReferenceValue: 0 to 4096. */
export const REFERENCE_VALUE_LENGTH = { min: 0, max: 4096 } as const;

/** Characters of a client token. StartTaskContact, ClientToken: at most 500. */
export const CLIENT_TOKEN_LENGTH = { min: 0, max: 500 } as const;

/** How far ahead a task may be scheduled, in seconds. StartTaskContact, ScheduledTime: up to 6 days in future. */
export const SCHEDULE_AHEAD_SECONDS = 6 * 24 * 60 * 60;

/** Minutes after which a task ends by itself. Administrator guide, task expiry: 1 minute to 90 days. */
export const EXPIRY_MINUTES = { min: 1, max: 129_600 } as const;

/** Minutes after which a task ends when nothing else is asked for. Administrator guide, task expiry: 7 days. */
export const DEFAULT_EXPIRY_MINUTES = 10_080;

/**
 * Tasks in one chain that name a previous contact. StartTaskContact: "a maximum of 12 linked task contacts in a chain";
 * we count per chain, since that satisfies every statement of the page whether a chain grows as a line or as a fan.
 */
export const CHAIN_TASKS = 12;

/** Tasks of one instance that have not ended. Amazon Connect service quotas, concurrent active tasks: 2,500. */
export const ACTIVE_TASKS = 2_500;

/**
 * How long a client token answers with its first contact, in milliseconds. Undocumented for tasks; the sibling
 * operations for outbound voice, chat and WebRTC state 7 days, which we follow.
 */
export const CLIENT_TOKEN_WINDOW_MS = 7 * DAY_MS;

/**
 * Days that a contact can be read after its start, once it has ended. Service model, DescribeContact: contacts are kept
 * for 24 months from InitiationTimestamp, and then deleted.
 */
export const RETENTION_DAYS = 730;

/** Characters of a user's id or ARN. TransferContact, UserId: 1 to 256. */
export const USER_ID_LENGTH = { min: 1, max: 256 } as const;

/** How often one contact may be paused. Service model, TotalPauseCount: 0 to 10. */
export const PAUSES = 10;

/** How often one task may be transferred. Administrator guide, feature specifications: 11. */
export const TRANSFERS = 11;

/**
 * How much one search may ask for. Service model, SearchCriteria: texts of a name and their characters, ids of queues and
 * of agents, attributes and values of each. It bounds neither tags nor words of an enumeration; ours keep a statement
 * small.
 */
export const SEARCH_SIZES = {
  texts: 100,
  textLength: 128,
  ids: 100,
  attributes: 15,
  attributeValues: 20,
  tags: 50,
  words: 100,
} as const;

/** Characters of the key of an attribute that is searched by. Service model, SearchableContactAttributeKey: 1 to 100. */
export const SEARCH_ATTRIBUTE_KEY_LENGTH = { min: 1, max: 100 } as const;

/** Characters of such an attribute's value. Service model, SearchableContactAttributeValue: 0 to 100. */
export const SEARCH_ATTRIBUTE_VALUE_LENGTH = { min: 0, max: 100 } as const;

/** Tags of one contact. TagContact, Tags: 1 to 6. */
export const CONTACT_TAGS = 6;

/** Characters of a tag's key. TagContact, Tags: 1 to 128. */
export const TAG_KEY_LENGTH = { min: 1, max: 128 } as const;

/** Characters of a tag's value. TagContact, Tags: at most 256. */
export const TAG_VALUE_LENGTH = { min: 0, max: 256 } as const;

/** How many items a list may be asked for at once, and how many it gives where that is omitted. */
export interface PageSize {
  readonly most: number;
  readonly usual: number;
}

/**
 * Service model, MaxResults of each list. What ListAssociatedContacts, SearchContacts, ListTaskTemplates and ListInstances
 * give where it is omitted is our decision: as many as they may.
 */
export const PAGE_SIZES = {
  listAssociatedContacts: { most: 100, usual: 100 },
  searchContacts: { most: 100, usual: 100 },
  listContactFlows: { most: 1000, usual: 100 },
  listQuickConnects: { most: 1000, usual: 100 },
  listTaskTemplates: { most: 100, usual: 100 },
  listInstances: { most: 10, usual: 10 },
} as const satisfies Readonly<Record<string, PageSize>>;

/** Characters of a task template's name. Service model, TaskTemplateName: 1 to 100. */
export const TASK_TEMPLATE_NAME_LENGTH = { min: 1, max: 100 } as const;

/** Characters of the description of a task template or of its field. Service model: 1 to 255. */
export const TASK_TEMPLATE_DESCRIPTION_LENGTH = { min: 1, max: 255 } as const;

/** Characters of a template field's name. Service model, TaskTemplateFieldName: 1 to 100. */
export const TASK_TEMPLATE_FIELD_NAME_LENGTH = { min: 1, max: 100 } as const;

/** Characters of a template field's default. Service model, TaskTemplateFieldValue: 0 to 4096. */
export const TASK_TEMPLATE_DEFAULT_LENGTH = { min: 0, max: 4096 } as const;

/** Characters of a choice of a template's field. Service model, TaskTemplateSingleSelectOption: 1 to 100. */
export const TASK_TEMPLATE_OPTION_LENGTH = { min: 1, max: 100 } as const;

/** Fields of one task template that have a default. Service model, TaskTemplateDefaultFieldValueList: at most 50. */
export const TASK_TEMPLATE_DEFAULTS = 50;

/** Custom fields of one task template. Amazon Connect service quotas: 50. */
export const TASK_TEMPLATE_CUSTOM_FIELDS = 50;

/** Task templates of one instance. Amazon Connect service quotas: 50, not adjustable. */
export const TASK_TEMPLATES = 50;
