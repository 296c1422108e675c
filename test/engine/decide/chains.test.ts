import { describe, expect, it } from '@jest/globals';
import { openTestEngine, refusal, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { contactOf, OTHER_INSTANCE, otherInstance } from '../../support/resources.js';

const LINKED_TASKS = 'select linkedTasks from chain where id = ?';

describe('There can be a maximum of 12 linked task contacts in a chain', () => {
  it('names the limit in the refusal of the 13th, and stores the number of linked tasks', async () => {
    await using test = await openTestEngine();
    const root = await test.start();
    for (let task = 0; task < 12; task++) await test.start({ previousContactId: root });
    expect(await refusal(test.start({ previousContactId: root }))).toMatchObject({
      code: 'ServiceQuotaExceededException',
      quota: 'CHAIN',
      limit: 12,
      message: expect.stringContaining('The chain is full: it has the maximum number of linked tasks (12)'),
    });
    expect(test.count(LINKED_TASKS, root)).toBe(12);
  });

  it('counts tasks that have ended', async () => {
    await using test = await openTestEngine({ quotas: { chainTasks: 2 } });
    const previousContactId = await test.start({ expiryMinutes: 1 });
    await test.start({ previousContactId, expiryMinutes: 1 });
    test.clock.now += 3_600_000;
    await test.start({ previousContactId });
    expect((await test.chain(previousContactId)).members.map(({ endedAt }) => endedAt !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
    expect(await refusal(test.start({ previousContactId }))).toMatchObject({ quota: 'CHAIN', limit: 2 });
  });

  it('does not count refused creations', async () => {
    await using test = await openTestEngine({ quotas: { chainTasks: 1 } });
    const previousContactId = await test.start();
    await refusal(test.start({ previousContactId, contactFlowId: UNKNOWN_ID }));
    await refusal(test.start({ previousContactId, attributes: [{ key: 'a.b', value: '' }] }));
    expect(test.count(LINKED_TASKS, previousContactId)).toBe(0);
    await test.start({ previousContactId });
  });
});

describe('PreviousContactId', () => {
  it('joins the association of its contact, and so does RelatedContactId', async () => {
    await using test = await openTestEngine();
    const root = await test.start();
    const child = await test.start({ previousContactId: root });
    const related = await test.start({ relatedContactId: child });
    await test.start({ previousContactId: related });
    const other = await test.start();
    expect(test.rows("select distinct associationId from contact where channel = 'TASK' order by id")).toEqual([
      { associationId: root },
      { associationId: other },
    ]);
  });

  it.each(['CHAT', 'VOICE', 'TASK'] as const)('is the identifier of a previous %s contact', async (channel) => {
    await using test = await openTestEngine({ content: contactOf(channel, 'c') });
    const id = await test.start({ previousContactId: 'c' });
    expect(await test.contact(id)).toMatchObject({ initialContactId: 'c', previousContactId: 'c' });
  });

  it('is not that of an e-mail contact', async () => {
    await using test = await openTestEngine({ content: contactOf('EMAIL', 'c') });
    expect(await refusal(test.start({ previousContactId: 'c' }))).toMatchObject({
      code: 'InvalidRequestException',
      violations: [
        { rule: 'api/previous-contact-channel', path: ['previousContactId'], actual: 'a contact of channel EMAIL' },
      ],
    });
    // A copy of its attributes shares nothing with it.
    await test.start({ relatedContactId: 'c' });
  });

  it.each(['previousContactId', 'relatedContactId'] as const)('%s that is unknown is not found', async (member) => {
    await using test = await openTestEngine({ content: { instances: [otherInstance()] } });
    expect(await refusal(test.start({ [member]: UNKNOWN_ID }))).toMatchObject({
      code: 'ResourceNotFoundException',
      resource: 'CONTACT',
      member,
      id: UNKNOWN_ID,
      message: expect.stringContaining(member),
    });
  });

  it('is not found in another instance', async () => {
    const elsewhere = contactOf('TASK', 'c');
    await using test = await openTestEngine({
      content: {
        instances: [otherInstance()],
        contacts: elsewhere.contacts.map((row) => ({ ...row, instanceId: OTHER_INSTANCE.id })),
        chains: elsewhere.chains.map((row) => ({ ...row, instanceId: OTHER_INSTANCE.id })),
      },
    });
    expect(await refusal(test.start({ previousContactId: 'c' }))).toMatchObject({ resource: 'CONTACT' });
  });

  it('together with RelatedContactId is refused, also where both name the same contact', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    for (const relatedContactId of [id, SAMPLE.voiceContact]) {
      expect(await refusal(test.start({ previousContactId: id, relatedContactId }))).toMatchObject({
        code: 'InvalidRequestException',
        violations: [{ rule: 'api/only-one-link', path: [] }],
      });
    }
  });

  it('takes over nothing but the attributes', async () => {
    await using test = await openTestEngine();
    const previousContactId = await test.start({
      description: 'd',
      references: [{ name: 'n', type: 'STRING', value: 'v' }],
      scheduledTime: new Date(test.clock.now + 60_000),
      expiryMinutes: 5,
    });
    const plain = await test.contact(await test.start());
    const contact = await test.contact(await test.start({ previousContactId }));
    const { id, arn } = contact;
    expect(contact).toEqual({
      ...plain,
      id,
      arn,
      initialContactId: previousContactId,
      previousContactId,
      associationId: previousContactId,
    });
  });
});
