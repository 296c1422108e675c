import { DescribeContactCommand, StartTaskContactCommand } from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { NOW, SAMPLE } from '../support/engine.js';
import { send, startTestWire } from '../support/wire.js';

const InstanceId = SAMPLE.instanceId;
const USER_ARN = `${SAMPLE.instanceArn}/agent/70000000-0000-4000-8000-000000000001`;
const task = { InstanceId, Name: 'Call back', ContactFlowId: SAMPLE.contactFlow };

describe('Segment attributes on the wire', () => {
  it('are reported as they were given, beside the contact’s association and template', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const { ContactId } = await client.send(
      new StartTaskContactCommand({
        InstanceId,
        Name: 'Call back',
        TaskTemplateId: SAMPLE.taskTemplate.withFlow,
        SegmentAttributes: {
          'connect:CreatedByUser': { ValueString: USER_ARN },
          'connect:ContactExpiry': { ValueMap: { ExpiryDuration: { ValueInteger: 5 } } },
        },
      }),
    );
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId, ContactId }));
    expect(Contact).toMatchObject({
      ContactAssociationId: ContactId,
      TaskTemplateInfo: {
        Arn: `${SAMPLE.instanceArn}/task-template/${SAMPLE.taskTemplate.withFlow}`,
        Name: 'Sample template',
      },
    });
    expect(Contact?.SegmentAttributes).toEqual({
      'connect:CreatedByUser': { ValueString: USER_ARN },
      'connect:ContactExpiry': {
        ValueMap: {
          ExpiryDuration: { ValueInteger: 5 },
          ExpiryTimeStamp: { ValueString: new Date(NOW + 5 * 60_000).toISOString() },
        },
      },
    });
  });

  it.each<[string, object, string]>([
    ['unknown ones', { 'connect:Subtype': { ValueString: 'connect:Task' } }, 'are supported'],
    ['user-defined ones', { mine: { ValueString: 'x' } }, 'are supported'],
    ['a creator that is no text', { 'connect:CreatedByUser': { ValueInteger: 1 } }, 'needs a ValueString'],
    ['an assignment that is no text', { 'connect:AssignmentType': {} }, 'needs a ValueString'],
    ['another assignment', { 'connect:AssignmentType': { ValueString: 'OTHER' } }, 'one of SELF'],
    ['an empty creator', { 'connect:CreatedByUser': { ValueString: '' } }, '1 to 256 characters'],
  ])('refuse %s', async (_what, SegmentAttributes, message) => {
    await using wire = await startTestWire();
    const body = JSON.stringify({ ...task, SegmentAttributes });
    const { status, type, json } = await send(wire.url, 'PUT', '/contact/task', body);
    expect([status, type]).toEqual([400, 'InvalidParameterException']);
    expect(json.Message).toContain(message);
  });

  it('change in their expiry alone for an existing task', async () => {
    await using wire = await startTestWire();
    const id = await wire.test.start();
    const update = (SegmentAttributes: object) =>
      send(wire.url, 'POST', `/contacts/${InstanceId}/${id}`, JSON.stringify({ SegmentAttributes }));
    const creator = await update({ 'connect:CreatedByUser': { ValueString: USER_ARN } });
    expect([creator.status, creator.type]).toEqual([400, 'InvalidParameterException']);
    const expiry = await update({ 'connect:ContactExpiry': { ValueMap: { ExpiryDuration: { ValueInteger: 9 } } } });
    expect(expiry.status).toBe(200);
    expect((await wire.test.contact(id)).expiresAt).toEqual(new Date(NOW + 9 * 60_000));
  });
});
