import { describe, expect, it } from '@jest/globals';
import { openTestEngine, refusal } from '../../support/engine.js';
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
});
