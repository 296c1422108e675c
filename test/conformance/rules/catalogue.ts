import { expect } from '@jest/globals';
import type { Connect } from '../../../src/connect/connect.js';
import { PAGE_SIZES, type PageSize } from '../../../src/connect/limits.js';
import type { Page, PageRequest } from '../../../src/connect/call.js';
import { DECISION, modelOf, must, type Rule, should } from '../rule.js';
import { UNKNOWN_ID, type World } from '../world.js';

type Listed = { readonly id: string; readonly arn: string; readonly name?: string; readonly username?: string };

interface List {
  readonly topic: string;
  readonly what: string;
  readonly operation: string;
  readonly size: PageSize;
  readonly read: (port: Connect, instanceId: string, page: PageRequest) => Promise<Page<Listed>>;
}

const LISTS: readonly List[] = [
  {
    topic: 'flows',
    what: 'flows',
    operation: 'ListContactFlows',
    size: PAGE_SIZES.listContactFlows,
    read: (port, instanceId, page) => port.listContactFlows({ instanceId, ...page }),
  },
  {
    topic: 'quick-connects',
    what: 'quick connects',
    operation: 'ListQuickConnects',
    size: PAGE_SIZES.listQuickConnects,
    read: (port, instanceId, page) => port.listQuickConnects({ instanceId, ...page }),
  },
  {
    topic: 'templates',
    what: 'task templates',
    operation: 'ListTaskTemplates',
    size: PAGE_SIZES.listTaskTemplates,
    read: (port, instanceId, page) => port.listTaskTemplates({ instanceId, ...page }),
  },
  {
    topic: 'queues',
    what: 'queues',
    operation: 'ListQueues',
    size: PAGE_SIZES.listQueues,
    read: (port, instanceId, page) => port.listQueues({ instanceId, ...page }),
  },
  {
    topic: 'users',
    what: 'users',
    operation: 'ListUsers',
    size: PAGE_SIZES.listUsers,
    read: (port, instanceId, page) => port.listUsers({ instanceId, ...page }),
  },
  {
    topic: 'instances',
    what: 'instances',
    operation: 'ListInstances',
    size: PAGE_SIZES.listInstances,
    read: (port, _, page) => port.listInstances(page),
  },
];

const idsOf = (items: readonly Listed[]) => items.map(({ id }) => id);

/** At most this many pages are asked for, so that a large instance is not read whole. */
const PAGES = 4;

function rulesOf({ topic, what, operation, size, read }: List): readonly Rule[] {
  const list = (world: World, page: PageRequest = {}) => read(world.connect, world.fixtures.instanceId, page);
  // ListTaskTemplates gives no token (service model: always null), so that nothing says how its pages go on.
  const paging = topic === 'templates' ? should : must;
  return [
    must(`catalogue/${topic}-each-once`, `list each of the ${what} once`, modelOf(operation), async (world) => {
      const { items } = await list(world);
      expect(new Set(idsOf(items)).size).toBe(items.length);
      for (const { arn } of items) expect(arn).toMatch(/^arn:/);
    }),
    paging(`catalogue/${topic}-pages`, `give the same ${what} in small pages`, modelOf(operation), async (world) => {
      const whole = idsOf((await list(world, { maxResults: size.max })).items);
      const maxResults = Math.max(1, Math.ceil(whole.length / (PAGES - 1)));
      const paged: string[] = [];
      let page = await list(world, { maxResults });
      for (let read = 1; ; read++) {
        expect(page.items.length).toBeLessThanOrEqual(maxResults);
        paged.push(...idsOf(page.items));
        if (page.nextToken === undefined || read === PAGES) break;
        page = await list(world, { maxResults, nextToken: page.nextToken });
      }
      expect(paged).toEqual(whole.slice(0, paged.length));
      expect(paged.length).toBe(whole.length);
    }),
    must(
      `catalogue/${topic}-max-results`,
      `refuse to list 0 or ${size.max + 1} ${what} at once`,
      modelOf(operation),
      async (world) => {
        for (const maxResults of [0, size.max + 1]) {
          expect((await world.refusal(list(world, { maxResults }))).code).toBe('InvalidParameterException');
        }
      },
    ),
    should(`catalogue/${topic}-token`, `refuse a token that no list of ${what} gave`, DECISION, async (world) => {
      for (const nextToken of ['x', 'eyJvZiI6IiIsImFmdGVyIjpbXX0']) {
        expect((await world.refusal(list(world, { nextToken }))).code).toBe('InvalidParameterException');
      }
    }),
  ];
}

/** The lists of one instance, by what they may be filtered. */
const OF_INSTANCE = LISTS.filter(({ topic }) => topic !== 'instances');

/** The resources of an instance: flows, quick connects, task templates, queues and users; and instances themselves. */
export const catalogueRules: readonly Rule[] = [
  ...LISTS.flatMap(rulesOf),
  ...OF_INSTANCE.map(({ topic, what, operation, read }) =>
    must(
      `catalogue/${topic}-unknown-instance`,
      `list no ${what} of an unknown instance`,
      modelOf(operation),
      async (world) => {
        const call = read(world.connect, UNKNOWN_ID, {});
        expect((await world.refusal(call)).code).toBe('ResourceNotFoundException');
      },
    ),
  ),
  ...OF_INSTANCE.map(({ topic, what, read }) =>
    should(`catalogue/${topic}-order`, `list ${what} by name, then id`, DECISION, async (world) => {
      const { items } = await read(world.connect, world.fixtures.instanceId, {});
      const keys = items.map(({ name, username, id }) => `${name ?? username}\0${id}`);
      expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
    }),
  ),
  should(
    'catalogue/token-of-other-query',
    'refuse the token of a list that was filtered otherwise',
    DECISION,
    async (world) => {
      const about = { instanceId: world.fixtures.instanceId, maxResults: 1 };
      const { nextToken = '' } = await world.connect.listContactFlows(about);
      const filtered = world.connect.listContactFlows({ ...about, types: ['CONTACT_FLOW'], nextToken });
      expect((await world.refusal(filtered)).code).toBe('InvalidParameterException');
    },
    { needs: ['queueTransferFlow'] },
  ),
  must(
    'catalogue/flows-by-type',
    'list flows of the types that are asked for',
    modelOf('ListContactFlows'),
    async (world) => {
      const types = ['QUEUE_TRANSFER', 'AGENT_TRANSFER'];
      const { instanceId } = world.fixtures;
      const { items } = await world.connect.listContactFlows({ instanceId, types, maxResults: 1000 });
      expect(items.every(({ type }) => types.includes(type))).toBe(true);
      expect(idsOf(items)).toContain(world.id('queueTransferFlow'));
    },
    { needs: ['queueTransferFlow'] },
  ),
  should(
    'catalogue/flows-of-no-type',
    'list flows of all types for an empty list of types',
    DECISION,
    async (world) => {
      const { instanceId } = world.fixtures;
      const all = await world.connect.listContactFlows({ instanceId });
      expect(idsOf((await world.connect.listContactFlows({ instanceId, types: [] })).items)).toEqual(idsOf(all.items));
    },
  ),
  must(
    'catalogue/quick-connects-by-type',
    'list quick connects of the types that are asked for',
    modelOf('ListQuickConnects'),
    async (world) => {
      const { instanceId } = world.fixtures;
      const { items } = await world.connect.listQuickConnects({ instanceId, types: ['QUEUE'], maxResults: 1000 });
      expect(items.every(({ type }) => type === 'QUEUE')).toBe(true);
      expect(idsOf(items)).toContain(world.id('queueQuickConnect'));
    },
    { needs: ['queueQuickConnect'] },
  ),
  must(
    'catalogue/templates-by-status',
    'list task templates of the status that is asked for',
    modelOf('ListTaskTemplates'),
    async (world) => {
      const { instanceId } = world.fixtures;
      const { items } = await world.connect.listTaskTemplates({ instanceId, status: 'INACTIVE' });
      expect(items.every(({ status }) => status === 'INACTIVE')).toBe(true);
      expect(idsOf(items)).toContain(world.id('inactiveTemplate'));
    },
    { needs: ['inactiveTemplate'] },
  ),
  must(
    'catalogue/templates-by-name',
    'list the task template of a name',
    modelOf('ListTaskTemplates'),
    async (world) => {
      const { instanceId } = world.fixtures;
      const [template] = await world.connect.getTaskTemplates({ instanceId, taskTemplateIds: [world.id('template')] });
      const name = (template as { name: string }).name;
      const { items } = await world.connect.listTaskTemplates({ instanceId, name });
      expect(items).toEqual([expect.objectContaining({ id: world.id('template'), name })]);
      expect((await world.connect.listTaskTemplates({ instanceId, name: `${name} not` })).items).toEqual([]);
    },
    { needs: ['template'] },
  ),
  must(
    'catalogue/flows-described',
    'describe a flow, and answer null for an unknown one',
    modelOf('DescribeContactFlow'),
    async (world) => {
      const { instanceId, contactFlow } = world.fixtures;
      expect(
        await world.connect.describeContactFlows({ instanceId, contactFlowIds: [UNKNOWN_ID, contactFlow] }),
      ).toEqual([
        null,
        expect.objectContaining({ id: contactFlow, type: 'CONTACT_FLOW', state: 'ACTIVE', status: 'PUBLISHED' }),
      ]);
    },
  ),
  must(
    'catalogue/flows-unpublished',
    'describe a flow that was never published as it was saved',
    modelOf('DescribeContactFlow'),
    async (world) => {
      const id = world.id('unpublishedFlow');
      const { instanceId } = world.fixtures;
      expect(await world.connect.describeContactFlows({ instanceId, contactFlowIds: [id] })).toMatchObject([
        { id, status: 'SAVED' },
      ]);
    },
    { needs: ['unpublishedFlow'] },
  ),
  must(
    'catalogue/quick-connects-described',
    'describe a quick connect by what its type has, and answer null for an unknown one',
    modelOf('DescribeQuickConnect'),
    async (world) => {
      const names = ['queueQuickConnect', 'userQuickConnect', 'phoneQuickConnect'] as const;
      const ids = names.map((name) => world.id(name));
      const there = expect.any(String);
      expect(
        await world.connect.describeQuickConnects({
          instanceId: world.fixtures.instanceId,
          quickConnectIds: [UNKNOWN_ID, ...ids],
        }),
      ).toMatchObject([
        null,
        { id: ids[0], type: 'QUEUE', queueId: there, contactFlowId: there },
        { id: ids[1], type: 'USER', userId: there, contactFlowId: there },
        { id: ids[2], type: 'PHONE_NUMBER', phoneNumber: expect.stringMatching(/^\+\d+$/) },
      ]);
    },
    { needs: ['queueQuickConnect', 'userQuickConnect', 'phoneQuickConnect'] },
  ),
  must(
    'catalogue/templates-described',
    'describe a task template with its fields, and answer null for an unknown one',
    modelOf('GetTaskTemplate'),
    async (world) => {
      const id = world.id('templateWithFields');
      const [unknown, template] = await world.connect.getTaskTemplates({
        instanceId: world.fixtures.instanceId,
        taskTemplateIds: [UNKNOWN_ID, id],
      });
      expect(unknown).toBeNull();
      expect(template).toMatchObject({ id, status: 'ACTIVE', contactFlowId: expect.any(String) });
      const { fields } = template as { fields: readonly { name: string; type: string }[] };
      expect(fields.filter(({ type }) => type === 'NAME')).toMatchObject([{ required: true }]);
      const named = (name: string) => fields.find((field) => field.name === name);
      expect(named('Customer')).toMatchObject({ type: 'TEXT', required: true });
      expect(named('Source')).toMatchObject({ type: 'TEXT', readOnly: true, defaultValue: 'web' });
      expect(named('Priority')).toMatchObject({
        type: 'SINGLE_SELECT',
        options: ['Low', 'Normal', 'High'],
        defaultValue: 'Normal',
      });
    },
    { needs: ['templateWithFields'] },
  ),
  must(
    'catalogue/queues-by-type',
    'list queues of the types that are requested',
    modelOf('ListQueues'),
    async (world) => {
      const { instanceId } = world.fixtures;
      const standard = await world.connect.listQueues({ instanceId, types: ['STANDARD'], maxResults: 1000 });
      expect(standard.items.every(({ type }) => type === 'STANDARD')).toBe(true);
      expect(idsOf(standard.items)).toContain(world.id('queue'));
      const agents = await world.connect.listQueues({ instanceId, types: ['AGENT'], maxResults: 1000 });
      expect(agents.items.every(({ type }) => type === 'AGENT')).toBe(true);
    },
    { needs: ['queue'] },
  ),
  should(
    'catalogue/queues-of-no-type',
    'list queues of all types for an empty list of types',
    DECISION,
    async (world) => {
      const { instanceId } = world.fixtures;
      const all = await world.connect.listQueues({ instanceId });
      expect(idsOf((await world.connect.listQueues({ instanceId, types: [] })).items)).toEqual(idsOf(all.items));
    },
  ),
  must(
    'catalogue/queues-described',
    'describe a queue as it is listed, and return null for an unknown one',
    modelOf('DescribeQueue'),
    async (world) => {
      const { instanceId } = world.fixtures;
      const id = world.id('queue');
      const { items } = await world.connect.listQueues({ instanceId, types: ['STANDARD'], maxResults: 1000 });
      expect(await world.connect.describeQueues({ instanceId, queueIds: [UNKNOWN_ID, id] })).toEqual([
        null,
        items.find((item) => item.id === id),
      ]);
    },
    { needs: ['queue'] },
  ),
  must(
    'catalogue/users-described',
    'describe a user as it is listed, and return null for an unknown one',
    modelOf('DescribeUser'),
    async (world) => {
      const { instanceId } = world.fixtures;
      const id = world.id('user');
      const { items } = await world.connect.listUsers({ instanceId, maxResults: 1000 });
      expect(await world.connect.describeUsers({ instanceId, userIds: [UNKNOWN_ID, id] })).toEqual([
        null,
        items.find((item) => item.id === id) ?? expect.objectContaining({ id }),
      ]);
    },
    { needs: ['user'] },
  ),
  must(
    'catalogue/instances-described',
    'describe an instance, and answer null for an unknown one',
    modelOf('DescribeInstance'),
    async (world) => {
      const { instanceId } = world.fixtures;
      expect(await world.connect.describeInstances({ instanceIds: [UNKNOWN_ID, instanceId] })).toEqual([
        null,
        expect.objectContaining({ id: instanceId, arn: expect.stringMatching(`instance/${instanceId}$`) }),
      ]);
    },
  ),
  must(
    'catalogue/reads-unknown-instance',
    'find nothing in an unknown instance',
    modelOf('DescribeContactFlow'),
    async (world) => {
      const { contactFlow } = world.fixtures;
      const { connect } = world;
      expect(await connect.describeContactFlows({ instanceId: UNKNOWN_ID, contactFlowIds: [contactFlow] })).toEqual([
        null,
      ]);
      expect(await connect.describeQuickConnects({ instanceId: UNKNOWN_ID, quickConnectIds: [contactFlow] })).toEqual([
        null,
      ]);
      expect(await connect.getTaskTemplates({ instanceId: UNKNOWN_ID, taskTemplateIds: [contactFlow] })).toEqual([
        null,
      ]);
      expect(await connect.describeQueues({ instanceId: UNKNOWN_ID, queueIds: [contactFlow] })).toEqual([null]);
      expect(await connect.describeUsers({ instanceId: UNKNOWN_ID, userIds: [contactFlow] })).toEqual([null]);
    },
  ),
];
