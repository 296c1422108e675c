import { expect } from '@jest/globals';
import type { ContactMetrics } from '../../../src/connect/contact.js';
import { DECISION, modelOf, must, type Rule, should } from '../rule.js';
import { UNKNOWN_ID, type World } from '../world.js';

const ROUTE = modelOf('UpdateContactRoutingData');
const METRICS = modelOf('GetContactMetrics');
const ASSIGN = modelOf('AssociateContactWithUser');

const LARGEST = '9223372036854775807';

/** A task in each state, except QUEUED, that has no agent. */
const NOT_WAITING = {
  SCHEDULED: (world: World) => world.start({ scheduledTime: world.in(3_600_000) }),
  INITIATED: (world: World) => world.start(),
  PAUSED: async (world: World) => {
    const id = await world.start();
    await world.connect.pauseContact(world.about(id));
    return id;
  },
  COMPLETED: (world: World) => ended(world),
};

/** The metrics of contacts. */
async function metrics(world: World, contactIds: readonly string[]): Promise<readonly ContactMetrics[]> {
  const { instanceId } = world.fixtures;
  const answers = await world.connect.getContactMetrics({ instanceId, contactIds });
  return answers.map((answer) => {
    if (answer === null || answer instanceof Error) throw new Error(`Not found: ${answer}`);
    return answer;
  });
}

async function positions(world: World, ids: readonly string[]): Promise<readonly (number | undefined)[]> {
  return (await metrics(world, ids)).map(({ queuePosition }) => queuePosition);
}

async function ended(world: World): Promise<string> {
  const id = await world.start();
  await world.connect.stopContact(world.about(id));
  return id;
}

/** How a task comes to an agent: its place in a queue, and its assignment. */
export const routingRules: readonly Rule[] = [
  must('routing/default-priority', 'route a new task with priority 5', ROUTE, async (world) => {
    expect((await world.contact(await world.start())).queuePriority).toBe('5');
  }),
  must('routing/priority', 'set the priority of a task, from 1 to 9,223,372,036,854,775,807', ROUTE, async (world) => {
    const id = await world.start();
    for (const queuePriority of ['1', '9007199254740991', LARGEST, '2']) {
      await world.connect.updateContactRoutingData({ ...world.about(id), queuePriority });
      expect(await world.contact(id)).toMatchObject({ queuePriority });
    }
  }),
  must('routing/priority-range', 'refuse a priority outside its range, and leave the task', ROUTE, async (world) => {
    const id = await world.start();
    for (const queuePriority of ['0', '-1', '9223372036854775808']) {
      const call = world.connect.updateContactRoutingData({ ...world.about(id), queuePriority });
      expect(await world.refusal(call)).toMatchObject(
        world.expected('InvalidParameterException', [
          'api/queue-priority-range',
          ['queuePriority'],
          JSON.stringify(queuePriority),
        ]),
      );
    }
    expect(await world.contact(id)).toMatchObject({ queuePriority: '5' });
  }),
  must(
    'routing/adjustment',
    'add seconds to the time of a task in its queue, or subtract them',
    ROUTE,
    async (world) => {
      const id = await world.start();
      for (const queueTimeAdjustmentSeconds of [600, -2_147_483_648, 2_147_483_647, 0]) {
        await world.connect.updateContactRoutingData({ ...world.about(id), queueTimeAdjustmentSeconds });
        expect(await world.contact(id)).toMatchObject({ queueTimeAdjustmentSeconds, queuePriority: '5' });
      }
    },
  ),
  must('routing/one-member', 'refuse a change of both priority and time, and one of neither', ROUTE, async (world) => {
    const id = await world.start();
    for (const [members, actual] of [
      [{ queuePriority: '1', queueTimeAdjustmentSeconds: 1 }, 'both'],
      [{}, 'none of them'],
    ] as const) {
      const call = world.connect.updateContactRoutingData({ ...world.about(id), ...members });
      expect(await world.refusal(call)).toMatchObject(
        world.expected('InvalidParameterException', ['api/one-routing-member', ['queuePriority'], actual]),
      );
    }
    expect(await world.contact(id)).toMatchObject({ queuePriority: '5' });
  }),
  must('routing/unknown', 'not find an unknown contact', ROUTE, async (world) => {
    const call = world.connect.updateContactRoutingData({ ...world.about(UNKNOWN_ID), queuePriority: '1' });
    expect(await world.refusal(call)).toMatchObject({
      code: 'ResourceNotFoundException',
      fault: { resource: 'CONTACT' },
    });
  }),
  must(
    'routing/arn',
    'find the contact of UpdateContactRoutingData by its ARN',
    ROUTE,
    async (world) => {
      const { instanceId, contactId } = world.about(await world.start());
      const arn = `${world.id('instanceArn')}/contact/${contactId}`;
      await world.connect.updateContactRoutingData({ instanceId, contactId: arn, queuePriority: '3' });
      expect(await world.contact(contactId)).toMatchObject({ queuePriority: '3' });
    },
    { needs: ['instanceArn'] },
  ),
  should('routing/before-an-agent', 'route a task in each state before it has an agent', DECISION, async (world) => {
    const { COMPLETED, ...open } = NOT_WAITING;
    for (const make of Object.values(open)) {
      const id = await make(world);
      await world.connect.updateContactRoutingData({ ...world.about(id), queuePriority: '4' });
      expect(await world.contact(id)).toMatchObject({ queuePriority: '4' });
    }
  }),
  must(
    'routing/position',
    'order a queue by priority, then by the time with its adjustment, then by id',
    METRICS,
    async (world) => {
      const later = async (seconds: number) => {
        world.clock.now += seconds * 1000;
        return world.waiting();
      };
      const [usual, same, older, urgent] = [await later(0), await later(0), await later(10), await later(10)];
      await world.connect.updateContactRoutingData({ ...world.about(older), queueTimeAdjustmentSeconds: 11 });
      await world.connect.updateContactRoutingData({ ...world.about(urgent), queuePriority: '1' });
      const order = [urgent, older, ...[usual, same].sort()];
      expect(await positions(world, order)).toEqual([1, 2, 3, 4]);
      await world.connect.pauseContact(world.about(older));
      await world.connect.associateContactWithUser({ ...world.about(urgent), userId: world.id('user') });
      expect(await positions(world, order)).toEqual([undefined, undefined, 1, 2]);
      await world.connect.updateContactRoutingData({ ...world.about(usual), queuePriority: LARGEST });
      expect(await positions(world, [same, usual])).toEqual([1, 2]);
    },
    { needs: ['queueing', 'clock', 'queue', 'user'] },
  ),
  must('routing/no-position', 'report no place of a task that waits in no queue', METRICS, async (world) => {
    const ids = await Promise.all(Object.values(NOT_WAITING).map((make) => make(world)));
    expect(await positions(world, ids)).toEqual(ids.map(() => undefined));
  }),
  should(
    'routing/estimated-wait',
    'estimate the wait by the tasks that agents took in the last hour',
    DECISION,
    async (world) => {
      const wait = async (id: string) => (await metrics(world, [id]))[0]?.estimatedWaitSeconds;
      const [first, second, third] = [await world.waiting(), await world.waiting(), await world.waiting()];
      expect(await wait(third)).toBeUndefined();
      for (const id of [first, second]) {
        world.clock.now += 30_000;
        await world.connect.associateContactWithUser({ ...world.about(id), userId: world.id('user') });
      }
      expect(await wait(third)).toBe(45);
      world.clock.now += 3_600_000;
      expect(await wait(third)).toBeUndefined();
    },
    { needs: ['queueing', 'clock', 'queue', 'user'] },
  ),
  must('routing/metrics-unknown', 'not find the metrics of an unknown contact', METRICS, async (world) => {
    const { instanceId } = world.fixtures;
    expect(await world.connect.getContactMetrics({ instanceId, contactIds: [UNKNOWN_ID] })).toEqual([null]);
  }),
  should('routing/ended', 'refuse to route a task that has ended', DECISION, async (world) => {
    const id = await ended(world);
    const call = world.connect.updateContactRoutingData({ ...world.about(id), queuePriority: '1' });
    expect(await world.refusal(call)).toMatchObject({
      code: 'ResourceConflictException',
      fault: { code: 'IllegalState', state: 'COMPLETED', action: 'ROUTE' },
    });
    expect(await world.contact(id)).toMatchObject({ queuePriority: '5' });
  }),
  must(
    'routing/assign',
    'give a task that waits in a queue to one agent',
    ASSIGN,
    async (world) => {
      const id = await world.waiting();
      expect(await world.contact(id)).toMatchObject({ state: 'QUEUED' });
      await world.connect.associateContactWithUser({ ...world.about(id), userId: world.id('user') });
      expect(await world.contact(id)).toMatchObject({
        agent: { id: world.id('user') },
        queue: { id: world.id('queue') },
      });
    },
    { needs: ['queueing', 'queue', 'user'] },
  ),
  should(
    'routing/assign-accepted',
    'connect an assigned task to its agent at once, and refuse to route it then',
    DECISION,
    async (world) => {
      const id = await world.waiting();
      await world.connect.associateContactWithUser({ ...world.about(id), userId: world.id('user') });
      expect(await world.contact(id)).toMatchObject({ state: 'CONNECTED', connectedToAgentAt: expect.any(Date) });
      const call = world.connect.updateContactRoutingData({ ...world.about(id), queuePriority: '1' });
      expect((await world.refusal(call)).code).toBe('ResourceConflictException');
    },
    { needs: ['queueing', 'queue', 'user'] },
  ),
  must(
    'routing/assign-waiting',
    'refuse to assign a task that does not wait in a queue',
    ASSIGN,
    async (world) => {
      for (const [state, make] of Object.entries(NOT_WAITING)) {
        const id = await make(world);
        const call = world.connect.associateContactWithUser({ ...world.about(id), userId: world.id('user') });
        expect(await world.refusal(call)).toMatchObject({
          code: 'InvalidRequestException',
          fault: { code: 'IllegalState', state, action: 'ASSIGN' },
        });
        const contact = await world.contact(id);
        expect(contact).toMatchObject({ state });
        expect(contact.agent).toBeUndefined();
      }
    },
    { needs: ['user'] },
  ),
  must(
    'routing/assign-unknown',
    'not find an unknown agent or contact, and leave the task in its queue',
    ASSIGN,
    async (world) => {
      const id = await world.waiting();
      for (const [contactId, userId, resource] of [
        [id, UNKNOWN_ID, 'USER'],
        [UNKNOWN_ID, world.id('user'), 'CONTACT'],
      ] as const) {
        const call = world.connect.associateContactWithUser({ ...world.about(contactId), userId });
        expect(await world.refusal(call)).toMatchObject({ code: 'ResourceNotFoundException', fault: { resource } });
      }
      expect(await world.contact(id)).toMatchObject({ state: 'QUEUED' });
    },
    { needs: ['queueing', 'queue', 'user'] },
  ),
  must(
    'routing/assign-user-length',
    'refuse the id of an agent that is too long',
    ASSIGN,
    async (world) => {
      const id = await world.waiting();
      const call = world.connect.associateContactWithUser({ ...world.about(id), userId: 'u'.repeat(257) });
      expect(await world.refusal(call)).toMatchObject(
        world.expected('InvalidParameterException', ['api/user-id-length', ['userId'], '257 characters']),
      );
      expect(await world.contact(id)).toMatchObject({ state: 'QUEUED' });
    },
    { needs: ['queueing', 'queue'] },
  ),
  should(
    'routing/assign-race',
    'give a task that 16 callers assign to one agent, once',
    DECISION,
    async (world) => {
      const about = world.about(await world.waiting());
      const userId = world.id('user');
      const calls = Array.from(
        { length: 16 },
        () => (port: World['connect']) => port.associateContactWithUser({ ...about, userId }),
      );
      const { ids, refusals } = await world.atOnce(calls);
      expect(ids).toHaveLength(1);
      expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['InvalidRequestException']));
    },
    { needs: ['queueing', 'queue', 'user'] },
  ),
];
