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
    ['a user-defined one that is no text', { mine: { ValueInteger: 1 } }, 'mine needs a ValueString'],
    [
      'a user-defined one of another alphabet, by its place',
      { 'connect:CreatedByUser': { ValueString: USER_ARN }, 'my own': { ValueString: 'x' } },
      'SegmentAttributes["my own"]: Expected letters',
    ],
    [
      'a user-defined value that is too long, by its place',
      { mine: { ValueString: 'x'.repeat(1025) } },
      'SegmentAttributes["mine"].ValueString: Expected 0 to 1024 characters',
    ],
    ['a creator that is no text', { 'connect:CreatedByUser': { ValueInteger: 1 } }, 'needs a ValueString'],
    ['an assignment that is no text', { 'connect:AssignmentType': {} }, 'needs a ValueString'],
    ['another assignment', { 'connect:AssignmentType': { ValueString: 'OTHER' } }, 'one of SELF'],
    ['an empty creator', { 'connect:CreatedByUser': { ValueString: '' } }, '1 to 256 characters'],
  ])('refuse %s', async (_what, SegmentAttributes, message) => {
    await using wire = await startTestWire();
    const body = JSON.stringify({ ...task, SegmentAttributes });
    const before = wire.test.rows('select id from contact');
    const { status, type, json } = await send(wire.url, 'PUT', '/contact/task', body);
    expect([status, type]).toEqual([400, 'InvalidParameterException']);
    expect(json.Message).toContain(message);
    expect(wire.test.rows('select id from contact')).toEqual(before);
  });

  it('change in their expiry and their user-defined ones for an existing task', async () => {
    await using wire = await startTestWire();
    const id = await wire.test.start();
    const update = (SegmentAttributes: object) =>
      send(wire.url, 'POST', `/contacts/${InstanceId}/${id}`, JSON.stringify({ SegmentAttributes }));
    const creator = await update({ 'connect:CreatedByUser': { ValueString: USER_ARN } });
    expect([creator.status, creator.type]).toEqual([400, 'InvalidParameterException']);
    const expiry = await update({ 'connect:ContactExpiry': { ValueMap: { ExpiryDuration: { ValueInteger: 9 } } } });
    expect(expiry.status).toBe(200);
    expect((await wire.test.contact(id)).expiresAt).toEqual(new Date(NOW + 9 * 60_000));
    expect((await update({ mine: { ValueString: 'x' } })).status).toBe(200);
    expect((await wire.test.contact(id)).segmentAttributes).toEqual([{ key: 'mine', value: 'x' }]);
  });
});
