import { describe, expect, it } from '@jest/globals';
import type * as Generated from '../../generated/operations.js';
import { HOUR, NOW, SAMPLE } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { createAsWritten, operationVariables, runOperation } from '../../support/operations.js';

const iso = (instant: number) => new Date(instant).toISOString();
const wholeSeconds = (instant: number) => Math.floor(instant / 1000) * 1000;
const start = () => startTestGateway({ now: () => NOW });

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
    const scheduled = (await createAsWritten<Generated.ScheduleTaskMutation>(gateway, 'schedule-task')).contact;
    expect(await steer(gateway, 'reschedule-task', scheduled?.id)).toMatchObject({
      contact: { state: 'SCHEDULED', scheduledTime: iso(wholeSeconds(NOW + 4 * HOUR)) },
      errors: [],
    });
    const { contact } = await createAsWritten<Generated.CreateWithContactFlowMutation>(
      gateway,
      'create-with-contact-flow',
    );
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

describe('StopTask', () => {
  it('names nothing as it is written, and ends a task of ours', async () => {
    await using gateway = await start();
    const asWritten = await runOperation(gateway, 'stop-task', operationVariables('stop-task', NOW));
    expect(asWritten.data).toMatchObject({ stopTaskContact: { contact: null, errors: [{ code: 'NOT_FOUND' }] } });
    const { contact } = await createAsWritten<Generated.ScheduleTaskMutation>(gateway, 'schedule-task');
    const { data } = await runOperation(gateway, 'stop-task', { input: { contactId: contact?.id } });
    expect(data).toMatchObject({
      stopTaskContact: { contact: { id: contact?.id, state: 'COMPLETED', disconnectReason: 'API' }, errors: [] },
    });
  });
});
