import { describe, expect, it } from '@jest/globals';
import { RULES } from '../../src/app/rule-registry.js';
import { SERVICE_SCHEDULE_AHEAD_DAYS } from '../../src/connect/limits.js';

/** Least and greatest value that the service of November 2026 accepts, by the API's pages and the service model. */
const RANGES: Readonly<Record<string, readonly [least: number, greatest: number]>> = {
  'api/instance-id-length': [1, 100],
  'api/name-length': [0, 1024],
  'api/description-length': [0, 4096],
  'api/contact-flow-id-length': [0, 500],
  'api/task-template-id-length': [1, 500],
  'api/previous-contact-id-length': [1, 256],
  'api/related-contact-id-length': [1, 256],
  'api/contact-id-length': [1, 256],
  'api/user-id-length': [1, 256],
  'api/attribute-key-length': [1, 32_767],
  'api/attribute-value-length': [0, 32_767],
  'api/reference-name-length': [1, 4096],
  'api/reference-value-length': [0, 4096],
  'api/attachment-name-length': [1, 256],
  'api/attachment-url-length': [1, 2000],
  'api/file-id-length': [1, 256],
  'api/url-expiry-range': [5, 300],
  'api/client-token-length': [0, 500],
  'api/expiry-minutes-range': [1, 129_600],
  'api/queue-priority-range': [1, Number('9223372036854775807')],
  'api/segment-attribute-key-length': [1, 128],
  'api/segment-attribute-value-length': [0, 1024],
  'api/tag-count': [1, 6],
  'api/tag-key-length': [1, 128],
  'api/tag-value-length': [0, 256],
  'api/search-attribute-key-length': [1, 100],
  'api/search-attribute-value-length': [0, 100],
  'api/task-template-name-length': [1, 100],
  'api/task-template-description-length': [1, 255],
  'api/task-template-field-name-length': [1, 100],
  'api/task-template-default-length': [0, 4096],
  'api/task-template-option-length': [1, 100],
};

/** Greatest value that the service accepts. */
const MAXIMA: Readonly<Record<string, number>> = {
  'api/attributes-bytes': 32_768,
  // What is summed is not stated: values alone are the least that it can be.
  'api/references-bytes': 4096,
  'api/attachment-count': 5,
  'api/search-text-length': 128,
  'api/task-template-defaults': 50,
  'api/task-template-custom-fields': 50,
};

/** What the service states in words, for rules without a number. */
const WORDS: Readonly<Record<string, string>> = {
  'api/attribute-key-alphabet': 'Attributes: keys can include only alphanumeric, dash, and underscore characters',
  'api/segment-attribute-key-alphabet': 'SegmentAttributes: keys can include only alphanumeric, -, and _',
  'api/reference-type': 'References: URL | NUMBER | STRING | DATE | EMAIL; ATTACHMENT is not supported at creation',
  'api/attachment-name-visible': 'FileName: pattern ^\\P{C}*$',
  'api/associated-resource-arn': 'GetAttachedFile, AssociatedResourceArn: a valid ARN; of a task, that is its contact',
  'api/assignment-type': 'connect:AssignmentType: SELF',
  'api/exactly-one-flow-source': 'Include only one of ContactFlowID, QuickConnectID, or TaskTemplateID',
  'api/only-one-link': 'Linked tasks: PreviousContactId or RelatedContactId',
  'api/self-assignment-complete': 'connect:AssignmentType only with connect:CreatedByUser and TaskTemplateId',
  'api/scheduled-time-not-past': 'ScheduledTime: cannot be in the past',
  'api/scheduled-time-ahead': '90 days since 29 May 2026: SERVICE_SCHEDULE_AHEAD_DAYS',
  'api/task-template-active': 'A template must be ACTIVE',
  'api/task-template-has-flow': 'TaskTemplateId: a flow must be configured',
  'api/tag-key-pattern': 'Service model, ContactTagKey',
  'api/something-to-update': 'UpdateContact: at least one member besides the ids',
  'api/only-one-transfer-target': 'TransferContact: QueueId or UserId, or neither',
  'api/another-task-template': 'UpdateContactTaskTemplate: refused when the task already uses the template',
  'api/one-routing-member': 'UpdateContactRoutingData: either of both, but not both',
  'api/queue-time-adjustment-range': 'QueueTimeAdjustmentSeconds: an integer of 32 bits, of either sign',
  'api/search-list-length': 'SearchCriteria: 100 ids, 100 texts, 15 attributes of 20 values; tags have no stated limit',
  'api/search-start-before-end': 'TimeRange: StartTime before EndTime',
  'api/search-sort-field': 'SortableFieldName: no ENQUEUE_TIMESTAMP',
  'api/task-template-status': 'ACTIVE | INACTIVE',
  'api/task-template-field-type': 'TaskTemplateFieldType: 14 values',
  'api/task-template-option-alphabet': 'TaskTemplateSingleSelectOption: pattern',
  'api/task-template-one-name-field': 'CreateTaskTemplate: one field of type NAME',
  'api/task-template-name-required': 'CreateTaskTemplate: RequiredFields hold the NAME field',
  'api/task-template-leads-to-flow': 'CreateTaskTemplate: ContactFlowId, or a field of type QUICK_CONNECT',
  'api/quick-connect-has-flow': 'QuickConnectId: its flow runs',
  'api/previous-contact-channel': 'PreviousContactId: a chat, voice or task contact',
  'api/max-results': 'MaxResults of each operation',
  'api/task-template-name-free': 'RESOURCE_NAME_ALREADY_EXISTS',
  'api/task-template-flow-exists': 'REFERENCED_RESOURCE_NOT_FOUND',
  'api/service-refused': 'The service itself',
  'gateway/storable-text':
    'JSON of the API holds no lone surrogate; U+0000 is refused because the audit log and caches store text',
  'gateway/id-not-empty': 'An empty id names nothing',
  'gateway/attribute-key-unique': 'Attributes is a map',
  'gateway/reference-name-unique': 'References is a map',
  'gateway/tag-key-unique': 'Tags is a map',
  'gateway/segment-attribute-key-unique': 'SegmentAttributes is a map',
  'gateway/search-key-unique': 'A contact has each key once, so that two values of a key find nothing',
  'gateway/arn-of-this-instance': 'An ARN of another instance names nothing here',
  'gateway/job-name-length': 'A job is of the gateway: the service has none',
  'gateway/job-items-number': 'A job is of the gateway: the service has none',
  'gateway/job-key-unique': 'A job is of the gateway: the service has none',
  'gateway/job-key-length': 'A job is of the gateway: the service has none',
  'gateway/job-members-once': 'A job is of the gateway: the service has none',
  'gateway/job-ends-later': 'A job is of the gateway: the service has none',
  'gateway/job-size': 'A job is of the gateway: the service has none',
  'gateway/job-key-same-task': 'A job is of the gateway: the service has none',
};

/** The rules that hold before a real instance without CONNECT_STRICT. */
const local = RULES.filter(({ family }) => family !== 'engine');

/** The numbers of a limit before a real instance, in the order of its text. */
function numbersOf(id: string): readonly number[] {
  const { limit, beforeService } = local.find((rule) => rule.id === id) ?? { limit: '' };
  return [...(beforeService ?? limit).matchAll(/\d+/g)].map(([digits]) => Number(digits));
}

describe('A local check before a real instance', () => {
  it('stands beside the limit of the service, each once', () => {
    const listed = [RANGES, MAXIMA, WORDS].flatMap((table) => Object.keys(table));
    expect(listed.toSorted()).toEqual(local.map(({ id }) => id).toSorted());
  });

  it.each(Object.entries(RANGES))('is no stricter than the range of the service: %s', (id, [least, greatest]) => {
    const [min = Number.NaN, max = Number.NaN] = numbersOf(id);
    expect(min).toBeLessThanOrEqual(least);
    expect(max).toBeGreaterThanOrEqual(greatest);
  });

  it.each(Object.entries(MAXIMA))('is no stricter than the maximum of the service: %s', (id, greatest) => {
    expect(numbersOf(id)[0]).toBeGreaterThanOrEqual(greatest);
  });

  it('accepts a schedule as far ahead as the service, which is 90 days', () => {
    expect(SERVICE_SCHEDULE_AHEAD_DAYS).toBeGreaterThanOrEqual(90);
  });
});
