import { describe, expect, it } from '@jest/globals';
import {
  DAY,
  MINUTE,
  NOW,
  openTestEngine,
  refusal,
  request,
  SAMPLE,
  SECOND,
  UNKNOWN_ID,
} from '../../support/engine.js';
import { contactFlow, OTHER_INSTANCE, otherInstance } from '../../support/resources.js';

const TASKS = "select count(*) from contact where channel = 'TASK'";
const WEEK = 7 * DAY;

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

  it("answers a repeat after the scheduled time, and after the task's end", async () => {
    await using test = await openTestEngine();
    const members = { clientToken: 'token', scheduledTime: new Date(NOW + MINUTE), expiryMinutes: 1 };
    const id = await test.start(members);
    test.clock.now = NOW + 2 * MINUTE;
    expect(await test.start(members)).toBe(id);
    test.clock.now = NOW + DAY;
    expect((await test.contact(id)).state).toBe('COMPLETED');
    expect(await test.start(members)).toBe(id);
  });

  it('answers a repeat while the active tasks or the chain are full', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 1, chainTasks: 1 } });
    const members = { clientToken: 'token', previousContactId: SAMPLE.voiceContact };
    const id = await test.start(members);
    expect(await refusal(test.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
    expect(await refusal(test.start({ previousContactId: id }))).toMatchObject({ quota: 'CHAIN' });
    expect(await test.start(members)).toBe(id);
    expect(test.count('select linkedTasks from chain where id = ?', SAMPLE.voiceContact)).toBe(1);
    expect(test.count('select openTasks from instance where id = ?', SAMPLE.instanceId)).toBe(1);
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

  it('deduplicates nothing without a token or with an empty one', async () => {
    await using test = await openTestEngine();
    const ids = [
      await test.start(),
      await test.start(),
      await test.start({ clientToken: '' }),
      await test.start({ clientToken: '' }),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(test.count('select count(*) from clientToken')).toBe(0);
  });

  it('compares tokens byte by byte, with their case', async () => {
    await using test = await openTestEngine();
    const tokens = ['token', 'Token', 'token ', 'tok\u0065\u0301n', 'tok\u00e9n', 't'.repeat(500)];
    const ids = await Promise.all(tokens.map((clientToken) => test.start({ clientToken })));
    expect(new Set(ids).size).toBe(tokens.length);
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

  it('stores no token in readable form', async () => {
    await using test = await openTestEngine();
    await test.start({ clientToken: 'secret-token' });
    expect(JSON.stringify(test.rows('select * from clientToken'))).not.toContain('secret');
  });
});

describe('The window of a ClientToken', () => {
  it('lasts 7 days from the first success, to the millisecond', async () => {
    await using test = await openTestEngine();
    const members = { clientToken: 'token' };
    const id = await test.start(members);
    test.clock.now = NOW + WEEK - 1;
    expect(await test.start(members)).toBe(id);
    test.clock.now = NOW + WEEK;
    const next = await test.start(members);
    expect(next).not.toBe(id);
    // A window of its own, which the repeats above did not move.
    test.clock.now = NOW + 2 * WEEK - 1;
    expect(await test.start(members)).toBe(next);
  });

  it('frees the token for any other request at its end', async () => {
    await using test = await openTestEngine();
    await test.start({ clientToken: 'token' });
    test.clock.now = NOW + WEEK;
    const id = await test.start({ clientToken: 'token', name: 'Other' });
    expect((await test.contact(id)).name).toBe('Other');
    expect(await refusal(test.start({ clientToken: 'token' }))).toMatchObject({ code: 'IdempotencyException' });
  });

  it('begins with a success: a failed request stores nothing', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 1 } });
    const members = { clientToken: 'token' };
    await refusal(test.start({ ...members, contactFlowId: UNKNOWN_ID }));
    await refusal(test.start({ ...members, name: 'n'.repeat(513) }));
    await refusal(test.start({ ...members, scheduledTime: new Date(0) }));
    const blocker = await test.start({ expiryMinutes: 1 });
    await refusal(test.start(members));
    expect(test.count('select count(*) from clientToken')).toBe(0);
    test.clock.now = NOW + MINUTE;
    const id = await test.start(members);
    expect(id).not.toBe(blocker);
    expect(await test.start(members)).toBe(id);
  });
});

describe('The same request', () => {
  it('has the same members, in whatever order, with ARNs for ids, and times of the same second', async () => {
    await using test = await openTestEngine();
    const scheduledTime = new Date(Math.floor(NOW / SECOND) * SECOND + MINUTE);
    const attributes = [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ];
    const references = [
      { name: 'x', type: 'STRING', value: '1' },
      { name: 'y', type: 'NUMBER', value: '2' },
    ];
    const id = await test.start({
      clientToken: 'token',
      attributes,
      references,
      scheduledTime,
      previousContactId: SAMPLE.voiceContact,
    });
    const again = await test.start({
      references: references.toReversed(),
      previousContactId: `${SAMPLE.instanceArn}/contact/${SAMPLE.voiceContact}`,
      scheduledTime: new Date(scheduledTime.getTime() + 999),
      instanceId: SAMPLE.instanceArn,
      contactFlowId: `${SAMPLE.instanceArn}/contact-flow/${SAMPLE.contactFlow}`,
      attributes: attributes.toReversed(),
      clientToken: 'token',
    });
    expect(again).toBe(id);
  });

  it('need not say what it leaves out', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ clientToken: 'token' });
    expect(await test.start({ clientToken: 'token', attributes: [], references: [] })).toBe(id);
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

  it('refuses the second where it asks for something else', async () => {
    await using test = await openTestEngine();
    const { ids, errors } = await test.startAll([{ clientToken: 'token' }, { clientToken: 'token', name: 'Other' }]);
    expect(ids).toHaveLength(1);
    expect(errors).toEqual([expect.objectContaining({ code: 'IdempotencyException' })]);
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
