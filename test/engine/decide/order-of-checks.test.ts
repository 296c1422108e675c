import { describe, expect, it } from '@jest/globals';
import { sampleInstance } from '../../../src/engine/seed/sample-instance.js';
import type { TaskTemplateRow } from '../../../src/engine/store/tables.js';
import { NOW, openTestEngine, refusal, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';

function sampleTemplate(id: string): TaskTemplateRow {
  return sampleInstance(NOW).taskTemplates.find((row) => row.id === id) as TaskTemplateRow;
}

describe('A change of a task', () => {
  const { instanceId } = SAMPLE;
  const membersOf = (error: unknown) => {
    const { member, code, others = [] } = error as { member?: string; code: string; others?: readonly unknown[] };
    return [member ?? code, ...others.flatMap((each): readonly string[] => membersOf(each))];
  };

  it('reports an unknown contact, flow and queue of a transfer in one refusal', async () => {
    await using test = await openTestEngine();
    const unknown = { contactFlowId: UNKNOWN_ID, queueId: UNKNOWN_ID };
    const error = await refusal(test.engine.transferContact({ instanceId, contactId: UNKNOWN_ID, ...unknown }));
    expect(membersOf(error)).toEqual(['contactId', 'contactFlowId', 'queueId']);
    const contactId = await test.start();
    const ofKnown = await refusal(
      test.engine.transferContact({ instanceId, contactId, contactFlowId: UNKNOWN_ID, userId: UNKNOWN_ID }),
    );
    expect(membersOf(ofKnown)).toEqual(['contactFlowId', 'userId']);
  });

  it('reports an unknown destination of a transfer with the state that does not allow it', async () => {
    await using test = await openTestEngine();
    const contactId = SAMPLE.voiceContact;
    const error = await refusal(
      test.engine.transferContact({ instanceId, contactId, contactFlowId: UNKNOWN_ID, queueId: UNKNOWN_ID }),
    );
    expect(membersOf(error)).toEqual(['contactFlowId', 'queueId', 'IllegalState']);
  });

  it.each(['pauseContact', 'resumeContact'] as const)(
    'reports an unknown contact and flow at once: %s',
    async (change) => {
      await using test = await openTestEngine();
      const contactFlowId = UNKNOWN_ID;
      const error = await refusal(test.engine[change]({ instanceId, contactId: UNKNOWN_ID, contactFlowId }));
      expect(membersOf(error)).toEqual(['contactId', 'contactFlowId']);
      const ofVoice = await refusal(test.engine[change]({ instanceId, contactId: SAMPLE.voiceContact, contactFlowId }));
      expect(membersOf(ofVoice)).toEqual(['contactFlowId', 'IllegalState']);
    },
  );
});

describe('StartTaskContact validates', () => {
  it('checks a member’s own constraint before the ARNs', async () => {
    await using test = await openTestEngine();
    const error = await refusal(test.start({ description: '\0', relatedContactId: 'arn:aws:connect' }));
    expect(error).toMatchObject({ violations: [{ rule: 'gateway/storable-text', path: ['description'] }] });
  });

  it('checks the ARNs before the client token', async () => {
    await using test = await openTestEngine();
    await test.start({ clientToken: 'used' });
    const error = await refusal(test.start({ clientToken: 'used', contactFlowId: 'arn:aws:connect' }));
    expect(error).toMatchObject({ violations: [{ rule: 'gateway/arn-of-this-instance', path: ['contactFlowId'] }] });
  });

  it('checks the client token before the combination of members', async () => {
    await using test = await openTestEngine();
    const both = { contactFlowId: SAMPLE.contactFlow, quickConnectId: SAMPLE.quickConnect.queue };
    await test.start({ clientToken: 'used' });
    expect(await refusal(test.start({ clientToken: 'used', ...both }))).toMatchObject({ code: 'IdempotencyException' });
    expect(await refusal(test.start(both))).toMatchObject({ code: 'InvalidRequestException' });
  });

  it('members together, all at once, before the instance', async () => {
    await using test = await openTestEngine();
    const error = await refusal(
      test.start({
        instanceId: UNKNOWN_ID,
        contactFlowId: SAMPLE.contactFlow,
        taskTemplateId: SAMPLE.taskTemplate.withFlow,
        previousContactId: SAMPLE.voiceContact,
        relatedContactId: SAMPLE.voiceContact,
        scheduledTime: new Date(0),
      }),
    );
    expect(error.code).toBe('InvalidRequestException');
    expect('violations' in error && error.violations.map(({ rule }) => rule)).toEqual([
      'api/exactly-one-flow-source',
      'api/only-one-link',
      'api/scheduled-time-not-past',
    ]);
  });

  it.each([
    ['type', { type: 'ATTACHMENT', value: '' }, 'api/reference-type'],
    ['value', { type: 'DATE', value: 'tomorrow' }, 'engine/reference-date'],
    ['size', { type: 'STRING', value: 'v'.repeat(4096) }, 'api/references-bytes'],
  ])('checks the %s of a reference before instance and flow', async (_what, reference, rule) => {
    await using test = await openTestEngine();
    const references = [{ name: 'n', ...reference }];
    const error = await refusal(test.start({ instanceId: UNKNOWN_ID, contactFlowId: UNKNOWN_ID, references }));
    expect(error).toMatchObject({ code: 'InvalidRequestException', violations: [{ rule }] });
  });

  it('checks the instance before the flow', async () => {
    await using test = await openTestEngine();
    const error = await refusal(test.start({ instanceId: UNKNOWN_ID, contactFlowId: UNKNOWN_ID }));
    expect(error).toMatchObject({ code: 'ResourceNotFoundException', resource: 'INSTANCE' });
  });

  it('checks the flow before the linked contact and reports both', async () => {
    await using test = await openTestEngine();
    const error = await refusal(test.start({ contactFlowId: UNKNOWN_ID, previousContactId: UNKNOWN_ID }));
    expect(error).toMatchObject({ code: 'ResourceNotFoundException', resource: 'CONTACT_FLOW' });
    expect(error.others).toMatchObject([{ code: 'ResourceNotFoundException', member: 'previousContactId' }]);
  });

  it('checks the template’s fields, the creator and the linked contact at once', async () => {
    await using test = await openTestEngine();
    const error = await refusal(
      test.start({
        taskTemplateId: SAMPLE.taskTemplate.withRequiredFields,
        createdByUserId: UNKNOWN_ID,
        relatedContactId: UNKNOWN_ID,
      }),
    );
    expect(error).toMatchObject({ code: 'ResourceNotFoundException', member: 'createdByUserId' });
    expect(error.others).toMatchObject([
      { code: 'InvalidRequestException', violations: [{ templateField: expect.any(String) }] },
      { code: 'ResourceNotFoundException', member: 'relatedContactId' },
    ]);
  });

  it('reports an inactive template and its fields in one error', async () => {
    await using test = await openTestEngine({
      content: {
        taskTemplates: [
          {
            ...sampleTemplate(SAMPLE.taskTemplate.withRequiredFields),
            id: 'inactive-required',
            name: 'Other',
            status: 'INACTIVE',
          },
        ],
      },
    });
    const error = await refusal(test.start({ taskTemplateId: 'inactive-required' }));
    expect('violations' in error && error.violations.map(({ rule }) => rule)).toEqual([
      'api/task-template-active',
      'engine/template-required-field',
    ]);
    expect(error.others).toBeUndefined();
  });

  it('checks the template’s fields before the linked contact', async () => {
    await using test = await openTestEngine();
    const taskTemplateId = SAMPLE.taskTemplate.withRequiredFields;
    const error = await refusal(test.start({ taskTemplateId, relatedContactId: UNKNOWN_ID }));
    expect(error).toMatchObject({ violations: [{ rule: 'engine/template-required-field' }] });
    expect(error.others).toMatchObject([{ code: 'ResourceNotFoundException', member: 'relatedContactId' }]);
  });

  it('checks the linked contact before the quotas', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 0, chainTasks: 0 } });
    const error = await refusal(test.start({ previousContactId: UNKNOWN_ID }));
    expect(error).toMatchObject({ code: 'ResourceNotFoundException', resource: 'CONTACT' });
  });

  it('checks the chain before the active tasks', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 0, chainTasks: 0 } });
    const error = await refusal(test.start({ previousContactId: SAMPLE.voiceContact }));
    expect(error).toMatchObject({ code: 'ServiceQuotaExceededException', quota: 'CHAIN' });
  });

  it('checks the active tasks before the size of the shared attributes', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 0 } });
    const error = await refusal(
      test.start({
        previousContactId: SAMPLE.voiceContact,
        attributes: [{ key: 'k', value: 'v'.repeat(32_767) }],
      }),
    );
    expect(error).toMatchObject({ code: 'ServiceQuotaExceededException', quota: 'ACTIVE_TASKS' });
  });
});
