import { describe, expect, it } from '@jest/globals';
import { openTestEngine, refusal, request, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { contactFlow, OTHER_INSTANCE, otherInstance } from '../../support/resources.js';

const TASKS = "select count(*) from contact where channel = 'TASK'";

describe('A ClientToken ensures the idempotency of the request:', () => {
  it('answers a repeat with the first contact', async () => {
    await using test = await openTestEngine();
    const repeated = request({ clientToken: 'token', description: 'same' });
    const first = await test.engine.startTaskContact(repeated);
    expect(first.replayed).toBe(false);
    for (let time = 0; time < 3; time++) {
      expect(await test.engine.startTaskContact(repeated)).toEqual({ contactId: first.contactId, replayed: true });
    }
    await test.reopen();
    expect(await test.engine.startTaskContact(repeated)).toEqual({ contactId: first.contactId, replayed: true });
    expect(test.count(TASKS)).toBe(1);
  });

  it('answers a repeat after the named resources have changed', async () => {
    await using test = await openTestEngine({ content: { contactFlows: [contactFlow('flow')] } });
    const members = { clientToken: 'token', contactFlowId: 'flow' };
    const id = await test.start(members);
    await test.close();
    test.write("update contactFlow set state = 'ARCHIVED' where id = 'flow'");
    await test.reopen();
    expect(await refusal(test.start({ contactFlowId: 'flow' }))).toMatchObject({ code: 'InvalidRequestException' });
    expect(await test.start(members)).toBe(id);
  });

  it('another request with the token is refused, and changes nothing', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ clientToken: 'token' });
    expect(await refusal(test.start({ clientToken: 'token', name: 'Other' }))).toMatchObject({
      code: 'IdempotencyException',
      message: expect.stringContaining('client token was used before with other parameters'),
    });
    expect(await test.start({ clientToken: 'token' })).toBe(id);
    expect(test.count(TASKS)).toBe(1);
  });

  it('keeps tokens by instance', async () => {
    await using test = await openTestEngine({
      content: {
        instances: [otherInstance()],
        contactFlows: [contactFlow('flow', { instanceId: OTHER_INSTANCE.id })],
      },
    });
    const here = await test.start({ clientToken: 'token' });
    const there = { clientToken: 'token', instanceId: OTHER_INSTANCE.id, contactFlowId: 'flow' };
    const other = await test.start(there);
    expect(other).not.toBe(here);
    expect(await test.start({ clientToken: 'token' })).toBe(here);
    expect(await test.start(there)).toBe(other);
  });

  it('is stored as a hash alone, and only after a creation', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 1 } });
    const members = { clientToken: 'secret-token' };
    await refusal(test.start({ ...members, contactFlowId: UNKNOWN_ID }));
    await refusal(test.start({ ...members, name: 'n'.repeat(513) }));
    await refusal(test.start({ ...members, scheduledTime: new Date(0) }));
    const blocker = await test.start({ clientToken: '' });
    await refusal(test.start(members));
    expect(test.count('select count(*) from clientToken')).toBe(0);
    await test.engine.stopContact({ instanceId: SAMPLE.instanceId, contactId: blocker });
    await test.start(members);
    expect(test.count('select count(*) from clientToken')).toBe(1);
    expect(JSON.stringify(test.rows('select * from clientToken'))).not.toContain('secret');
  });
});

describe('A ClientToken that callers use at once', () => {
  it('lets the second of two wait for the first, and answers it the same', async () => {
    await using test = await openTestEngine();
    const results = await Promise.all(
      [1, 2].map(() => test.engine.startTaskContact(request({ clientToken: 'token' }))),
    );
    const [first] = results;
    expect(results).toEqual([
      { contactId: first?.contactId, replayed: false, contact: expect.objectContaining({ id: first?.contactId }) },
      { contactId: first?.contactId, replayed: true },
    ]);
  });

  it('gives it to the second where the first is refused', async () => {
    await using test = await openTestEngine();
    const { ids, errors } = await test.startAll([
      { clientToken: 'token', contactFlowId: UNKNOWN_ID },
      { clientToken: 'token' },
    ]);
    expect(errors).toEqual([expect.objectContaining({ code: 'ResourceNotFoundException' })]);
    expect(await test.start({ clientToken: 'token' })).toBe(ids[0]);
  });

  it.each([256, 5, 1])('creates one contact for 32 of them, in batches of %i', async (maxRequests) => {
    await using test = await openTestEngine({ groupCommit: { maxRequests } });
    const callers = Array.from({ length: 32 }, () => test.engine.startTaskContact(request({ clientToken: 'token' })));
    const results = await Promise.all(callers);
    expect(new Set(results.map(({ contactId }) => contactId)).size).toBe(1);
    expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(test.count(TASKS)).toBe(1);
    expect(test.count('select openTasks from instance where id = ?', SAMPLE.instanceId)).toBe(1);
  });
});
