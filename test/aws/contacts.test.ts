import { describe, expect, it } from '@jest/globals';
import type { StartTaskContactRequest } from '../../src/connect/start-task-contact.js';
import { openTestAws, type TestAws } from '../support/aws.js';
import { HOUR, MINUTE, NOW, refusal, request, SAMPLE, UNKNOWN_ID } from '../support/engine.js';

const { instanceId } = SAMPLE;

async function start({ connect }: TestAws, members: Partial<StartTaskContactRequest> = {}): Promise<string> {
  return (await connect.startTaskContact(request(members))).contactId;
}

describe('The AWS adapter', () => {
  it('creates a task with everything, and reads it back as the engine reports it', async () => {
    await using aws = await openTestAws();
    const scheduledTime = new Date(NOW + HOUR);
    const id = await start(aws, {
      description: 'About the order',
      previousContactId: SAMPLE.voiceContact,
      attributes: [{ key: 'plan', value: 'gold' }],
      references: [{ name: 'Order', type: 'URL', value: 'https://example.com/1' }],
      scheduledTime,
      expiryMinutes: 90,
    });
    const { references, updatedAt, ...expected } = await aws.wire.test.contact(id);
    expect(references).toHaveLength(1);
    expect(await aws.connect.describeContacts({ instanceId, contactIds: [id] })).toEqual([{ ...expected, updatedAt }]);
    expect(expected.expiresAt).toEqual(new Date(scheduledTime.getTime() + 90 * MINUTE));
    expect(await aws.connect.listReferences({ instanceId, contactIds: [id] })).toEqual([references]);
    expect(await aws.connect.getAttributes({ instanceId, contactIds: [id] })).toEqual([
      [
        { key: 'customerId', value: 'C-1001' },
        { key: 'plan', value: 'gold' },
      ],
    ]);
  });

  it('gives the same contact for the same token, and does not claim to know', async () => {
    await using aws = await openTestAws();
    const once = await aws.connect.startTaskContact(request({ clientToken: 'once' }));
    const again = await aws.connect.startTaskContact(request({ clientToken: 'once' }));
    expect(again).toEqual(once);
    expect(again).not.toHaveProperty('replayed');
    const other = await refusal(aws.connect.startTaskContact(request({ clientToken: 'once', name: 'Other' })));
    expect(other.code).toBe('IdempotencyException');
  });

  it('changes, reschedules, pauses, resumes, transfers, stops, tags and untags', async () => {
    await using aws = await openTestAws();
    const { connect, wire } = aws;
    const contactId = await start(aws);
    const about = { instanceId, contactId };
    await connect.updateContact({ ...about, name: 'Second', expiryMinutes: 30 });
    await connect.updateContactAttributes({ ...about, attributes: [{ key: 'plan', value: 'silver' }] });
    await connect.tagContact({
      ...about,
      tags: [
        { key: 'team', value: 'east' },
        { key: 'urgent', value: '' },
      ],
    });
    await connect.untagContact({ ...about, keys: ['urgent'] });
    expect(await wire.test.contact(contactId)).toMatchObject({
      name: 'Second',
      expiresAt: new Date(NOW + 30 * MINUTE),
      tags: [{ key: 'team', value: 'east' }],
    });
    expect(await wire.test.attributes(contactId)).toEqual({ plan: 'silver' });

    await connect.pauseContact(about);
    expect(await connect.describeContacts({ instanceId, contactIds: [contactId] })).toMatchObject([
      { state: 'PAUSED', pauseCount: 1 },
    ]);
    await connect.resumeContact(about);
    expect(await connect.describeContacts({ instanceId, contactIds: [contactId] })).toMatchObject([
      { state: 'INITIATED', pauseCount: 1 },
    ]);

    const carried = await connect.transferContact({ ...about, contactFlowId: SAMPLE.contactFlow });
    expect(carried.contactArn).toBe(`${SAMPLE.instanceArn}/contact/${carried.contactId}`);
    await connect.stopContact({ instanceId, contactId: carried.contactId });
    expect(await connect.describeContacts({ instanceId, contactIds: [carried.contactId] })).toMatchObject([
      { state: 'COMPLETED', initiationMethod: 'TRANSFER', previousContactId: contactId },
    ]);

    const later = await start(aws, { scheduledTime: new Date(NOW + HOUR) });
    await connect.updateContactSchedule({ instanceId, contactId: later, scheduledTime: new Date(NOW + 2 * HOUR) });
    expect(await connect.describeContacts({ instanceId, contactIds: [later] })).toMatchObject([
      { state: 'SCHEDULED', scheduledTime: new Date(NOW + 2 * HOUR) },
    ]);
  });

  it('answers null for ids that name nothing, one read for an id that is asked for twice, in the order asked for', async () => {
    await using aws = await openTestAws();
    const id = await start(aws);
    aws.calls();
    const [first, unknown, empty, again] = await aws.connect.describeContacts({
      instanceId,
      contactIds: [id, UNKNOWN_ID, '', id],
    });
    expect(first).toMatchObject({ id });
    expect([unknown, empty]).toEqual([null, null]);
    expect(again).toBe(first);
    expect(aws.calls()).toEqual(['DescribeContact', 'DescribeContact']);
    expect(await aws.connect.getAttributes({ instanceId, contactIds: [UNKNOWN_ID] })).toEqual([null]);
    expect(await aws.connect.describeContacts({ instanceId: UNKNOWN_ID, contactIds: [id] })).toEqual([null]);
  });

  it('says in which state a contact is that does not allow what was asked', async () => {
    await using aws = await openTestAws();
    const contactId = await start(aws);
    const about = { instanceId, contactId };
    expect(await refusal(aws.connect.resumeContact(about))).toMatchObject({
      code: 'IllegalState',
      apiName: 'ConflictException',
      action: 'RESUME',
      state: 'INITIATED',
    });
    const scheduledTime = new Date(NOW + HOUR);
    expect(await refusal(aws.connect.updateContactSchedule({ ...about, scheduledTime }))).toMatchObject({
      code: 'IllegalState',
      apiName: 'InvalidRequestException',
      state: 'INITIATED',
    });
  });

  it('says what names nothing, and which member a rule was broken in', async () => {
    await using aws = await openTestAws();
    const { connect } = aws;
    expect(await refusal(start(aws, { contactFlowId: UNKNOWN_ID }))).toMatchObject({
      resource: 'CONTACT_FLOW',
      id: UNKNOWN_ID,
      member: 'contactFlowId',
    });
    expect(await refusal(start(aws, { previousContactId: UNKNOWN_ID }))).toMatchObject({
      resource: 'CONTACT',
      member: 'previousContactId',
    });
    expect(await refusal(connect.stopContact({ instanceId, contactId: UNKNOWN_ID }))).toMatchObject({
      resource: 'CONTACT',
      member: 'contactId',
    });
    expect(await refusal(start(aws, { scheduledTime: new Date(NOW - HOUR) }))).toMatchObject({
      code: 'InvalidRequestException',
      violations: [{ rule: 'api/service-refused', path: ['scheduledTime'] }],
    });
    expect(await refusal(start(aws, { name: 'x'.repeat(513) }))).toMatchObject({
      code: 'InvalidParameterException',
      violations: [{ path: ['name'], message: expect.stringContaining('513') }],
    });
  });

  it('reports a full instance where the task joins no chain', async () => {
    await using aws = await openTestAws({ quotas: { activeTasks: 1 } });
    await start(aws);
    expect(await refusal(start(aws))).toMatchObject({ code: 'ServiceQuotaExceededException', quota: 'ACTIVE_TASKS' });
  });

  it('gives up before it calls where the caller has, and takes nothing after it is closed', async () => {
    await using aws = await openTestAws();
    const signal = AbortSignal.abort();
    expect((await refusal(aws.connect.startTaskContact(request(), { signal }))).code).toBe('Cancelled');
    expect(await aws.connect.describeContacts({ instanceId, contactIds: [UNKNOWN_ID] }, { signal })).toMatchObject([
      { code: 'Cancelled' },
    ]);
    expect(aws.calls()).toEqual([]);
    await aws.connect.ready();
    await aws.connect.close();
    expect((await refusal(start(aws))).code).toBe('Unavailable');
    expect((await refusal(aws.connect.ready())).code).toBe('Unavailable');
  });
});
