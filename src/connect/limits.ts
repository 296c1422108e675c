/**
 * The limits of Amazon Connect's task contacts, each with its source. No other file of the project contains these
 * numbers.
 */

/** A day, in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Characters (Unicode scalar values) of an instance id, or of an instance's ARN. StartTaskContact, InstanceId: 1 to 100. */
export const INSTANCE_ID_LENGTH = { min: 1, max: 100 } as const;

/** Characters of a task's name. StartTaskContact, Name: 0 to 512. */
export const NAME_LENGTH = { min: 0, max: 512 } as const;

/** The same before a real instance. API_StartTaskContact of 2026, Name: 0 to 1024. */
export const SERVICE_NAME_LENGTH = { min: 0, max: 1024 } as const;

/** Characters of a task's description. StartTaskContact, Description: 0 to 4096. */
export const DESCRIPTION_LENGTH = { min: 0, max: 4096 } as const;

/** Characters of an ARN. Service model, ARN: 1 or more; IAM accepts at max 2,048. */
export const ARN_LENGTH = { min: 1, max: 2048 } as const;

/** Characters of a contact flow's id or ARN. StartTaskContact, ContactFlowId: at max 500. */
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

/** Characters of a segment attribute's key. Service model, SegmentAttributeName: 1 to 128. */
export const SEGMENT_ATTRIBUTE_KEY_LENGTH = { min: 1, max: 128 } as const;

/** Characters of a segment attribute's value. Service model, SegmentAttributeValueString: 0 to 1024. */
export const SEGMENT_ATTRIBUTE_VALUE_LENGTH = { min: 0, max: 1024 } as const;

/**
 * Maximum number of user-defined segment attributes in one request. Decision: the service model states none; this one
 * keeps a contact small.
 */
export const SEGMENT_ATTRIBUTES = 50;

/** Characters of a reference's name, the label that the agent sees. StartTaskContact, References: 1 to 4096. */
export const REFERENCE_NAME_LENGTH = { min: 1, max: 4096 } as const;

/** Characters of a reference's value. Service model, ReferenceValue: 0 to 4096. */
export const REFERENCE_VALUE_LENGTH = { min: 0, max: 4096 } as const;

/** UTF-8 bytes of all references of a contact. API_Reference of 2026: up to 4,096 UTF-8 bytes across all references. */
export const REFERENCE_BYTES = 4096;

/** Maximum number of attachments of a new task. Service model, TaskAttachments: 1 to 5. */
export const ATTACHMENTS = 5;

/** Characters of an attachment's file name. Service model, FileName: 1 to 256. */
export const ATTACHMENT_NAME_LENGTH = { min: 1, max: 256 } as const;

/** Characters of the address that an attachment is read from. Service model, S3Url: 1 to 2000. */
export const ATTACHMENT_URL_LENGTH = { min: 1, max: 2000 } as const;

/** Maximum bytes of an attachment. Amazon Connect service quotas, attachment size of tasks: 20 MB by default. */
export const ATTACHMENT_BYTES = 20 * 1024 * 1024;

/** The same, if an administrator sets it. Service model, MaximumSizeLimitInBytes: up to 104857600. */
export const MAX_ATTACHMENT_BYTES = 100 * 1024 * 1024;

/** Characters of an attached file's id. Service model, FileId: 1 to 256. */
export const FILE_ID_LENGTH = { min: 1, max: 256 } as const;

/** Seconds that a download address holds. Service model, URLExpiryInSeconds: 5 to 300. */
export const URL_EXPIRY_SECONDS = { min: 5, max: 300 } as const;

/** Seconds that a download address holds if the request states none. GetAttachedFile, UrlExpiryInSeconds: 300. */
export const DEFAULT_URL_EXPIRY_SECONDS = 300;

/** Characters of a client token. StartTaskContact, ClientToken: at max 500. */
export const CLIENT_TOKEN_LENGTH = { min: 0, max: 500 } as const;

/** Maximum days until a scheduled task starts. StartTaskContact, ScheduledTime: up to 6 days in future. */
export const SCHEDULE_AHEAD_DAYS = 6;

/** The same before a real instance. What's New of 29 May 2026 and service quotas: 90 days. */
export const SERVICE_SCHEDULE_AHEAD_DAYS = 90;

/** Maximum number of new start times of one scheduled task. Amazon Connect service quotas, UpdateContactSchedule: 20. */
export const RESCHEDULES = 20;

/** Minutes until a task ends by itself. Administrator guide, task expiry: 1 minute to 90 days. */
export const EXPIRY_MINUTES = { min: 1, max: 129_600 } as const;

/** Minutes until a task ends by itself if the request states none. Administrator guide, task expiry: 7 days. */
export const DEFAULT_EXPIRY_MINUTES = 10_080;

/**
 * Maximum number of tasks in one chain that name a previous contact. StartTaskContact: "a maximum of 12 linked task
 * contacts in a chain". Decision: count per chain, because that satisfies every statement of the page, whether a chain
 * grows as a line or as a fan.
 */
export const CHAIN_TASKS = 12;

/**
 * Linked tasks from which a chain may be full before a real instance. Administrator guide, feature specifications of
 * 2026: 11 linked tasks.
 */
export const SERVICE_CHAIN_TASKS = 11;

/**
 * Maximum number of tasks of one instance that have not ended. Amazon Connect service quotas, concurrent active tasks:
 * 2,500.
 */
export const ACTIVE_TASKS = 2_500;

/**
 * How long a client token returns its first contact, in milliseconds. Decision: 7 days, as the sibling operations for
 * outbound voice, chat and WebRTC state, because the API documents none for tasks.
 */
export const CLIENT_TOKEN_WINDOW_MS = 7 * DAY_MS;

/**
 * Days after its start that an ended contact can be read. Service model, DescribeContact: contacts are kept for 24
 * months from InitiationTimestamp, and then deleted.
 */
export const RETENTION_DAYS = 730;

/** Characters of a user's id or ARN. TransferContact, UserId: 1 to 256. */
export const USER_ID_LENGTH = { min: 1, max: 256 } as const;

/** The priority of a contact in a queue; 1 is first. Service model, QueuePriority: 1 to 9223372036854775807. */
export const QUEUE_PRIORITY = { min: 1n, max: 9_223_372_036_854_775_807n } as const;

/** Seconds that are added to the time in a queue. Service model, QueueTimeAdjustmentSeconds: an integer of 32 bits. */
export const QUEUE_TIME_ADJUSTMENT = { min: -2_147_483_648, max: 2_147_483_647 } as const;

/** Maximum number of pauses of one contact. Service model, TotalPauseCount: 0 to 10. */
export const PAUSES = 10;

/** Priority of a contact in a queue if nothing changed it. Service model, QueuePriority: default 5. */
export const DEFAULT_QUEUE_PRIORITY = '5';

/** Maximum length of a search's time range in weeks. Administrator guide, search for contacts: 8, for the console's search. */
export const SEARCH_WEEKS = 8;

/** Maximum number of other task templates of one contact. UpdateContactTaskTemplate: a maximum of 5 times per contact. */
export const TEMPLATE_CHANGES = 5;

/** Maximum number of transfers of one task. Administrator guide, feature specifications: 11. */
export const TRANSFERS = 11;

/**
 * Maximum sizes of one search. Service model, SearchCriteria: texts of a name and their characters, ids of queues and
 * of agents, attributes and values of each. Decision: the model limits neither tags nor values of an enumeration; these
 * limits keep a statement small.
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

/** Characters of the key of a searched attribute. Service model, SearchableContactAttributeKey: 1 to 100. */
export const SEARCH_ATTRIBUTE_KEY_LENGTH = { min: 1, max: 100 } as const;

/** Characters of the value of a searched attribute. Service model, SearchableContactAttributeValue: 0 to 100. */
export const SEARCH_ATTRIBUTE_VALUE_LENGTH = { min: 0, max: 100 } as const;

/** Maximum number of tags of one contact. TagContact, Tags: 1 to 6. */
export const CONTACT_TAGS = 6;

/** Characters of a tag's key. TagContact, Tags: 1 to 128. */
export const TAG_KEY_LENGTH = { min: 1, max: 128 } as const;

/** Characters of a tag's value. TagContact, Tags: at max 256. */
export const TAG_VALUE_LENGTH = { min: 0, max: 256 } as const;

/** The maximum and the default number of items on a page of a list. */
export interface PageSize {
  readonly max: number;
  readonly default: number;
}

/**
 * Service model, MaxResults of each list. Decision: ListAssociatedContacts, SearchContacts, ListTaskTemplates and
 * ListInstances default to their maximum, because the model states no default.
 */
export const PAGE_SIZES = {
  listAssociatedContacts: { max: 100, default: 100 },
  searchContacts: { max: 100, default: 100 },
  listContactFlows: { max: 1000, default: 100 },
  listQuickConnects: { max: 1000, default: 100 },
  listTaskTemplates: { max: 100, default: 100 },
  listQueues: { max: 1000, default: 100 },
  listUsers: { max: 1000, default: 100 },
  listInstances: { max: 10, default: 10 },
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

/** Characters of a task's value of a TEXT field. UpdateContactTaskTemplate: fewer than 512; by analogy at creation. */
export const TEMPLATE_TEXT_LENGTH = { min: 0, max: 511 } as const;

/** Characters of a task's value of a TEXT_AREA field. UpdateContactTaskTemplate: fewer than 4,096. */
export const TEMPLATE_TEXT_AREA_LENGTH = { min: 0, max: 4095 } as const;

/**
 * Maximum number of fields of one task template that have a default. Service model, TaskTemplateDefaultFieldValueList:
 * 50.
 */
export const TASK_TEMPLATE_DEFAULTS = 50;

/** Maximum number of custom fields of one task template. Amazon Connect service quotas: 50. */
export const TASK_TEMPLATE_CUSTOM_FIELDS = 50;

/** Maximum number of task templates of one instance. Amazon Connect service quotas: 50, not adjustable. */
export const TASK_TEMPLATES = 50;

/** Items of one request for a job. Decision: a body of 1 MiB holds about as many. */
export const JOB_ITEMS_A_REQUEST = { min: 1, max: 1_000 } as const;

/** Items of one job. Decision: at 2 creations a second they take 14 hours. */
export const JOB_ITEMS = 100_000;

/** Length of an item's key, in UTF-16 units. Decision. */
export const JOB_KEY_LENGTH = { min: 1, max: 128 } as const;

/** Length of a job's name, in UTF-16 units. Decision. */
export const JOB_NAME_LENGTH = { min: 0, max: 256 } as const;
