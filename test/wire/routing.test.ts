import {
  AssociateContactWithUserCommand,
  DescribeContactCommand,
  GetContactMetricsCommand,
  UpdateContactRoutingDataCommand,
} from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { request, SAMPLE } from '../support/engine.js';
import { send, startTestWire } from '../support/wire.js';

const { instanceId: InstanceId, queue: queueId, user: UserId } = SAMPLE;

async function startWithTask() {
  const wire = await startTestWire();
  const { contactId } = await wire.test.engine.startTaskContact(request());
  const path = `/contacts/${InstanceId}/${contactId}`;
  return { wire, contactId, path };
}

describe('UpdateContactRoutingData on the wire', () => {
  it('keeps each digit of a priority beyond 2^53', async () => {
    const { wire, path } = await startWithTask();
    await using _ = wire;
    const changed = await send(wire.url, 'POST', `${path}/routing-data`, '{"QueuePriority":9007199254740993}');
    expect(changed).toMatchObject({ status: 200, json: {} });
    expect(wire.test.rows('select queuePriority from contact where queuePriority is not null')).toEqual([
      { queuePriority: '9007199254740993' },
    ]);
    const read = await fetch(wire.url + path);
    expect(await read.text()).toContain('"QueuePriority":9007199254740993,');
  });

  it.each<[string, string, number, string, string]>([
    [
      'a priority that is text',
      '{"QueuePriority":"1"}',
      400,
      'SerializationException',
      'QueuePriority must be an integer',
    ],
    [
      'a priority with a fraction',
      '{"QueuePriority":1.5}',
      400,
      'SerializationException',
      'QueuePriority must be an integer',
    ],
    [
      'priority 0',
      '{"QueuePriority":0}',
      400,
      'InvalidParameterException',
      'QueuePriority: Expected a whole number from 1',
    ],
    [
      'routing criteria',
      '{"RoutingCriteria":{}}',
      400,
      'InvalidParameterException',
      'RoutingCriteria is not supported',
    ],
    [
      'no member',
      '{}',
      400,
      'InvalidParameterException',
      'exactly one of QueuePriority and QueueTimeAdjustmentSeconds',
    ],
    [
      'an adjustment beyond 32 bits',
      '{"QueueTimeAdjustmentSeconds":2147483648}',
      400,
      'SerializationException',
      'an integer of 32 bits',
    ],
  ])('refuses %s, and stores nothing', async (_what, body, status, type, message) => {
    const { wire, path } = await startWithTask();
    await using _ = wire;
    const before = wire.test.rows('select * from contact');
    const refused = await send(wire.url, 'POST', `${path}/routing-data`, body);
    expect([refused.status, refused.type]).toEqual([status, type]);
    expect(refused.json.Message).toContain(message);
    expect(wire.test.rows('select * from contact')).toEqual(before);
  });

  it('answers 409 for a task that has ended', async () => {
    const { wire, contactId, path } = await startWithTask();
    await using _ = wire;
    await wire.test.engine.stopContact({ instanceId: InstanceId, contactId });
    expect(await send(wire.url, 'POST', `${path}/routing-data`, '{"QueuePriority":1}')).toMatchObject({
      status: 409,
      type: 'ResourceConflictException',
    });
  });
});

describe('GetContactMetrics on the wire', () => {
  it.each<[string, unknown, string, string]>([
    ['no metrics', undefined, 'InvalidParameterException', 'Metrics is required'],
    ['an empty list', [], 'InvalidParameterException', 'Metrics: at least 1.'],
    [
      'an unknown metric',
      [{ Name: 'OTHER' }],
      'InvalidParameterException',
      'only ESTIMATED_WAIT_TIME, POSITION_IN_QUEUE',
    ],
    ['a metric without a name', [{}], 'InvalidParameterException', 'Metrics[0].Name is required'],
    ['a name that is no text', [{ Name: 1 }], 'SerializationException', 'Metrics[0].Name must be a string'],
  ])('refuses %s', async (_what, Metrics, type, message) => {
    const { wire, contactId: ContactId } = await startWithTask();
    await using _ = wire;
    const body = JSON.stringify({ InstanceId, ContactId, Metrics });
    const refused = await send(wire.url, 'POST', '/metrics/contact', body);
    expect([refused.status, refused.type]).toEqual([400, type]);
    expect(refused.json.Message).toContain(message);
  });
});

describe('AWS’s SDK', () => {
  it('routes a task and gives it to an agent', async () => {
    const { wire, contactId: ContactId } = await startWithTask();
    await using _ = wire;
    const client = wire.client();
    await client.send(new UpdateContactRoutingDataCommand({ InstanceId, ContactId, QueuePriority: 1 }));
    await client.send(new UpdateContactRoutingDataCommand({ InstanceId, ContactId, QueueTimeAdjustmentSeconds: -30 }));
    await wire.test.engine.control('enqueue', { instanceId: InstanceId, contactId: ContactId, queueId });
    const Metrics = [{ Name: 'POSITION_IN_QUEUE' as const }];
    expect(await client.send(new GetContactMetricsCommand({ InstanceId, ContactId, Metrics }))).toMatchObject({
      MetricResults: [{ Name: 'POSITION_IN_QUEUE', Value: { Number: 1 } }],
      Id: ContactId,
      Arn: `${SAMPLE.instanceArn}/contact/${ContactId}`,
    });
    await client.send(new AssociateContactWithUserCommand({ InstanceId, ContactId, UserId }));
    expect((await client.send(new GetContactMetricsCommand({ InstanceId, ContactId, Metrics }))).MetricResults).toEqual(
      [],
    );
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId, ContactId }));
    expect(Contact).toMatchObject({
      QueuePriority: 1,
      QueueTimeAdjustmentSeconds: -30,
      AgentInfo: { Id: UserId, ConnectedToAgentTimestamp: expect.any(Date) },
    });
    await expect(
      client.send(new AssociateContactWithUserCommand({ InstanceId, ContactId, UserId })),
    ).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});
