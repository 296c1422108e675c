import { describe, expect, it } from '@jest/globals';
import type * as Generated from '../generated/operations.js';
import { DAY, HOUR, MINUTE, NOW, SAMPLE, UNKNOWN_ID } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { operationInput, operationVariables, runOperation } from '../support/operations.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const iso = (instant: number) => new Date(instant).toISOString();
const wholeSeconds = (instant: number) => Math.floor(instant / 1000) * 1000;
const start = () => startTestGateway({ now: () => NOW });

/** Creates by an operation as it is written, with other members where the test is about them. */
async function create<Result extends { createTaskContact: unknown }>(
  gateway: TestGateway,
  name: string,
  members: Partial<Generated.CreateTaskContactInput> = {},
): Promise<Result['createTaskContact']> {
  const result = await runOperation<Result>(gateway, name, operationInput(name, NOW, members));
  expect(result.errors).toBeUndefined();
  return result.data?.createTaskContact;
}

describe('CreateWithContactFlow', () => {
  it('creates the task, with attributes for the flow and references for the agent', async () => {
    await using gateway = await start();
    const { contact, replayed, errors } = await create<Generated.CreateWithContactFlowMutation>(
      gateway,
      'create-with-contact-flow',
    );
    const id = expect.stringMatching(UUID);
    expect({ contact, replayed, errors }).toEqual({
      contact: {
        id,
        arn: `${SAMPLE.instanceArn}/contact/${contact?.id}`,
        name: 'Call Ms Silva back about order 4711',
        description: 'She would like the delivery a day later.',
        state: 'INITIATED',
        initiatedAt: iso(NOW),
        expiresAt: iso(NOW + 7 * DAY),
        references: [
          { name: 'Order', type: 'URL', value: 'https://crm.example.com/orders/4711' },
          { name: 'Customer', type: 'EMAIL', value: 'silva@example.com' },
        ],
        attributes: [
          { key: 'language', value: 'pt' },
          { key: 'orderId', value: '4711' },
        ],
      },
      replayed: false,
      errors: [],
    });
  });
});

describe('CreateWithQuickConnect', () => {
  const createBy = (gateway: TestGateway, quickConnectId: string) =>
    create<Generated.CreateWithQuickConnectMutation>(gateway, 'create-with-quick-connect', {
      flow: { quickConnectId },
    });

  it('creates the task for a queue as it is written, and for the agent of …0002', async () => {
    await using gateway = await start();
    const forQueue = await create<Generated.CreateWithQuickConnectMutation>(gateway, 'create-with-quick-connect');
    const forAgent = await createBy(gateway, SAMPLE.quickConnect.user);
    for (const { contact, errors } of [forQueue, forAgent]) {
      expect(contact).toMatchObject({ state: 'INITIATED', channel: 'TASK', initiationMethod: 'API' });
      expect(errors).toEqual([]);
    }
  });

  it('is refused with a message for the phone number of …0003', async () => {
    await using gateway = await start();
    expect(await createBy(gateway, SAMPLE.quickConnect.phoneNumber)).toEqual({
      contact: null,
      replayed: null,
      errors: [
        {
          code: 'INVALID_INPUT',
          message: expect.stringContaining('PHONE_NUMBER'),
          path: ['input', 'flow', 'quickConnectId'],
          rule: 'api/quick-connect-has-flow',
          limit: 'a quick connect with a flow (USER, QUEUE or FLOW)',
          actual: 'a quick connect of type PHONE_NUMBER',
        },
      ],
    });
  });
});

describe('CreateWithTaskTemplate', () => {
  it('creates the task by the flow of the template', async () => {
    await using gateway = await start();
    const { contact, errors } = await create<Generated.CreateWithTaskTemplateMutation>(
      gateway,
      'create-with-task-template',
    );
    expect(errors).toEqual([]);
    expect(contact).toMatchObject({
      name: 'Send the new price list',
      state: 'INITIATED',
      references: [{ name: 'Price list', type: 'URL', value: 'https://intranet.example.com/prices/2026' }],
    });
  });

  it.each([
    ['…0002, which has no flow', SAMPLE.taskTemplate.withoutFlow, 'api/task-template-has-flow'],
    ['…0003, which is inactive', SAMPLE.taskTemplate.inactive, 'api/task-template-active'],
  ])('is refused with a message for %s', async (_what, taskTemplateId, rule) => {
    await using gateway = await start();
    const { contact, errors } = await create<Generated.CreateWithTaskTemplateMutation>(
      gateway,
      'create-with-task-template',
      { flow: { taskTemplateId } },
    );
    expect(contact).toBeNull();
    expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'flow', 'taskTemplateId'], rule }]);
  });
});

describe('CreateWithRequiredFields', () => {
  const name = 'create-with-required-fields';
  const { references } = operationInput(name, NOW).input;
  const without = (field: string) => references?.filter((reference) => reference.name !== field) ?? [];
  const createWith = (gateway: TestGateway, given: typeof references) =>
    create<Generated.CreateWithRequiredFieldsMutation>(gateway, name, { references: given });

  it('creates the task, with what the template itself fills in', async () => {
    await using gateway = await start();
    const { contact } = await create<Generated.CreateWithRequiredFieldsMutation>(gateway, name);
    expect(contact?.references).toEqual([...(references ?? []), { name: 'Source', type: 'STRING', value: 'web' }]);
  });

  it('takes Priority to be Normal where it is left out', async () => {
    await using gateway = await start();
    const { contact } = await createWith(gateway, without('Priority'));
    expect(contact?.references).toContainEqual({ name: 'Priority', type: 'STRING', value: 'Normal' });
  });

  it('names the field when Customer is taken away', async () => {
    await using gateway = await start();
    const { errors } = await createWith(gateway, without('Customer'));
    expect(errors).toMatchObject([
      {
        code: 'INVALID_INPUT',
        message: expect.stringContaining('"Customer"'),
        path: ['input', 'references'],
        rule: 'engine/template-required-field',
      },
    ]);
  });

  it('names the field and its options when Priority is Urgent', async () => {
    await using gateway = await start();
    const urgent = { name: 'Priority', type: 'STRING', value: 'Urgent' } as const;
    const { errors } = await createWith(gateway, [...without('Priority'), urgent]);
    expect(errors).toMatchObject([
      {
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/"Priority".*Low, Normal, High/),
        path: ['input', 'references', '2', 'value'],
        rule: 'engine/template-field-value',
      },
    ]);
  });
});

describe('ContinueChain', () => {
  const name = 'continue-chain';

  it('follows the call, and what it is given shows on the call too', async () => {
    await using gateway = await start();
    const shared = [
      { key: 'customerId', value: 'C-1001' },
      { key: 'followUp', value: 'yes' },
    ];
    const { contact, errors } = await create<Generated.ContinueChainMutation>(gateway, name);
    expect(errors).toEqual([]);
    expect(contact).toEqual({
      id: expect.stringMatching(UUID),
      name: 'Write down what was agreed on the phone',
      state: 'INITIATED',
      attributes: shared,
      previousContact: { id: SAMPLE.voiceContact, channel: 'VOICE', endedAt: expect.any(String) },
      chain: { id: SAMPLE.voiceContact, linkedTaskCount: 1, linkedTaskLimit: 12, remaining: 11 },
    });
    const call = await runOperation<Generated.ContactByIdQuery>(gateway, 'contact-by-id', { id: SAMPLE.voiceContact });
    expect(call.data?.connectContact?.attributes).toEqual(shared);
  });

  it('is refused the 13th time: there can be a maximum of 12 linked task contacts in a chain', async () => {
    await using gateway = await start();
    for (let i = 1; i <= 12; i++) {
      const { contact } = await create<Generated.ContinueChainMutation>(gateway, name);
      expect(contact?.chain).toMatchObject({ linkedTaskCount: i, remaining: 12 - i });
    }
    expect(await create<Generated.ContinueChainMutation>(gateway, name)).toEqual({
      contact: null,
      replayed: null,
      errors: [
        {
          code: 'QUOTA_EXCEEDED',
          message: expect.stringContaining('The chain is full'),
          path: null,
          quota: 'CHAIN',
          quotaLimit: 12,
        },
      ],
    });
  });
});

describe('ScheduleTask', () => {
  it('waits for its time, and its expiry counts from there', async () => {
    await using gateway = await start();
    const scheduledTime = wholeSeconds(NOW + 2 * HOUR);
    const { contact, errors } = await create<Generated.ScheduleTaskMutation>(gateway, 'schedule-task');
    expect(errors).toEqual([]);
    expect(contact).toEqual({
      id: expect.stringMatching(UUID),
      name: 'Ask whether the repair has held',
      state: 'SCHEDULED',
      scheduledTime: iso(scheduledTime),
      expiresAt: iso(scheduledTime + 480 * MINUTE),
      allowedActions: ['UPDATE', 'RESCHEDULE', 'STOP'],
    });
  });
});

describe('RefusedInput', () => {
  it('is told everything that is wrong at once, as data', async () => {
    await using gateway = await start();
    const { contact, replayed, errors } = await create<Generated.RefusedInputMutation>(gateway, 'refused-input');
    expect({ contact, replayed }).toEqual({ contact: null, replayed: null });
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['input', 'attributes', '0', 'key'],
        rule: 'api/attribute-key-alphabet',
        limit: 'letters A to Z and a to z, digits, - and _',
        actual: '"order.id"',
      }),
      expect.objectContaining({
        path: ['input', 'attributes', '2', 'key'],
        rule: 'gateway/attribute-key-unique',
        limit: 'each key once',
        actual: '"language" again',
      }),
      expect.objectContaining({
        path: ['input', 'references', '0', 'value'],
        rule: 'engine/reference-url',
        limit: 'an absolute http or https URL',
        actual: '"order 4711"',
      }),
      expect.objectContaining({
        path: ['input', 'scheduledTime'],
        rule: 'api/scheduled-time-within-6-days',
        limit: expect.stringContaining('6 days ahead'),
        actual: iso(wholeSeconds(NOW + 10 * DAY)),
      }),
    ]);
    for (const { code, message } of errors) {
      expect(code).toBe('INVALID_INPUT');
      expect(message).toMatch(/^Expected .+, but got .+\.$/);
    }
  });
});

describe('ContactById', () => {
  it('tells all of the voice call of the sample', async () => {
    await using gateway = await start();
    const variables = operationVariables<{ id: string }>('contact-by-id', NOW);
    const { data, errors } = await runOperation<Generated.ContactByIdQuery>(gateway, 'contact-by-id', variables);
    expect(errors).toBeUndefined();
    expect(data?.connectContact).toEqual({
      id: SAMPLE.voiceContact,
      instanceId: SAMPLE.instanceId,
      arn: `${SAMPLE.instanceArn}/contact/${SAMPLE.voiceContact}`,
      channel: 'VOICE',
      name: null,
      description: null,
      state: 'COMPLETED',
      allowedActions: [],
      initiationMethod: 'INBOUND',
      initiatedAt: '2026-06-01T11:00:00.250Z',
      scheduledTime: null,
      expiresAt: null,
      endedAt: '2026-06-01T11:05:00.250Z',
      updatedAt: '2026-06-01T11:05:00.250Z',
      disconnectReason: 'CUSTOMER_DISCONNECT',
      queue: { id: '60000000-0000-4000-8000-000000000001', enqueuedAt: '2026-06-01T11:00:10.250Z' },
      agent: { id: '70000000-0000-4000-8000-000000000001', connectedAt: '2026-06-01T11:00:25.250Z' },
      tags: [],
      references: [],
      attributes: [{ key: 'customerId', value: 'C-1001' }],
      previousContact: null,
      relatedContact: null,
      chain: { id: SAMPLE.voiceContact },
    });
  });

  it('is null for a contact that does not exist, and follows a task of ours', async () => {
    await using gateway = await start();
    const read = async (id: string) =>
      (await runOperation<Generated.ContactByIdQuery>(gateway, 'contact-by-id', { id })).data?.connectContact;
    expect(await read(UNKNOWN_ID)).toBeNull();
    const { contact } = await create<Generated.ScheduleTaskMutation>(gateway, 'schedule-task');
    expect(await read(contact?.id ?? '')).toMatchObject(contact ?? {});
  });
});

describe('ContactsByIds', () => {
  it('come in the order asked for, the unknown one null at its place', async () => {
    await using gateway = await start();
    const variables = operationVariables<{ ids: string[] }>('contacts-by-ids', NOW);
    const { data } = await runOperation<Generated.ContactsByIdsQuery>(gateway, 'contacts-by-ids', variables);
    expect(data?.connectContacts).toEqual([
      expect.objectContaining({
        id: SAMPLE.voiceContact,
        state: 'COMPLETED',
        attributes: [{ key: 'customerId', value: 'C-1001' }],
      }),
      null,
    ]);
  });
});

describe('ContactChain', () => {
  it('tells the members in order of time, what they share, and how much room is left', async () => {
    await using gateway = await start();
    const first = (await create<Generated.ContinueChainMutation>(gateway, 'continue-chain')).contact;
    const second = (await create<Generated.ContinueChainMutation>(gateway, 'continue-chain')).contact;
    const variables = operationVariables<{ contactId: string }>('contact-chain', NOW);
    const { data } = await runOperation<Generated.ContactChainQuery>(gateway, 'contact-chain', variables);
    expect(data?.connectContactChain).toMatchObject({
      id: SAMPLE.voiceContact,
      linkedTaskCount: 2,
      linkedTaskLimit: 12,
      remaining: 10,
      attributeBytes: 'customerIdC-1001followUpyes'.length,
      attributeBytesLimit: 32_768,
      latestContact: { id: second?.id },
      contacts: [
        { id: SAMPLE.voiceContact, channel: 'VOICE', previousContact: null },
        { id: first?.id, channel: 'TASK', previousContact: { id: SAMPLE.voiceContact } },
        { id: second?.id, channel: 'TASK', previousContact: { id: SAMPLE.voiceContact } },
      ],
    });
  });
});

describe('UpdateSharedAttributes', () => {
  it('adds to what the chain of the call shares', async () => {
    await using gateway = await start();
    const variables = operationVariables<object>('update-shared-attributes', NOW);
    const { data, errors } = await runOperation(gateway, 'update-shared-attributes', variables);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      updateConnectSharedAttributes: {
        chain: {
          id: SAMPLE.voiceContact,
          attributeBytes: 26,
          attributeBytesLimit: 32_768,
          sharedAttributes: [
            { key: 'customerId', value: 'C-1001' },
            { key: 'language', value: 'pt' },
          ],
        },
        errors: [],
      },
    });
  });
});

describe('TaskPage', () => {
  it('tells the task, what may be done with it, its chain and what that shares', async () => {
    await using gateway = await start();
    const { contact } = await create<Generated.ContinueChainMutation>(gateway, 'continue-chain');
    const { data, errors } = await runOperation<Generated.TaskPageQuery>(gateway, 'task-page', { id: contact?.id });
    expect(errors).toBeUndefined();
    const allowedActions = ['UPDATE', 'PAUSE', 'TRANSFER', 'STOP'];
    expect(data?.connectContact).toMatchObject({
      id: contact?.id,
      state: 'INITIATED',
      allowedActions,
      queue: null,
      agent: null,
      chain: {
        id: SAMPLE.voiceContact,
        linkedTaskCount: 1,
        sharedAttributes: [{ key: 'customerId' }, { key: 'followUp' }],
        contacts: [
          { channel: 'VOICE', state: 'COMPLETED', allowedActions: [] },
          { id: contact?.id, state: 'INITIATED', allowedActions, previousContact: { id: SAMPLE.voiceContact } },
        ],
      },
    });
  });
});

describe('SearchContacts', () => {
  it('finds the call of the sample, and tasks of ours before it, page by page', async () => {
    await using gateway = await start();
    const { contact } = await create<Generated.ContinueChainMutation>(gateway, 'continue-chain');
    const variables = operationVariables<Generated.SearchContactsQueryVariables>('search-contacts', NOW);
    const search = async (more: object) => {
      const { data } = await runOperation<Generated.SearchContactsQuery>(gateway, 'search-contacts', {
        ...variables,
        ...more,
      });
      return data?.searchConnectContacts;
    };
    const ids = [contact?.id, SAMPLE.voiceContact];
    expect(await search({})).toMatchObject({ totalCount: 2, nodes: ids.map((id) => ({ id })) });
    const first = await search({ first: 1 });
    expect(first).toMatchObject({ totalCount: 2, nodes: [{ id: ids[0] }], pageInfo: { hasNextPage: true } });
    expect(await search({ first: 1, after: first?.pageInfo.endCursor })).toMatchObject({
      nodes: [{ id: ids[1] }],
      pageInfo: { hasNextPage: false },
    });
  });
});

describe('The life of a task', () => {
  /** Runs a ready mutation on a task, with the variables that it is written with. */
  async function steer(gateway: TestGateway, name: string, contactId: string | undefined): Promise<unknown> {
    const { input } = operationVariables<{ input: object }>(name, NOW);
    const { data, errors } = await runOperation<Record<string, unknown>>(gateway, name, {
      input: { ...input, contactId },
    });
    expect(errors).toBeUndefined();
    return Object.values(data ?? {})[0];
  }

  it('is led through all its steps by the ready tabs', async () => {
    await using gateway = await start();
    const scheduled = (await create<Generated.ScheduleTaskMutation>(gateway, 'schedule-task')).contact;
    expect(await steer(gateway, 'reschedule-task', scheduled?.id)).toMatchObject({
      contact: { state: 'SCHEDULED', scheduledTime: iso(wholeSeconds(NOW + 4 * HOUR)) },
      errors: [],
    });
    const { contact } = await create<Generated.CreateWithContactFlowMutation>(gateway, 'create-with-contact-flow');
    const id = contact?.id;
    expect(await steer(gateway, 'update-task', id)).toMatchObject({
      contact: {
        name: 'Call Ms Silva back today',
        description: contact?.description,
        references: expect.arrayContaining([
          { name: 'Order', type: 'URL', value: 'https://crm.example.com/orders/4712' },
          { name: 'Customer', type: 'EMAIL', value: 'silva@example.com' },
        ]),
      },
      errors: [],
    });
    expect(await steer(gateway, 'pause-task', id)).toMatchObject({
      contact: { state: 'PAUSED', allowedActions: expect.arrayContaining(['RESUME']) },
      errors: [],
    });
    expect(await steer(gateway, 'pause-task', id)).toMatchObject({
      contact: null,
      errors: [{ code: 'ILLEGAL_STATE', state: 'PAUSED', allowedActions: expect.arrayContaining(['RESUME']) }],
    });
    expect(await steer(gateway, 'resume-task', id)).toMatchObject({ contact: { state: 'INITIATED' }, errors: [] });
    const tags = [
      { key: 'priority', value: 'high' },
      { key: 'team', value: 'returns' },
    ];
    expect(await steer(gateway, 'tag-task', id)).toMatchObject({
      contact: { tags: expect.arrayContaining(tags) },
      errors: [],
    });
    expect(await steer(gateway, 'untag-task', id)).toMatchObject({ contact: { tags: [tags[1]] }, errors: [] });
    expect(await steer(gateway, 'transfer-task', id)).toMatchObject({
      contact: {
        name: 'Call Ms Silva back today',
        queue: { id: '60000000-0000-4000-8000-000000000001' },
        previousContact: { id, state: 'COMPLETED' },
      },
      replayed: false,
      errors: [],
    });
  });

  it.each(['update-task', 'reschedule-task', 'pause-task', 'resume-task', 'transfer-task', 'tag-task', 'untag-task'])(
    '%s names nothing as it is written, and says so',
    async (name) => {
      await using gateway = await start();
      const { input } = operationVariables<{ input: { contactId: string } }>(name, NOW);
      expect(await steer(gateway, name, input.contactId)).toMatchObject({
        contact: null,
        errors: [{ code: 'NOT_FOUND', resource: 'CONTACT', id: input.contactId }],
      });
    },
  );
});

describe('Entities', () => {
  it('come as a router gets them, the unknown one null', async () => {
    await using gateway = await start();
    const { data, errors } = await runOperation<Generated.EntitiesQuery>(
      gateway,
      'entities',
      operationVariables('entities', NOW),
    );
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual([
      {
        __typename: 'ConnectContact',
        id: SAMPLE.voiceContact,
        channel: 'VOICE',
        state: 'COMPLETED',
        attributes: [{ key: 'customerId', value: 'C-1001' }],
      },
      { __typename: 'ConnectContactChain', chainId: SAMPLE.voiceContact, linkedTaskCount: 0 },
      { __typename: 'ConnectTaskTemplate', templateId: SAMPLE.taskTemplate.withFlow, name: expect.any(String) },
      null,
    ]);
  });
});

describe('StopTask', () => {
  it('names nothing as it is written, and ends a task of ours', async () => {
    await using gateway = await start();
    const asWritten = await runOperation(gateway, 'stop-task', operationVariables('stop-task', NOW));
    expect(asWritten.data).toMatchObject({ stopTaskContact: { contact: null, errors: [{ code: 'NOT_FOUND' }] } });
    const { contact } = await create<Generated.ScheduleTaskMutation>(gateway, 'schedule-task');
    const { data } = await runOperation(gateway, 'stop-task', { input: { contactId: contact?.id } });
    expect(data).toMatchObject({
      stopTaskContact: { contact: { id: contact?.id, state: 'COMPLETED', disconnectReason: 'API' }, errors: [] },
    });
  });
});
