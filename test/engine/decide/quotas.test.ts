import { describe, expect, it } from '@jest/globals';
import {
  DAY,
  MINUTE,
  NOW,
  openTestEngine,
  refusal,
  SAMPLE,
  type TestEngine,
  UNKNOWN_ID,
} from '../../support/engine.js';
import { contactFlow, OTHER_INSTANCE, otherInstance } from '../../support/resources.js';

const callers = (count: number) => Array.from({ length: count });

/** What the instance counts as open, beside what there is. */
function open(test: TestEngine) {
  return {
    counted: test.count('select openTasks from instance where id = ?', SAMPLE.instanceId),
    stored: test.count("select count(*) from contact where channel = 'TASK' and endedAt is null"),
  };
}

describe('A ServiceQuotaExceededException occurs when the number of open tasks exceeds the active tasks quota', () => {
  it('allows as many tasks as the quota', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 3 } });
    for (const _ of callers(3)) await test.start();
    expect(await refusal(test.start())).toMatchObject({
      code: 'ServiceQuotaExceededException',
      quota: 'ACTIVE_TASKS',
      limit: 3,
      message: expect.stringContaining('The instance has the maximum number of active tasks (3)'),
    });
    expect(open(test)).toEqual({ counted: 3, stored: 3 });
  });

  it.each([256, 7, 1])('exactly, when 32 callers ask at once, in batches of %i', async (maxRequests) => {
    await using test = await openTestEngine({ quotas: { activeTasks: 20 }, groupCommit: { maxRequests } });
    await test.start();
    const { ids, errors } = await test.startAll(callers(32).map(() => ({})));
    expect(ids).toHaveLength(19);
    expect(errors.map((error) => 'quota' in error && error.quota)).toEqual(Array(13).fill('ACTIVE_TASKS'));
    expect(open(test)).toEqual({ counted: 20, stored: 20 });
  });

  it('counting scheduled and linked tasks, and no contacts of other channels', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 3 } });
    await test.start({ scheduledTime: new Date(NOW + DAY) });
    await test.start({ previousContactId: SAMPLE.voiceContact });
    await test.start({ relatedContactId: SAMPLE.voiceContact });
    await refusal(test.start());
  });

  it('counts each instance separately', async () => {
    await using test = await openTestEngine({
      quotas: { activeTasks: 1 },
      content: {
        instances: [otherInstance()],
        contactFlows: [contactFlow('flow', { instanceId: OTHER_INSTANCE.id })],
      },
    });
    const elsewhere = { instanceId: OTHER_INSTANCE.id, contactFlowId: 'flow' };
    const { ids, errors } = await test.startAll([{}, elsewhere, {}, elsewhere]);
    expect([ids.length, errors.length]).toEqual([2, 2]);
  });

  it('does not count refused requests', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 1 } });
    const { ids } = await test.startAll([...callers(10).map(() => ({ contactFlowId: UNKNOWN_ID })), {}]);
    expect(ids).toHaveLength(1);
  });

  it('frees the place of a task at the instant of its expiry', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 2 } });
    await test.startAll([{ expiryMinutes: 1 }, { expiryMinutes: 2 }]);
    test.clock.now = NOW + MINUTE - 1;
    await refusal(test.start());
    test.clock.now = NOW + MINUTE;
    await test.start();
    await refusal(test.start());
    test.clock.now = NOW + 2 * MINUTE;
    const { ids } = await test.startAll([{}, {}, {}]);
    expect(ids).toHaveLength(1);
    expect(open(test)).toEqual({ counted: 2, stored: 2 });
  });

  it('frees the places of more expired tasks than one write cleans up', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 1201 } });
    await test.startAll(callers(1201).map(() => ({ expiryMinutes: 1 })));
    await refusal(test.start());
    test.clock.now = NOW + MINUTE;
    // All places are free at once, though the ends of the old tasks are written down 500 at a time.
    expect((await test.startAll(callers(600).map(() => ({})))).ids).toHaveLength(600);
    for (const _ of callers(3)) await test.start();
    expect(test.count("select count(*) from contact where disconnectReason = 'EXPIRED'")).toBe(1201);
    expect(open(test)).toEqual({ counted: 603, stored: 603 });
    expect((await test.startAll(callers(650).map(() => ({})))).ids).toHaveLength(598);
  });
});

describe('A ServiceQuotaExceededException occurs when there are already 12 tasks referencing the same PreviousContactId', () => {
  it.each([256, 7, 1])('gives 32 racing callers exactly the free places, in batches of %i', async (maxRequests) => {
    await using test = await openTestEngine({ groupCommit: { maxRequests } });
    const root = await test.start();
    const { ids: early } = await test.startAll(callers(9).map(() => ({ previousContactId: root })));
    const { ids, errors } = await test.startAll(
      callers(32).map((_, caller) => ({ previousContactId: caller % 2 === 0 ? root : (early[0] as string) })),
    );
    expect(ids).toHaveLength(3);
    expect(errors.map((error) => 'quota' in error && error.quota)).toEqual(Array(29).fill('CHAIN'));
    expect((await test.chain(root)).members).toHaveLength(13);
    expect(test.count('select linkedTasks from chain where id = ?', root)).toBe(12);
    expect(test.count('select count(*) from contact where chainId = ? and previousContactId is not null', root)).toBe(
      12,
    );
  });
});
