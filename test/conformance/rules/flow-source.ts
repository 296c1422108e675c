import { expect } from '@jest/globals';
import { API, guideOn, type Need, must, type Rule, should } from '../rule.js';
import type { Resource } from '../../../src/connect/errors.js';
import { type Broken, type Members, UNKNOWN_ID, type World } from '../world.js';

const TYPES = guideOn('flow types');

const TAKEN: readonly (readonly [
  id: string,
  what: string,
  source: string,
  need: Need,
  of: (world: World) => Members,
])[] = [
  ['inbound', 'an inbound flow', API, 'contactFlow', (world) => ({ contactFlowId: world.id('contactFlow') })],
  [
    'queue-transfer',
    'a queue transfer flow',
    TYPES,
    'queueTransferFlow',
    (world) => ({ contactFlowId: world.id('queueTransferFlow') }),
  ],
  [
    'agent-transfer',
    'an agent transfer flow',
    TYPES,
    'agentTransferFlow',
    (world) => ({ contactFlowId: world.id('agentTransferFlow') }),
  ],
  [
    'queue-quick-connect',
    'a queue quick connect',
    API,
    'queueQuickConnect',
    (world) => ({ quickConnectId: world.id('queueQuickConnect') }),
  ],
  [
    'user-quick-connect',
    'an agent quick connect',
    API,
    'userQuickConnect',
    (world) => ({ quickConnectId: world.id('userQuickConnect') }),
  ],
  ['template', 'a task template', API, 'template', (world) => ({ taskTemplateId: world.id('template') })],
];

const REFUSED: readonly (readonly [
  id: string,
  what: string,
  need: Need,
  of: (world: World) => Members,
  ...broken: Broken,
])[] = [
  [
    'archived',
    'an archived flow',
    'archivedFlow',
    (world) => ({ contactFlowId: world.id('archivedFlow') }),
    'engine/flow-starts-tasks',
    ['contactFlowId'],
    'a flow of type CONTACT_FLOW, ARCHIVED, PUBLISHED',
  ],
  [
    'unpublished',
    'a flow that was never published',
    'unpublishedFlow',
    (world) => ({ contactFlowId: world.id('unpublishedFlow') }),
    'engine/flow-starts-tasks',
    ['contactFlowId'],
    'a flow of type CONTACT_FLOW, ACTIVE, SAVED',
  ],
  [
    'wrong-type',
    'a flow of a type that starts no task',
    'customerQueueFlow',
    (world) => ({ contactFlowId: world.id('customerQueueFlow') }),
    'engine/flow-starts-tasks',
    ['contactFlowId'],
    'a flow of type CUSTOMER_QUEUE, ACTIVE, PUBLISHED',
  ],
  [
    'phone-quick-connect',
    'a quick connect to a phone number',
    'phoneQuickConnect',
    (world) => ({ quickConnectId: world.id('phoneQuickConnect') }),
    'api/quick-connect-has-flow',
    ['quickConnectId'],
    'a quick connect of type PHONE_NUMBER',
  ],
];

/** The refusal of a request that names another number of flow sources than one. */
const severalSources = (world: World, actual: string) =>
  world.expected('InvalidRequestException', ['api/exactly-one-flow-source', [], actual]);

/** The refusal of a request that names an unknown resource. */
const notFound = (resource: Resource, member: string) => ({
  code: 'ResourceNotFoundException',
  fault: { resource, id: UNKNOWN_ID, member, message: expect.stringContaining(member) },
});

/** What a task runs. */
export const flowSourceRules: readonly Rule[] = [
  ...TAKEN.map(([id, what, source, need, of]) =>
    must(
      `flow-source/${id}`,
      `start a task by ${what}`,
      source,
      async (world) => {
        await world.contact(await world.start(of(world)));
      },
      { needs: [need] },
    ),
  ),
  ...REFUSED.map(([id, what, need, of, ...broken]) =>
    should(
      `flow-source/${id}`,
      `refuse ${what} as an invalid request`,
      TYPES,
      async (world) => {
        expect(await world.refusal(world.start(of(world)))).toMatchObject(
          world.expected('InvalidRequestException', broken),
        );
      },
      { needs: [need] },
    ),
  ),
  must('flow-source/none', 'refuse a request without flow, quick connect and template', API, async (world) => {
    const { instanceId } = world.fixtures;
    const refusal = await world.refusal(world.connect.startTaskContact({ instanceId, name: 'Conformance' }));
    expect(refusal).toMatchObject(severalSources(world, 'none of them'));
  }),
  must(
    'flow-source/flow-and-quick-connect',
    'refuse a flow together with a quick connect',
    API,
    async (world) => {
      const members = { contactFlowId: world.id('contactFlow'), quickConnectId: world.id('queueQuickConnect') };
      expect(await world.refusal(world.start(members))).toMatchObject(
        severalSources(world, 'ContactFlowId and QuickConnectId'),
      );
    },
    { needs: ['queueQuickConnect'] },
  ),
  must(
    'flow-source/flow-and-template',
    'refuse a flow together with a template',
    API,
    async (world) => {
      const members = { contactFlowId: world.id('contactFlow'), taskTemplateId: world.id('template') };
      expect(await world.refusal(world.start(members))).toMatchObject(
        severalSources(world, 'ContactFlowId and TaskTemplateId'),
      );
    },
    { needs: ['template'] },
  ),
  must(
    'flow-source/quick-connect-and-template',
    'refuse a quick connect together with a template',
    API,
    async (world) => {
      const members = { quickConnectId: world.id('queueQuickConnect'), taskTemplateId: world.id('template') };
      expect(await world.refusal(world.start(members))).toMatchObject(
        severalSources(world, 'QuickConnectId and TaskTemplateId'),
      );
      expect(await world.refusal(world.start({ ...members, contactFlowId: world.id('contactFlow') }))).toMatchObject(
        severalSources(world, 'ContactFlowId and QuickConnectId and TaskTemplateId'),
      );
    },
    { needs: ['queueQuickConnect', 'template'] },
  ),
  must('flow-source/unknown-flow', 'not find an unknown flow', API, async (world) => {
    expect(await world.refusal(world.start({ contactFlowId: UNKNOWN_ID }))).toMatchObject(
      notFound('CONTACT_FLOW', 'contactFlowId'),
    );
  }),
  must('flow-source/unknown-quick-connect', 'not find an unknown quick connect', API, async (world) => {
    expect(await world.refusal(world.start({ quickConnectId: UNKNOWN_ID }))).toMatchObject(
      notFound('QUICK_CONNECT', 'quickConnectId'),
    );
  }),
  must('flow-source/unknown-template', 'not find an unknown template', API, async (world) => {
    expect(await world.refusal(world.start({ taskTemplateId: UNKNOWN_ID }))).toMatchObject(
      notFound('TASK_TEMPLATE', 'taskTemplateId'),
    );
  }),
];
