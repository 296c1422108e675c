import { describe, expect, it } from '@jest/globals';
import type { Control, ControlRequest } from '../../../src/engine/decide/control-contact.js';
import { MINUTE, NOW, openTestEngine, refusal, SAMPLE, type TestEngine, UNKNOWN_ID } from '../../support/engine.js';
import { contactOf, otherInstance, OTHER_INSTANCE } from '../../support/resources.js';

const { instanceId } = SAMPLE;
const QUEUE = '60000000-0000-4000-8000-000000000001';
const AGENT = '70000000-0000-4000-8000-000000000001';

function steer(test: TestEngine, control: Control, contactId: string, given: Partial<ControlRequest> = {}) {
  return test.engine.control(control, { instanceId, contactId, ...given });
}

/** Runs controls in a row. */
async function through(test: TestEngine, contactId: string, ...controls: readonly Control[]): Promise<void> {
  for (const control of controls) await steer(test, control, contactId);
}

describe('The controls', () => {
  it('lead a task through queue, agent and after-contact work to its end', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    const at = (minutes: number) => {
      test.clock.now = NOW + minutes * MINUTE;
      return new Date(test.clock.now);
    };
    const [enqueuedAt, enqueued] = [at(1), await steer(test, 'enqueue', id)];
    expect(enqueued).toEqual({ contactId: id, state: 'QUEUED', queueId: QUEUE });
    const [connectedAt, connected] = [at(2), await steer(test, 'connect', id)];
    expect(connected).toEqual({ contactId: id, state: 'CONNECTED', queueId: QUEUE, userId: AGENT });
    expect(await test.contact(id)).toMatchObject({
      state: 'CONNECTED',
      queue: { id: QUEUE },
      enqueuedAt,
      agent: { id: AGENT },
      connectedToAgentAt: connectedAt,
    });
    const [endedAt, completed] = [at(3), await steer(test, 'complete', id)];
    expect(completed.state).toBe('AFTER_CONTACT_WORK');
    expect(await test.contact(id)).toMatchObject({
      state: 'AFTER_CONTACT_WORK',
      endedAt,
      disconnectReason: 'AGENT_COMPLETED',
    });
    at(4);
    expect((await steer(test, 'endAfterContactWork', id)).state).toBe('COMPLETED');
    expect(await test.contact(id)).toMatchObject({ state: 'COMPLETED', endedAt });
  });

  it('end a task at once where the agent has no work left', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    await through(test, id, 'connect');
    expect(await steer(test, 'complete', id, { afterContactWork: false })).toMatchObject({ state: 'COMPLETED' });
  });

  it('count a task in after-contact work as active until that ends', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 1 } });
    const id = await test.start();
    await through(test, id, 'connect', 'complete');
    expect(await refusal(test.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
    await test.reopen();
    expect(await refusal(test.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
    await test.engine.stopContact({ instanceId, contactId: id });
    expect(await refusal(test.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
    await through(test, id, 'endAfterContactWork');
    await test.start();
    expect(test.count('select openTasks from instance')).toBe(1);
  });

  it.each([
    ['enqueue', 'QUEUED', ['enqueue'], 'connect'],
    ['enqueue', 'CONNECTED', ['connect'], 'complete'],
    ['connect', 'CONNECTED', ['connect'], 'complete'],
    ['complete', 'INITIATED', [], 'enqueue, connect'],
    ['complete', 'QUEUED', ['enqueue'], 'connect'],
    ['endAfterContactWork', 'CONNECTED', ['connect'], 'complete'],
    ['complete', 'AFTER_CONTACT_WORK', ['connect', 'complete'], 'endAfterContactWork'],
    ['connect', 'COMPLETED', ['connect', 'complete', 'endAfterContactWork'], 'nothing'],
  ] as const)('refuse %s of a task that is %s, and say what it takes', async (control, state, before, allowed) => {
    await using test = await openTestEngine();
    const id = await test.start();
    await through(test, id, ...before);
    const fault = await refusal(steer(test, control, id));
    expect(fault).toMatchObject({ code: 'IllegalState', apiName: 'ConflictException', state });
    expect(fault.message).toContain(`It allows ${allowed}.`);
  });

  it('take neither a task that waits for its time, nor one that is paused, nor one that has expired', async () => {
    await using test = await openTestEngine();
    const scheduled = await test.start({ scheduledTime: new Date(NOW + MINUTE) });
    const paused = await test.start();
    const short = await test.start({ expiryMinutes: 1 });
    await test.engine.pauseContact({ instanceId, contactId: paused });
    expect(await refusal(steer(test, 'enqueue', scheduled))).toMatchObject({ state: 'SCHEDULED' });
    expect(await refusal(steer(test, 'enqueue', paused))).toMatchObject({ state: 'PAUSED' });
    test.clock.now = NOW + MINUTE;
    expect(await refusal(steer(test, 'connect', short))).toMatchObject({ state: 'COMPLETED' });
    expect((await steer(test, 'enqueue', scheduled)).state).toBe('QUEUED');
  });

  it('take no contact of another channel', async () => {
    await using test = await openTestEngine({ content: contactOf('CHAT', 'chat') });
    expect(await refusal(steer(test, 'enqueue', 'chat'))).toMatchObject({ code: 'IllegalState', channel: 'CHAT' });
  });

  it('choose the quick connect’s queue before the instance’s first one, and the named one before both', async () => {
    const queues = ['5', '7'].map((first) => ({ instanceId, id: `${first}${QUEUE.slice(1)}`, name: first }));
    await using test = await openTestEngine({ content: { queues } });
    const chosen = async (given: object, members: object) =>
      (await steer(test, 'enqueue', await test.start(members), given)).queueId;
    expect(await chosen({}, {})).toBe(queues[0]?.id);
    expect(await chosen({}, { quickConnectId: SAMPLE.quickConnect.queue })).toBe(QUEUE);
    expect(await chosen({ queueId: queues[1]?.id }, { quickConnectId: SAMPLE.quickConnect.queue })).toBe(queues[1]?.id);
    expect(await chosen({ queueId: `${SAMPLE.instanceArn}/queue/${queues[1]?.id}` }, {})).toBe(queues[1]?.id);
  });

  it('know neither a contact, nor an instance, nor a queue, nor an agent that there is none of', async () => {
    await using test = await openTestEngine({
      content: { instances: [otherInstance()] },
    });
    const id = await test.start();
    const fault = async (control: Control, given: Partial<ControlRequest>) => refusal(steer(test, control, id, given));
    expect(await fault('enqueue', { contactId: UNKNOWN_ID })).toMatchObject({ resource: 'CONTACT' });
    expect(await fault('enqueue', { instanceId: UNKNOWN_ID })).toMatchObject({ resource: 'INSTANCE' });
    expect(await fault('enqueue', { instanceId: OTHER_INSTANCE.id })).toMatchObject({ resource: 'CONTACT' });
    expect(await fault('enqueue', { queueId: UNKNOWN_ID })).toMatchObject({ resource: 'QUEUE', id: UNKNOWN_ID });
    expect(await fault('connect', { userId: UNKNOWN_ID })).toMatchObject({ resource: 'USER', id: UNKNOWN_ID });
    expect(await fault('enqueue', { contactId: 'nul\0' })).toMatchObject({ code: 'InvalidParameterException' });
    expect((await test.contact(id)).state).toBe('INITIATED');
  });

  it('let one of many callers connect a task', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => steer(test, 'connect', id)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
