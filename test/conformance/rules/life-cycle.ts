import { expect } from '@jest/globals';
import type { Connect } from '../../../src/connect/connect.js';
import type { ContactState } from '../../../src/connect/contact.js';
import { DECISION, guideOn, modelOf, must, type Rule, should } from '../rule.js';
import { UNKNOWN_ID, type World } from '../world.js';

const UPDATE = modelOf('UpdateContact');
const PAUSE = guideOn('pausing tasks');
const TRANSFER = modelOf('TransferContact');

const HOUR = 3_600_000;

/** A task in each state that a caller can bring it to. */
const STATES = {
  SCHEDULED: (world: World) => world.start({ scheduledTime: world.in(HOUR) }),
  INITIATED: (world: World) => world.start(),
  PAUSED: async (world: World) => {
    const id = await world.start();
    await world.connect.pauseContact(world.about(id));
    return id;
  },
  COMPLETED: async (world: World) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    return id;
  },
} satisfies Partial<Record<ContactState, (world: World) => Promise<string>>>;
type State = keyof typeof STATES;
const EVERY_STATE = Object.keys(STATES) as State[];

/** Every operation on one contact, and the states in which it is possible. */
const OPERATIONS: readonly (readonly [
  operation: string,
  states: readonly State[],
  call: (port: Connect, about: { instanceId: string; contactId: string }, world: World) => Promise<unknown>,
])[] = [
  [
    'UpdateContactAttributes',
    EVERY_STATE,
    (port, about) => port.updateContactAttributes({ ...about, attributes: [{ key: 'k', value: 'v' }] }),
  ],
  ['UpdateContact', EVERY_STATE, (port, about) => port.updateContact({ ...about, name: 'other' })],
  [
    'UpdateContactSchedule',
    ['SCHEDULED'],
    (port, about, world) => port.updateContactSchedule({ ...about, scheduledTime: world.in(2 * HOUR) }),
  ],
  ['StopContact', EVERY_STATE, (port, about) => port.stopContact(about)],
  [
    'TransferContact',
    ['INITIATED', 'PAUSED'],
    (port, about, world) => port.transferContact({ ...about, contactFlowId: world.fixtures.contactFlow }),
  ],
  ['PauseContact', ['INITIATED'], (port, about) => port.pauseContact(about)],
  ['ResumeContact', ['PAUSED'], (port, about) => port.resumeContact(about)],
  ['TagContact', EVERY_STATE, (port, about) => port.tagContact({ ...about, tags: [{ key: 'k', value: 'v' }] })],
  ['UntagContact', EVERY_STATE, (port, about) => port.untagContact({ ...about, keys: ['k'] })],
];

/** What is done with a task after its creation. */
export const lifeCycleRules: readonly Rule[] = [
  ...OPERATIONS.map(([operation, possible, call]) =>
    must(
      `life-cycle/states-${operation}`,
      `allow ${operation} of a task that is ${possible.join(', ')}, and in no other state`,
      modelOf(operation),
      async (world) => {
        for (const state of EVERY_STATE) {
          const id = await STATES[state](world);
          expect(await world.contact(id)).toMatchObject({ state });
          const outcome = call(world.connect, world.about(id), world);
          if (possible.includes(state)) {
            await outcome;
            continue;
          }
          const apiName = /Pause|Resume/.test(operation) ? 'ConflictException' : 'InvalidRequestException';
          const fault = { code: 'IllegalState', apiName, state, message: expect.stringContaining(state) };
          expect(await world.refusal(outcome)).toMatchObject({ code: apiName, fault });
          expect(await world.contact(id)).toMatchObject({ state });
        }
      },
    ),
  ),
  ...OPERATIONS.filter(([, possible]) => possible.includes('INITIATED')).map(([operation, , call]) =>
    must(
      `life-cycle/arn-${operation}`,
      `find the contact of ${operation} by its ARN`,
      modelOf(operation),
      async (world) => {
        const { instanceId, contactId } = world.about(await world.start());
        await call(world.connect, { instanceId, contactId: `${world.id('instanceArn')}/contact/${contactId}` }, world);
      },
      { needs: ['instanceArn'] },
    ),
  ),
  must('life-cycle/stop', 'end a task that is stopped', modelOf('StopContact'), async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    expect(await world.contact(id)).toMatchObject({ state: 'COMPLETED', endedAt: expect.any(Date) });
  }),
  should('life-cycle/stop-reason', 'report API as the reason of a stopped task’s end', DECISION, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    expect((await world.contact(id)).disconnectReason).toBe('API');
  }),
  should('life-cycle/stop-twice', 'let an ended task be stopped again, without a change', DECISION, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    const ended = await world.contact(id);
    await world.connect.stopContact(world.about(id));
    expect(await world.contact(id)).toEqual(ended);
  }),
  must(
    'life-cycle/stop-frees-place',
    'free the place of a stopped task',
    guideOn('service quotas'),
    async (world) => {
      const id = await world.start();
      expect(await world.refusal(world.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
      await world.connect.stopContact(world.about(id));
      await world.start();
    },
    { needs: ['quotas'], quotas: { activeTasks: 1 } },
  ),
  must(
    'life-cycle/scheduled-counts',
    'count a scheduled task as active',
    guideOn('service quotas'),
    async (world) => {
      await world.start({ scheduledTime: world.in(3_600_000) });
      expect(await world.refusal(world.start())).toMatchObject({
        code: 'ServiceQuotaExceededException',
        quota: 'ACTIVE_TASKS',
      });
    },
    { needs: ['quotas'], quotas: { activeTasks: 1 } },
  ),
  must('life-cycle/update', 'change name and description, and leave the rest', UPDATE, async (world) => {
    const id = await world.start({ name: 'old', description: 'stays' });
    await world.connect.updateContact({ ...world.about(id), name: 'new' });
    expect(await world.contact(id)).toMatchObject({ name: 'new', description: 'stays' });
  }),
  must('life-cycle/update-nothing', 'refuse an update that changes nothing', UPDATE, async (world) => {
    const update = world.connect.updateContact(world.about(await world.start()));
    expect((await world.refusal(update)).code).toBe('InvalidRequestException');
  }),
  must('life-cycle/update-ended', 'update a task that has ended', UPDATE, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    await world.connect.updateContact({ ...world.about(id), name: 'late' });
    expect((await world.contact(id)).name).toBe('late');
  }),
  must('life-cycle/update-lengths', 'hold an update to the lengths of a creation', UPDATE, async (world) => {
    const update = world.connect.updateContact({ ...world.about(await world.start()), description: 'd'.repeat(4097) });
    expect((await world.refusal(update)).code).toBe('InvalidParameterException');
  }),
  must('life-cycle/pause', 'pause a task, and resume it', PAUSE, async (world) => {
    const id = await world.start();
    await world.connect.pauseContact(world.about(id));
    expect((await world.contact(id)).state).toBe('PAUSED');
    await world.connect.resumeContact(world.about(id));
    expect((await world.contact(id)).state).not.toBe('PAUSED');
  }),
  must('life-cycle/pause-scheduled', 'not pause a task that waits for its time', PAUSE, async (world) => {
    const pause = world.connect.pauseContact(world.about(await world.start({ scheduledTime: world.in(3_600_000) })));
    expect((await world.refusal(pause)).code).toBe('ConflictException');
  }),
  must('life-cycle/pause-ended', 'not pause a task that has ended', PAUSE, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    expect((await world.refusal(world.connect.pauseContact(world.about(id)))).code).toBe('ConflictException');
  }),
  should('life-cycle/resume-running', 'not resume a task that is not paused', DECISION, async (world) => {
    const resume = world.connect.resumeContact(world.about(await world.start()));
    expect((await world.refusal(resume)).code).toBe('ConflictException');
  }),
  must(
    'life-cycle/pause-facts',
    'report how often and how long a task was paused',
    'Service model, Contact',
    async (world) => {
      const about = world.about(await world.start());
      expect(await world.contact(about.contactId)).not.toHaveProperty('pausedAt');
      for (const seconds of [3, 4]) {
        await world.connect.pauseContact(about);
        world.clock.now += seconds * 1000;
        if (seconds === 3) await world.connect.resumeContact(about);
        world.clock.now += 1000;
      }
      const now = world.now();
      expect(await world.contact(about.contactId)).toMatchObject({
        pauseCount: 2,
        // The present pause counts too.
        pausedSeconds: 8,
        pausedAt: new Date(now - 5000),
        resumedAt: new Date(now - 6000),
      });
    },
    { needs: ['clock'] },
  ),
  must(
    'life-cycle/queue-priority',
    'report 5 as the priority of a new task',
    'Service model, QueuePriority',
    async (world) => {
      expect((await world.contact(await world.start())).queuePriority ?? '5').toBe('5');
    },
  ),
  must(
    'life-cycle/connected-to-system',
    'report when the flow of a task started, and nothing before',
    'Service model, ConnectedToSystemTimestamp',
    async (world) => {
      const scheduledTime = world.in(60_000);
      const scheduled = await world.start({ scheduledTime });
      const started = await world.contact(await world.start());
      expect(started.connectedToSystemAt).toEqual(started.initiatedAt);
      expect(await world.contact(scheduled)).not.toHaveProperty('connectedToSystemAt');
      world.clock.now += 61_000;
      expect((await world.contact(scheduled)).connectedToSystemAt).toEqual(scheduledTime);
    },
    { needs: ['clock'] },
  ),
  must(
    'life-cycle/pauses-10',
    'pause a task 10 times, and no more',
    'Service model, TotalPauseCount',
    async (world) => {
      const about = world.about(await world.start());
      for (let pauses = 1; pauses <= 10; pauses++) {
        await world.connect.pauseContact(about);
        expect(await world.contact(about.contactId)).toMatchObject({ state: 'PAUSED', pauseCount: pauses });
        await world.connect.resumeContact(about);
        expect(await world.contact(about.contactId)).toMatchObject({ state: 'INITIATED' });
      }
      const refusal = await world.refusal(world.connect.pauseContact(about));
      expect(refusal).toMatchObject({ quota: 'PAUSES', fault: { limit: 10 } });
    },
  ),
  must('life-cycle/transfer', 'carry a task on as a new contact of the same chain', TRANSFER, async (world) => {
    const carried = { name: 'Carried', description: 'Carried too' };
    const id = await world.start({ ...carried, attributes: [{ key: 'k', value: 'v' }], expiryMinutes: 60 });
    const { expiresAt } = await world.contact(id);
    const { contactFlow: contactFlowId } = world.fixtures;
    const { contactId: next, contactArn } = await world.connect.transferContact({ ...world.about(id), contactFlowId });
    expect(await world.contact(next)).toMatchObject({
      ...carried,
      arn: contactArn,
      initiationMethod: 'TRANSFER',
      initialContactId: id,
      previousContactId: id,
      state: 'INITIATED',
      ...(expiresAt && { expiresAt }),
    });
    expect((await world.contact(id)).endedAt).toBeInstanceOf(Date);
    expect(await world.attributes(next)).toEqual({ k: 'v' });
  }),
  must(
    'life-cycle/transfer-to-queue',
    'carry a task on to a queue',
    TRANSFER,
    async (world) => {
      const next = await world.transfer(await world.start(), { queueId: world.id('queue') });
      expect(await world.contact(next)).toMatchObject({ queue: { id: world.id('queue') } });
    },
    { needs: ['queue'] },
  ),
  should(
    'life-cycle/transfer-reason',
    'report OTHER as the reason of a transferred task’s end',
    DECISION,
    async (world) => {
      const id = await world.start();
      await world.transfer(id);
      expect(await world.contact(id)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'OTHER' });
    },
  ),
  must(
    'life-cycle/transfer-keeps-place',
    'keep one place for a task that 32 callers transfer',
    guideOn('service quotas'),
    async (world) => {
      const id = await world.start();
      const { ids } = await world.atOnce(Array(32).fill(() => world.transfer(id)));
      expect(ids).toHaveLength(1);
      expect(await world.refusal(world.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
      await world.connect.stopContact(world.about(ids[0] as string));
      await world.start();
    },
    { needs: ['quotas'], quotas: { activeTasks: 1 } },
  ),
  must(
    'life-cycle/transfer-unknown',
    'not find an unknown flow, queue or agent, and leave the task',
    TRANSFER,
    async (world) => {
      const id = await world.start();
      for (const [members, resource] of [
        [{ contactFlowId: UNKNOWN_ID }, 'CONTACT_FLOW'],
        [{ queueId: UNKNOWN_ID }, 'QUEUE'],
        [{ userId: UNKNOWN_ID }, 'USER'],
      ] as const) {
        const { contactFlow: contactFlowId } = world.fixtures;
        const call = world.connect.transferContact({ ...world.about(id), contactFlowId, ...members });
        expect(await world.refusal(call)).toMatchObject({ code: 'ResourceNotFoundException', fault: { resource } });
      }
      expect(await world.contact(id)).toMatchObject({ state: 'INITIATED' });
    },
  ),
  should(
    'life-cycle/transfer-wrong-flow',
    'refuse a transfer to a flow of a type that starts no task',
    DECISION,
    async (world) => {
      const id = await world.start();
      const call = world.connect.transferContact({ ...world.about(id), contactFlowId: world.id('customerQueueFlow') });
      expect((await world.refusal(call)).code).toBe('InvalidRequestException');
      expect(await world.contact(id)).toMatchObject({ state: 'INITIATED' });
    },
    { needs: ['customerQueueFlow'] },
  ),
  must('life-cycle/pause-flow', 'accept a flow for a pause, and not find an unknown one', PAUSE, async (world) => {
    const about = world.about(await world.start());
    await world.connect.pauseContact({ ...about, contactFlowId: world.fixtures.contactFlow });
    const resume = world.connect.resumeContact({ ...about, contactFlowId: UNKNOWN_ID });
    const fault = { resource: 'CONTACT_FLOW' };
    expect(await world.refusal(resume)).toMatchObject({ code: 'ResourceNotFoundException', fault });
  }),
  must(
    'life-cycle/transfer-by-flow',
    'carry a task on where its flow leads, without a target',
    TRANSFER,
    async (world) => {
      const id = await world.start();
      expect(await world.contact(await world.transfer(id))).toMatchObject({ previousContactId: id });
    },
  ),
  must(
    'life-cycle/transfer-both',
    'refuse a transfer to both a queue and an agent',
    TRANSFER,
    async (world) => {
      const target = { queueId: world.id('queue'), userId: world.id('user') };
      const id = await world.start();
      expect(await world.refusal(world.transfer(id, target))).toMatchObject(
        world.expected('InvalidRequestException', ['api/only-one-transfer-target', []]),
      );
      expect(await world.contact(id)).toMatchObject({ state: 'INITIATED' });
    },
    { needs: ['queue', 'user'] },
  ),
  must('life-cycle/transfer-ended', 'refuse to transfer a task that has ended', TRANSFER, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    expect((await world.refusal(world.transfer(id))).code).toBe('InvalidRequestException');
  }),
  must(
    'life-cycle/transfers-11',
    'transfer a task 11 times, and no more',
    guideOn('feature specifications'),
    async (world) => {
      let id = await world.start();
      for (let time = 0; time < 11; time++) id = await world.transfer(id);
      expect(await world.refusal(world.transfer(id))).toMatchObject({
        code: 'ServiceQuotaExceededException',
        quota: 'TRANSFERS',
        fault: { limit: 11 },
      });
      expect(await world.members(id)).toHaveLength(12);
      await world.start({ previousContactId: id });
    },
  ),
];
