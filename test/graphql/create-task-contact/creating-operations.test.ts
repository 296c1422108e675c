import { describe, expect, it } from '@jest/globals';
import type * as Generated from '../../generated/operations.js';
import { DAY, HOUR, MINUTE, NOW, SAMPLE } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { createAsWritten, operationInput, runOperation } from '../../support/operations.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const iso = (instant: number) => new Date(instant).toISOString();
const wholeSeconds = (instant: number) => Math.floor(instant / 1000) * 1000;
const start = () => startTestGateway({ now: () => NOW });

describe('CreateWithContactFlow', () => {
  it('creates the task, with attributes for the flow and references for the agent', async () => {
    await using gateway = await start();
    const { contact, replayed, errors } = await createAsWritten<Generated.CreateWithContactFlowMutation>(
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
    createAsWritten<Generated.CreateWithQuickConnectMutation>(gateway, 'create-with-quick-connect', {
      flow: { quickConnectId },
    });

  it('creates the task for a queue as it is written, and for the agent of …0002', async () => {
    await using gateway = await start();
    const forQueue = await createAsWritten<Generated.CreateWithQuickConnectMutation>(
      gateway,
      'create-with-quick-connect',
    );
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
          expected: 'a quick connect with a flow (USER, QUEUE or FLOW)',
          actual: 'a quick connect of type PHONE_NUMBER',
        },
      ],
    });
  });
});

describe('CreateWithTaskTemplate', () => {
  it('creates the task by the flow of the template', async () => {
    await using gateway = await start();
    const { contact, errors } = await createAsWritten<Generated.CreateWithTaskTemplateMutation>(
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
    const { contact, errors } = await createAsWritten<Generated.CreateWithTaskTemplateMutation>(
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
    createAsWritten<Generated.CreateWithRequiredFieldsMutation>(gateway, name, { references: given });

  it('creates the task, with what the template itself fills in', async () => {
    await using gateway = await start();
    const { contact } = await createAsWritten<Generated.CreateWithRequiredFieldsMutation>(gateway, name);
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
    const { contact, errors } = await createAsWritten<Generated.ContinueChainMutation>(gateway, name);
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
      const { contact } = await createAsWritten<Generated.ContinueChainMutation>(gateway, name);
      expect(contact?.chain).toMatchObject({ linkedTaskCount: i, remaining: 12 - i });
    }
    expect(await createAsWritten<Generated.ContinueChainMutation>(gateway, name)).toEqual({
      contact: null,
      replayed: null,
      errors: [
        {
          code: 'QUOTA_EXCEEDED',
          message: expect.stringContaining('The chain is full'),
          path: null,
          quota: 'CHAIN',
          limit: 12,
        },
      ],
    });
  });
});

describe('ScheduleTask', () => {
  it('waits for its time, and its expiry counts from there', async () => {
    await using gateway = await start();
    const scheduledTime = wholeSeconds(NOW + 2 * HOUR);
    const { contact, errors } = await createAsWritten<Generated.ScheduleTaskMutation>(gateway, 'schedule-task');
    expect(errors).toEqual([]);
    expect(contact).toEqual({
      id: expect.stringMatching(UUID),
      name: 'Ask whether the repair has held',
      state: 'SCHEDULED',
      scheduledTime: iso(scheduledTime),
      expiresAt: iso(scheduledTime + 480 * MINUTE),
      allowedActions: ['UPDATE', 'RESCHEDULE', 'STOP', 'ROUTE'],
    });
  });
});

describe('RefusedInput', () => {
  it('gets all violations at once, as data', async () => {
    await using gateway = await start();
    const { contact, replayed, errors } = await createAsWritten<Generated.RefusedInputMutation>(
      gateway,
      'refused-input',
    );
    expect({ contact, replayed }).toEqual({ contact: null, replayed: null });
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['input', 'attributes', '0', 'key'],
        rule: 'api/attribute-key-alphabet',
        expected: 'letters A to Z and a to z, digits, - and _',
        actual: '"order.id"',
      }),
      expect.objectContaining({
        path: ['input', 'attributes', '2', 'key'],
        rule: 'gateway/attribute-key-unique',
        expected: 'each key once',
        actual: '"language" again',
      }),
      expect.objectContaining({
        path: ['input', 'references', '0', 'value'],
        rule: 'engine/reference-url',
        expected: 'an absolute http or https URL',
        actual: '"order 4711"',
      }),
      expect.objectContaining({
        path: ['input', 'scheduledTime'],
        rule: 'api/scheduled-time-ahead',
        expected: expect.stringContaining('6 days ahead'),
        actual: iso(wholeSeconds(NOW + 10 * DAY)),
      }),
    ]);
    for (const { code, message } of errors) {
      expect(code).toBe('INVALID_INPUT');
      expect(message).toMatch(/^Expected .+, but got .+\.$/);
    }
  });
});
