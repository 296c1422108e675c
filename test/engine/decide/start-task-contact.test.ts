import { describe, expect, it } from '@jest/globals';
import type { StartTaskContactRequest } from '../../../src/connect/start-task-contact.js';
import { DAY, NOW, openTestEngine, refusal, request, SAMPLE } from '../../support/engine.js';

describe('StartTaskContact', () => {
  it('sends back the identifier of a contact within the instance, which is then reported whole', async () => {
    await using test = await openTestEngine();
    const result = await test.engine.startTaskContact(
      request({
        name: 'Call Ms. Doe back',
        description: 'She asked for it.',
        references: [
          { name: 'Ticket', type: 'URL', value: 'https://example.com/tickets/1' },
          { name: 'Amount', type: 'NUMBER', value: '-12.50' },
          { name: 'Note', type: 'STRING', value: '' },
          { name: 'Due', type: 'DATE', value: '1780315200' },
          { name: 'Customer', type: 'EMAIL', value: 'doe@example.com' },
        ],
        attributes: [
          { key: 'tier', value: 'gold' },
          { key: 'Lang', value: '' },
        ],
      }),
    );
    const id = result.contactId;
    const { contact, ...answer } = result;
    expect(answer).toEqual({ contactId: expect.stringMatching(/^[0-9a-f-]{36}$/), replayed: false });
    const described = await test.engine.describeContacts({ instanceId: SAMPLE.instanceId, contactIds: [id] });
    expect(described).toEqual([contact]);
    expect(described).toEqual([
      {
        instanceId: SAMPLE.instanceId,
        id,
        associationId: id,
        arn: `${SAMPLE.instanceArn}/contact/${id}`,
        channel: 'TASK',
        initiationMethod: 'API',
        initiatedAt: new Date(NOW),
        updatedAt: new Date(NOW),
        expiresAt: new Date(NOW + 7 * DAY),
        state: 'INITIATED',
        tags: [],
        pauseCount: 0,
        queuePriority: '5',
        connectedToSystemAt: new Date(NOW),
        name: 'Call Ms. Doe back',
        description: 'She asked for it.',
        references: [
          { name: 'Ticket', type: 'URL', value: 'https://example.com/tickets/1' },
          { name: 'Amount', type: 'NUMBER', value: '-12.50' },
          { name: 'Note', type: 'STRING', value: '' },
          { name: 'Due', type: 'DATE', value: '1780315200' },
          { name: 'Customer', type: 'EMAIL', value: 'doe@example.com' },
        ],
      },
    ]);
    expect(await test.engine.getAttributes({ instanceId: SAMPLE.instanceId, contactIds: [id] })).toEqual([
      [
        { key: 'Lang', value: '' },
        { key: 'tier', value: 'gold' },
      ],
    ]);
  });

  it.each<[string, Partial<StartTaskContactRequest>]>([
    ['by a quick connect', { quickConnectId: SAMPLE.quickConnect.queue }],
    ['by a template', { taskTemplateId: SAMPLE.taskTemplate.withFlow }],
    ['for later', { scheduledTime: new Date(NOW + DAY), expiryMinutes: 5 }],
    ['after another contact', { previousContactId: SAMPLE.voiceContact }],
    ['beside another contact', { relatedContactId: SAMPLE.voiceContact }],
  ])('reports a contact that is created %s as DescribeContact does', async (_how, members) => {
    await using test = await openTestEngine();
    const { contactId, contact } = await test.engine.startTaskContact(request(members));
    expect(await test.engine.describeContacts({ instanceId: SAMPLE.instanceId, contactIds: [contactId] })).toEqual([
      contact,
    ]);
  });

  it('requires InstanceId and Name, and a flow to run: the rest is absent from what is reported', async () => {
    await using test = await openTestEngine();
    const { instanceId, contactFlow: contactFlowId } = SAMPLE;
    const { contactId } = await test.engine.startTaskContact({ instanceId, name: '', contactFlowId });
    const contact = await test.contact(contactId);
    expect(contact).toMatchObject({ name: '', references: [] });
    expect(Object.keys(contact)).not.toEqual(expect.arrayContaining(['description', 'scheduledTime', 'endedAt']));
    expect(await test.attributes(contactId)).toEqual({});
  });

  it('keeps texts of every script, and what looks like code, as they came', async () => {
    await using test = await openTestEngine();
    const text = `'; drop table contact; --\n"\\" 𝄞 👩‍👩‍👧 שלום \u202e ﬁ é e\u0301 \u0001 \u2028 ${'\\u0000'}`;
    const attributes = [
      { key: '__proto__', value: text },
      { key: 'constructor', value: '{"value":null}' },
    ];
    const references = [{ name: `${text}:name`, type: 'STRING', value: text }];
    const id = await test.start({ name: text, description: text, attributes, references });
    await test.reopen();
    expect(await test.contact(id)).toMatchObject({ name: text, description: text, references });
    expect(await test.engine.getAttributes({ instanceId: SAMPLE.instanceId, contactIds: [id] })).toEqual([attributes]);
  });
});

describe('The members of StartTaskContact', () => {
  it('are checked together, so that all violations are reported at once', async () => {
    await using test = await openTestEngine();
    const error = await refusal(
      test.start({
        name: 'n'.repeat(513),
        description: '\0',
        attributes: [
          { key: 'a', value: '1' },
          { key: 'a', value: '\ud800' },
        ],
        references: [{ name: 'Site', type: 'URL', value: 'nowhere' }],
        expiryMinutes: 0,
      }),
    );
    expect('violations' in error && error.violations.map(({ rule, path }) => [rule, path.join('.')])).toEqual([
      ['api/name-length', 'name'],
      ['gateway/storable-text', 'description'],
      ['gateway/attribute-key-unique', 'attributes.1.key'],
      ['gateway/storable-text', 'attributes.1.value'],
      ['api/expiry-minutes-range', 'expiryMinutes'],
    ]);
    expect(error.others).toMatchObject([
      {
        code: 'InvalidRequestException',
        violations: [{ rule: 'engine/reference-url', path: ['references', 0, 'value'] }],
      },
    ]);
  });
});

describe('StartTaskContact refuses text that a store cannot keep', () => {
  const texts: readonly (readonly [string, (text: string) => Partial<StartTaskContactRequest>, string])[] = [
    ['Name', (name) => ({ name }), 'name'],
    ['Description', (description) => ({ description }), 'description'],
    ['InstanceId', (instanceId) => ({ instanceId }), 'instanceId'],
    ['ContactFlowId', (contactFlowId) => ({ contactFlowId }), 'contactFlowId'],
    ['QuickConnectId', (quickConnectId) => ({ quickConnectId }), 'quickConnectId'],
    ['TaskTemplateId', (taskTemplateId) => ({ taskTemplateId }), 'taskTemplateId'],
    ['PreviousContactId', (previousContactId) => ({ previousContactId }), 'previousContactId'],
    ['RelatedContactId', (relatedContactId) => ({ relatedContactId }), 'relatedContactId'],
    ['ClientToken', (clientToken) => ({ clientToken }), 'clientToken'],
    ['Attributes, key', (key) => ({ attributes: [{ key, value: '' }] }), 'attributes.0.key'],
    ['Attributes, value', (value) => ({ attributes: [{ key: 'k', value }] }), 'attributes.0.value'],
    ['References, key', (name) => ({ references: [{ name, type: 'STRING', value: '' }] }), 'references.0.name'],
    ['References, Type', (type) => ({ references: [{ name: 'n', type, value: '' }] }), 'references.0.type'],
    ['References, Value', (value) => ({ references: [{ name: 'n', type: 'STRING', value }] }), 'references.0.value'],
  ];

  it.each(texts)('refuses it in %s', async (_member, members, path) => {
    await using test = await openTestEngine();
    for (const text of ['a\0b', 'a\ud800b', '\udc00']) {
      const error = await refusal(test.start(members(text)));
      const isType = path === 'references.0.type';
      expect(error.code).toBe(isType ? 'InvalidRequestException' : 'InvalidParameterException');
      expect('violations' in error && error.violations.map((violation) => violation.path.join('.'))).toEqual([path]);
      expect(error.message).not.toMatch(/\0|[\ud800-\udfff]/);
    }
  });
});
