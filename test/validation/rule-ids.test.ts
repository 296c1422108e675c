import { describe, expect, it } from '@jest/globals';
import { scheduleRules } from '../../src/validation/rules/schedule.js';
import {
  startTaskContactRequestRules,
  startTaskContactRules,
} from '../../src/validation/requests/start-task-contact.js';

/** Every rule: its id, what it asks for, where that is stated. Clients rely on ids; none may change its meaning. */
const RULES = [
  ['api/instance-id-length', '1 to 100 characters', 'StartTaskContact, InstanceId: length constraints 1 to 100'],
  [
    'gateway/storable-text',
    'text without U+0000 and without lone surrogates',
    'PostgreSQL takes no U+0000; UTF-8 has no lone surrogates',
  ],
  ['api/name-length', '0 to 512 characters', 'StartTaskContact, Name: length constraints 0 to 512'],
  ['api/description-length', '0 to 4096 characters', 'StartTaskContact, Description: length constraints 0 to 4096'],
  ['api/contact-flow-id-length', '0 to 500 characters', 'StartTaskContact, ContactFlowId: maximum length of 500'],
  [
    'gateway/id-not-empty',
    'an id, or no field at all',
    'Our decision: the API states no minimum for ContactFlowId and QuickConnectId',
  ],
  [
    'api/task-template-id-length',
    '1 to 500 characters',
    'StartTaskContact, TaskTemplateId: length constraints 1 to 500',
  ],
  [
    'api/previous-contact-id-length',
    '1 to 256 characters',
    'StartTaskContact, PreviousContactId: length constraints 1 to 256',
  ],
  [
    'api/related-contact-id-length',
    '1 to 256 characters',
    'StartTaskContact, RelatedContactId: length constraints 1 to 256',
  ],
  ['api/attribute-key-length', '1 to 32767 characters', 'StartTaskContact, Attributes: key length 1 to 32767'],
  [
    'api/attribute-key-alphabet',
    'letters A to Z and a to z, digits, - and _',
    'StartTaskContact, Attributes: keys can include only alphanumeric, dash, and underscore characters',
  ],
  [
    'gateway/attribute-key-unique',
    'each key once',
    'The API takes a map; a list with a repeated key would lose a value',
  ],
  ['api/attribute-value-length', '0 to 32767 characters', 'StartTaskContact, Attributes: value length 0 to 32767'],
  [
    'api/attributes-bytes',
    'at most 32768 UTF-8 bytes over all keys and values',
    'StartTaskContact, Attributes: up to 32,768 UTF-8 bytes across all key-value pairs per contact',
  ],
  ['api/reference-name-length', '1 to 4096 characters', 'StartTaskContact, References: key length 1 to 4096'],
  [
    'gateway/reference-name-unique',
    'each name once',
    'The API takes a map; a list with a repeated name would lose a reference',
  ],
  [
    'api/reference-type',
    'one of URL, NUMBER, STRING, DATE, EMAIL',
    'StartTaskContact, References: URL | NUMBER | STRING | DATE | EMAIL; ATTACHMENT is not supported at creation',
  ],
  ['api/reference-value-length', '0 to 4096 characters', 'Service model, ReferenceValue: length 0 to 4096'],
  [
    'engine/reference-url',
    'an absolute http or https URL',
    'Our decision: the API states no format for the value of URL references',
  ],
  [
    'engine/reference-number',
    'a decimal number such as -12.50',
    'Our decision: the API states no format for the value of NUMBER references',
  ],
  [
    'engine/reference-date',
    'seconds since the epoch, 1 to 12 digits',
    'Our decision: the API states no format for the value of DATE references',
  ],
  [
    'engine/reference-email',
    'one e-mail address, local@domain',
    'Our decision: the API states no format for the value of EMAIL references',
  ],
  ['api/client-token-length', '0 to 500 characters', 'StartTaskContact, ClientToken: maximum length of 500'],
  [
    'api/expiry-minutes-range',
    '1 to 129600 whole minutes',
    'Administrator guide, task expiry; segment attribute connect:ContactExpiry',
  ],
  ['api/user-id-length', '1 to 256 characters', 'TransferContact, UserId: length constraints 1 to 256'],
  ['api/assignment-type', 'one of SELF', 'Administrator guide, self-assigned tasks: connect:AssignmentType is SELF'],
  [
    'api/exactly-one-flow-source',
    'exactly one of ContactFlowId, QuickConnectId and TaskTemplateId',
    'StartTaskContact: include only one of these parameters: ContactFlowID, QuickConnectID, or TaskTemplateID',
  ],
  [
    'api/only-one-link',
    'at most one of PreviousContactId and RelatedContactId',
    'Administrator guide, linked tasks: a request with both is invalid',
  ],
  [
    'api/self-assignment-complete',
    'a creator and a task template beside an assignment type',
    'StartTaskContact, SegmentAttributes: connect:AssignmentType only with connect:CreatedByUser and TaskTemplateId',
  ],
  [
    'api/scheduled-time-not-past',
    'a time that is not before 2026-01-01T12:00:00.000Z',
    'StartTaskContact, ScheduledTime: the scheduled time cannot be in the past',
  ],
  [
    'api/scheduled-time-within-6-days',
    'a time that is not after 2026-01-07T12:00:00.000Z, 6 days ahead',
    'StartTaskContact, ScheduledTime: it must be within up to 6 days in future',
  ],
];

/** Which members keep which rules, in the order of checks. */
const BY_MEMBER = {
  instanceId: ['api/instance-id-length', 'gateway/storable-text'],
  name: ['api/name-length', 'gateway/storable-text'],
  description: ['api/description-length', 'gateway/storable-text'],
  contactFlowId: ['api/contact-flow-id-length', 'gateway/id-not-empty', 'gateway/storable-text'],
  quickConnectId: ['gateway/id-not-empty', 'gateway/storable-text'],
  taskTemplateId: ['api/task-template-id-length', 'gateway/storable-text'],
  previousContactId: ['api/previous-contact-id-length', 'gateway/storable-text'],
  relatedContactId: ['api/related-contact-id-length', 'gateway/storable-text'],
  attributes: [
    'api/attribute-key-length',
    'api/attribute-key-alphabet',
    'gateway/attribute-key-unique',
    'api/attribute-value-length',
    'gateway/storable-text',
    'api/attributes-bytes',
  ],
  references: [
    'api/reference-name-length',
    'gateway/storable-text',
    'gateway/reference-name-unique',
    'api/reference-type',
    'api/reference-value-length',
    'gateway/storable-text',
    'engine/reference-url',
    'engine/reference-number',
    'engine/reference-date',
    'engine/reference-email',
  ],
  clientToken: ['api/client-token-length', 'gateway/storable-text'],
  expiryMinutes: ['api/expiry-minutes-range'],
  createdByUserId: ['api/user-id-length', 'gateway/storable-text'],
  assignmentType: ['api/assignment-type'],
};

const all = [
  ...Object.values(startTaskContactRules).flat(),
  ...startTaskContactRequestRules,
  ...scheduleRules(Date.UTC(2026, 0, 1, 12, 0, 0, 999)),
];

describe('The rules of StartTaskContact', () => {
  it('have these ids, limits and sources; an id that stands at several members says the same at each', () => {
    const stated = new Set(all.map(({ id, limit, source }) => JSON.stringify([id, limit, source])));
    expect([...stated].map((rule) => JSON.parse(rule))).toEqual(RULES);
  });

  it('have ids that tell them apart', () => {
    const ids = RULES.map(([id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('are of the families api, gateway and engine', () => {
    for (const { id } of all) expect(id).toMatch(/^(api|gateway|engine)\/[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('are kept by these members', () => {
    const ids = Object.entries(startTaskContactRules).map(([member, rules]) => [member, rules.map(({ id }) => id)]);
    expect(Object.fromEntries(ids)).toEqual(BY_MEMBER);
  });
});
