import {
  type ConnectClient,
  DescribeContactCommand,
  GetContactAttributesCommand,
  ListPromptsCommand,
  ListContactReferencesCommand,
  PauseContactCommand,
  ResumeContactCommand,
  StartTaskContactCommand,
  type StartTaskContactCommandInput,
  StopContactCommand,
  TagContactCommand,
  TransferContactCommand,
  UntagContactCommand,
  UpdateContactAttributesCommand,
  UpdateContactCommand,
  UpdateContactScheduleCommand,
} from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { InternalServiceError } from '../../src/connect/errors.js';
import { HOUR, MINUTE, NOW, SAMPLE, UNKNOWN_ID } from '../support/engine.js';
import { startTestWire } from '../support/wire.js';

const InstanceId = SAMPLE.instanceId;

async function start(client: ConnectClient, members: Partial<StartTaskContactCommandInput> = {}): Promise<string> {
  const { ContactId } = await client.send(
    new StartTaskContactCommand({ InstanceId, Name: 'Call back', ContactFlowId: SAMPLE.contactFlow, ...members }),
  );
  return ContactId as string;
}

async function contact(client: ConnectClient, ContactId: string) {
  return (await client.send(new DescribeContactCommand({ InstanceId, ContactId }))).Contact;
}

/** The name and the status of the error that a call ends with. */
async function errorOf(call: Promise<unknown>): Promise<readonly [name: string, status: number | undefined]> {
  const [outcome] = await Promise.allSettled([call]);
  if (outcome.status === 'fulfilled') throw new Error(`Expected an error, but got ${JSON.stringify(outcome.value)}`);
  const { name, $metadata } = outcome.reason as { name: string; $metadata?: { httpStatusCode?: number } };
  return [name, $metadata?.httpStatusCode];
}

describe("AWS's own SDK", () => {
  it('creates a task and reads it back, with everything that it was given', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const scheduled = new Date(NOW + HOUR);
    const id = await start(client, {
      Description: 'About the order',
      PreviousContactId: SAMPLE.voiceContact,
      Attributes: { plan: 'gold', __proto__x: 'kept' },
      References: { Order: { Type: 'URL', Value: 'https://example.com/1' } },
      ScheduledTime: scheduled,
      SegmentAttributes: { 'connect:ContactExpiry': { ValueMap: { ExpiryDuration: { ValueInteger: 90 } } } },
    });
    expect(await contact(client, id)).toEqual({
      Arn: `${SAMPLE.instanceArn}/contact/${id}`,
      Id: id,
      ContactDetails: { Name: 'Call back', Description: 'About the order' },
      QueuePriority: 5,
      InitialContactId: SAMPLE.voiceContact,
      ContactAssociationId: SAMPLE.voiceContact,
      PreviousContactId: SAMPLE.voiceContact,
      InitiationMethod: 'API',
      Channel: 'TASK',
      Name: 'Call back',
      Description: 'About the order',
      InitiationTimestamp: new Date(NOW),
      LastUpdateTimestamp: new Date(NOW),
      ScheduledTimestamp: scheduled,
      TotalPauseCount: 0,
      SegmentAttributes: {
        'connect:ContactExpiry': {
          ValueMap: {
            ExpiryDuration: { ValueInteger: 90 },
            ExpiryTimeStamp: { ValueString: new Date(NOW + HOUR + 90 * MINUTE).toISOString() },
          },
        },
      },
    });
    const { Attributes } = await client.send(new GetContactAttributesCommand({ InstanceId, InitialContactId: id }));
    expect(Attributes).toEqual({ customerId: 'C-1001', plan: 'gold', __proto__x: 'kept' });
    const references = await client.send(
      new ListContactReferencesCommand({ InstanceId, ContactId: id, ReferenceTypes: ['URL', 'DATE'] }),
    );
    expect(references.ReferenceSummaryList).toEqual([{ Url: { Name: 'Order', Value: 'https://example.com/1' } }]);
  });

  it('takes ARNs for ids, in the body and in the path', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const id = await start(client, {
      InstanceId: SAMPLE.instanceArn,
      ContactFlowId: `${SAMPLE.instanceArn}/contact-flow/${SAMPLE.contactFlow}`,
    });
    const arns = { InstanceId: SAMPLE.instanceArn, ContactId: `${SAMPLE.instanceArn}/contact/${id}` };
    expect((await client.send(new DescribeContactCommand(arns))).Contact?.Id).toBe(id);
  });

  it('steers a task: attributes, update, schedule, tags, pause, resume, transfer, stop', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const ContactId = await start(client, { ScheduledTime: new Date(NOW + HOUR) });
    const about = { InstanceId, ContactId };
    await client.send(
      new UpdateContactAttributesCommand({ InstanceId, InitialContactId: ContactId, Attributes: { a: 'b' } }),
    );
    await client.send(
      new UpdateContactCommand({ ...about, Name: 'New', References: { Note: { Type: 'STRING', Value: '' } } }),
    );
    await client.send(new UpdateContactScheduleCommand({ ...about, ScheduledTime: new Date(NOW + MINUTE) }));
    await client.send(new TagContactCommand({ ...about, Tags: { team: 'blue', plus: '+ and &' } }));
    expect(await contact(client, ContactId)).toMatchObject({
      Name: 'New',
      ScheduledTimestamp: new Date(NOW + MINUTE),
      Tags: { team: 'blue', plus: '+ and &' },
    });
    await client.send(new UntagContactCommand({ ...about, TagKeys: ['team', 'plus'] }));
    expect((await contact(client, ContactId))?.Tags).toBeUndefined();

    wire.test.clock.now += HOUR;
    await client.send(new PauseContactCommand(about));
    expect(await errorOf(client.send(new PauseContactCommand(about)))).toEqual(['ConflictException', 409]);
    await client.send(new ResumeContactCommand(about));
    expect((await contact(client, ContactId))?.TotalPauseCount).toBe(1);

    const transfer = { ...about, ContactFlowId: SAMPLE.contactFlow, ClientToken: 'once' };
    const moved = await client.send(new TransferContactCommand(transfer));
    expect(moved.ContactArn).toBe(`${SAMPLE.instanceArn}/contact/${moved.ContactId}`);
    expect(await contact(client, moved.ContactId as string)).toMatchObject({
      InitiationMethod: 'TRANSFER',
      PreviousContactId: ContactId,
    });
    await client.send(new StopContactCommand({ InstanceId, ContactId: moved.ContactId }));
    expect((await contact(client, moved.ContactId as string))?.DisconnectReason).toBe('API');
  });

  it('gets the errors of the API, by name and status', async () => {
    await using wire = await startTestWire({ quotas: { activeTasks: 2 } });
    const client = wire.client();
    const ContactId = await start(client, { ClientToken: 'one' });
    const about = { InstanceId, ContactId };
    const unknown = { InstanceId, ContactId: UNKNOWN_ID };
    const cases: readonly (readonly [string, number, Promise<unknown>])[] = [
      ['ResourceNotFoundException', 404, contact(client, UNKNOWN_ID)],
      ['ContactNotFoundException', 410, client.send(new StopContactCommand(unknown))],
      [
        'ResourceNotFoundException',
        404,
        client.send(new StopContactCommand({ InstanceId: UNKNOWN_ID, ContactId: UNKNOWN_ID })),
      ],
      ['InvalidRequestException', 400, start(client, { ClientToken: 'one', Name: 'other' })],
      ['InvalidRequestException', 400, start(client, { QuickConnectId: SAMPLE.quickConnect.queue })],
      ['InvalidRequestException', 400, start(client, { Attachments: [{ FileName: 'a.exe', S3Url: 'https://a/b' }] })],
      ['InvalidParameterException', 400, start(client, { Attributes: { 'a.b': '' } })],
      ['InvalidParameterException', 400, start(client, { SegmentAttributes: { 'connect:Other': {} } })],
      ['InvalidParameterException', 400, start(client, { SegmentAttributes: { own: { ValueInteger: 1 } } })],
      ['InvalidParameterException', 400, start(client, { Name: undefined })],
      ['InvalidParameterException', 400, start(client, { InstanceId: '' })],
      [
        'InvalidRequestException',
        400,
        client.send(new UpdateContactScheduleCommand({ ...about, ScheduledTime: new Date(NOW + HOUR) })),
      ],
      ['InvalidParameterException', 400, client.send(new UpdateContactCommand({ ...about, Name: 'x'.repeat(513) }))],
      ['InvalidRequestException', 400, client.send(new UpdateContactCommand({ ...about, UserInfo: { UserId: 'x' } }))],
      ['UnknownOperationException', 404, client.send(new ListPromptsCommand({ InstanceId }))],
    ];
    for (const [name, status, call] of cases) expect(await errorOf(call)).toEqual([name, status]);

    const transfer = { ...about, ContactFlowId: SAMPLE.contactFlow, ClientToken: 'move' };
    await client.send(new TransferContactCommand(transfer));
    expect(
      await errorOf(client.send(new TransferContactCommand({ ...transfer, ContactId: SAMPLE.voiceContact }))),
    ).toEqual(['IdempotencyException', 409]);
    await start(client);
    expect(await errorOf(start(client))).toEqual(['ServiceQuotaExceededException', 402]);
  });

  it('pauses a task 10 times', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const about = { InstanceId, ContactId: await start(client) };
    for (let count = 0; count < 10; count++) {
      await client.send(new PauseContactCommand(about));
      await client.send(new ResumeContactCommand(about));
    }
    expect(await errorOf(client.send(new PauseContactCommand(about)))).toEqual(['LimitExceededException', 429]);
  });

  it('repeats a creation that failed inside with the same client token, and makes one contact', async () => {
    const tokens: (string | undefined)[] = [];
    await using wire = await startTestWire({
      wrap: (engine) => {
        const start: typeof engine.startTaskContact = async (request, options) => {
          tokens.push(request.clientToken);
          const result = await engine.startTaskContact(request, options);
          // It is done, but the answer is lost.
          if (tokens.length === 1) throw new InternalServiceError();
          return result;
        };
        return new Proxy(engine, {
          get: (target, name) => {
            if (name === 'startTaskContact') return start;
            const member: unknown = Reflect.get(target, name);
            return typeof member === 'function' ? member.bind(target) : member;
          },
        });
      },
    });
    await start(wire.client({ maxAttempts: 3 }));
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(tokens[1]).toBe(tokens[0]);
  });
});
