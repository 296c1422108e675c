import { describe, expect, it } from '@jest/globals';
import { controls, CONTROLS_PATH } from '../../src/controls/controls.js';
import { MINUTE, NOW, request, SAMPLE, SECOND, UNKNOWN_ID } from '../support/engine.js';
import { send, startTestWire } from '../support/wire.js';

const { instanceId, queue, otherQueue, user, otherUser } = SAMPLE;

/** An emulator with its controls, whose clock a test moves. */
async function startQueues() {
  const wire = await startTestWire({
    plugin: (app, engine) => app.register(controls, { engine, clock: undefined, prefix: CONTROLS_PATH }),
  });
  const { test } = wire;
  return {
    ...wire,
    next: (of: string, body?: object) =>
      send(
        wire.url,
        'POST',
        `${CONTROLS_PATH}/queues/${instanceId}/${of}/next`,
        body === undefined ? undefined : JSON.stringify(body),
      ),
    /** Puts a new task into a queue at an instant, in seconds from the start. */
    async enqueue(at: number, queueId: string = queue, members: Parameters<typeof request>[0] = {}) {
      test.clock.now = NOW + at * SECOND;
      const { contactId } = await test.engine.startTaskContact(request(members));
      await test.engine.control('enqueue', { instanceId, contactId, queueId });
      return contactId;
    },
  };
}

describe('POST /_emulator/queues/{instanceId}/{queueId}/next', () => {
  it('connects the task that waits longest to the agent, and reports when none waits', async () => {
    await using server = await startQueues();
    const first = await server.enqueue(0);
    const elsewhere = await server.enqueue(1, otherQueue);
    const second = await server.enqueue(2);
    const take = await server.next(queue, { userId: otherUser });
    expect(take).toMatchObject({ status: 200 });
    expect(take.json).toEqual({ contactId: first, state: 'CONNECTED', queueId: queue, userId: otherUser });
    expect((await server.next(queue)).json).toMatchObject({ contactId: second, userId: user });
    expect((await server.next(queue)).json).toEqual({ contactId: null });
    expect((await server.next(otherQueue)).json).toMatchObject({ contactId: elsewhere });
  });

  it('takes tasks by priority, then by the time that they wait with its adjustment', async () => {
    await using server = await startQueues();
    const usual = await server.enqueue(0);
    const adjusted = await server.enqueue(10);
    const urgent = await server.enqueue(20);
    const late = await server.enqueue(30);
    server.test.write(`update contact set queueTimeAdjustmentSeconds = 11 where id = '${adjusted}'`);
    server.test.write(`update contact set queuePriority = '1' where id = '${urgent}'`);
    server.test.write(`update contact set queuePriority = '9223372036854775807' where id = '${late}'`);
    const taken = [];
    for (let turn = 0; turn < 4; turn++) taken.push((await server.next(queue)).json.contactId);
    expect(taken).toEqual([urgent, adjusted, usual, late]);
  });

  it('passes over tasks that ended, expired, were paused or were connected', async () => {
    await using server = await startQueues();
    const { engine, clock } = server.test;
    const stopped = await server.enqueue(0);
    await server.enqueue(1, queue, { expiryMinutes: 1 });
    const paused = await server.enqueue(2);
    const connected = await server.enqueue(3);
    const waiting = await server.enqueue(4);
    await engine.stopContact({ instanceId, contactId: stopped });
    await engine.pauseContact({ instanceId, contactId: paused });
    await engine.control('connect', { instanceId, contactId: connected });
    clock.now = NOW + 2 * MINUTE;
    expect((await server.next(queue)).json.contactId).toBe(waiting);
    expect((await server.next(queue)).json).toEqual({ contactId: null });
  });

  it('connects each task once when many agents ask at the same moment', async () => {
    await using server = await startQueues();
    const ids = [];
    for (let index = 0; index < 8; index++) ids.push(await server.enqueue(index));
    const taken = await Promise.all(Array.from({ length: 12 }, () => server.next(queue)));
    expect(taken.map(({ json }) => json.contactId ?? 'none').toSorted()).toEqual(
      [...ids, 'none', 'none', 'none', 'none'].toSorted(),
    );
  });

  it('refuses a queue or a user that does not exist, and an unknown member', async () => {
    await using server = await startQueues();
    const id = await server.enqueue(0);
    expect(await server.next(UNKNOWN_ID)).toMatchObject({ status: 404, type: 'ResourceNotFoundException' });
    expect(await server.next(queue, { userId: UNKNOWN_ID })).toMatchObject({
      status: 404,
      type: 'ResourceNotFoundException',
    });
    expect(await server.next(queue, { agentId: user })).toMatchObject({ status: 400 });
    expect((await server.next(queue)).json.contactId).toBe(id);
  });
});
