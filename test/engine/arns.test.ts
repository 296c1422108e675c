import { describe, expect, it } from '@jest/globals';
import type { StartTaskContactRequest } from '../../src/connect/start-task-contact.js';
import { openTestEngine, refusal, request, SAMPLE, UNKNOWN_ID } from '../support/engine.js';

const { instanceId, instanceArn } = SAMPLE;
const arn = (type: string, id: string) => `${instanceArn}/${type}/${id}`;

const FLOW_ARN = arn('contact-flow', SAMPLE.contactFlow);
const VOICE_CONTACT_ARN = arn('contact', SAMPLE.voiceContact);

describe('An ARN in place of an id', () => {
  it.each<[keyof StartTaskContactRequest, string, string | undefined]>([
    ['instanceId', instanceArn, 'instanceId'],
    ['contactFlowId', FLOW_ARN, 'contactFlowId'],
    ['quickConnectId', arn('transfer-destination', SAMPLE.quickConnect.queue), 'quickConnectId'],
    ['taskTemplateId', arn('task-template', SAMPLE.taskTemplate.withFlow), 'taskTemplateId'],
    ['previousContactId', VOICE_CONTACT_ARN, 'previousContactId'],
    ['relatedContactId', VOICE_CONTACT_ARN, 'relatedContactId'],
  ])('is taken as %s, and reported as an id', async (member, given, column) => {
    await using test = await openTestEngine();
    const id = await test.start({ [member]: given });
    const [row] = test.rows(`select "${column}" as stored from contact where id = ?`, id);
    expect(row?.stored).toBe(given.slice(given.lastIndexOf('/') + 1));
  });

  it.each<[string, keyof StartTaskContactRequest, string]>([
    ['of another Region', 'instanceId', instanceArn.replace('us-east-1', 'eu-west-2')],
    ['of another account', 'contactFlowId', FLOW_ARN.replace('111122223333', '444455556666')],
    ['of another partition', 'contactFlowId', FLOW_ARN.replace('arn:aws:', 'arn:aws-us-gov:')],
    ['of another instance', 'previousContactId', VOICE_CONTACT_ARN.replace(instanceId, UNKNOWN_ID)],
    ['of another type', 'quickConnectId', arn('contact-flow', SAMPLE.quickConnect.queue)],
    ['of a quick connect by the name that it has elsewhere', 'quickConnectId', arn('quick-connect', 'q')],
    ['of an instance', 'taskTemplateId', instanceArn],
    ['with something behind it', 'relatedContactId', `${VOICE_CONTACT_ARN}/${SAMPLE.voiceContact}`],
    ['that names nothing', 'contactFlowId', 'arn:aws:connect'],
  ])('%s is an InvalidParameterException', async (_what, member, given) => {
    await using test = await openTestEngine();
    const error = await refusal(test.start({ [member]: given }));
    expect(error).toMatchObject({
      code: 'InvalidParameterException',
      violations: [{ rule: 'gateway/arn-of-this-instance', path: [member] }],
    });
    expect(error.message).toContain(member);
  });

  it('is refused together with all others that are wrong', async () => {
    await using test = await openTestEngine();
    const contactFlowId = FLOW_ARN.replace('us-east-1', 'us-west-2');
    const previousContactId = arn('contact-flow', SAMPLE.voiceContact);
    const error = await refusal(test.start({ contactFlowId, previousContactId }));
    expect('violations' in error && error.violations.map(({ path }) => path)).toEqual([
      ['contactFlowId'],
      ['previousContactId'],
    ]);
  });

  it('reports an unknown instance as ResourceNotFoundException', async () => {
    await using test = await openTestEngine();
    const given = instanceArn.replace(instanceId, UNKNOWN_ID);
    expect(await refusal(test.start({ instanceId: given }))).toMatchObject({
      code: 'ResourceNotFoundException',
      member: 'instanceId',
      id: given,
    });
  });

  it('treats an ARN of another instance and an id as different requests', async () => {
    await using test = await openTestEngine();
    const first = request({ clientToken: 'token', previousContactId: SAMPLE.voiceContact });
    await test.engine.startTaskContact(first);
    for (const wrong of [
      { instanceId: instanceArn.replace('us-east-1', 'eu-west-2') },
      { previousContactId: VOICE_CONTACT_ARN.replace(instanceId, UNKNOWN_ID) },
    ]) {
      expect(await refusal(test.start({ ...first, ...wrong }))).toMatchObject({ code: 'InvalidParameterException' });
    }
  });
});

describe('DescribeContact, ListAssociatedContacts and GetContactAttributes', () => {
  const reads = ['describeContacts', 'listChains', 'getAttributes'] as const;

  it.each(reads)('%s takes ARNs of this instance', async (read) => {
    await using test = await openTestEngine();
    const byId = await test.engine[read]({ instanceId, contactIds: [SAMPLE.voiceContact] });
    expect(await test.engine[read]({ instanceId: instanceArn, contactIds: [VOICE_CONTACT_ARN] })).toEqual(byId);
    expect(byId[0]).not.toBeNull();
  });

  it.each(reads)('%s answers a foreign ARN with an error at its place, and the others', async (read) => {
    await using test = await openTestEngine();
    const [byId] = await test.engine[read]({ instanceId, contactIds: [SAMPLE.voiceContact] });
    const foreign = VOICE_CONTACT_ARN.replace('us-east-1', 'us-west-2');
    expect(await test.engine[read]({ instanceId, contactIds: [foreign, SAMPLE.voiceContact, UNKNOWN_ID] })).toEqual([
      expect.objectContaining({
        code: 'InvalidParameterException',
        violations: [expect.objectContaining({ rule: 'gateway/arn-of-this-instance', path: ['contactId'] })],
      }),
      byId,
      null,
    ]);
  });

  it.each(reads)('%s refuses a foreign ARN of the instance', async (read) => {
    await using test = await openTestEngine();
    const foreign = instanceArn.replace('111122223333', '444455556666');
    expect(await refusal(test.engine[read]({ instanceId: foreign, contactIds: [SAMPLE.voiceContact] }))).toMatchObject({
      code: 'InvalidParameterException',
      violations: [{ rule: 'gateway/arn-of-this-instance', path: ['instanceId'] }],
    });
  });

  it.each(reads)('%s finds nothing in an unknown instance', async (read) => {
    await using test = await openTestEngine();
    for (const unknown of [UNKNOWN_ID, instanceArn.replace(instanceId, UNKNOWN_ID)]) {
      expect(
        await test.engine[read]({ instanceId: unknown, contactIds: [SAMPLE.voiceContact, VOICE_CONTACT_ARN] }),
      ).toEqual([null, null]);
    }
  });
});
