import { describe, expect, it } from '@jest/globals';
import {
  execute,
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';
import type { GatewayContext } from '../../src/graphql/context.js';
import { instanceTable } from '../../src/graphql/instances.js';
import { AnswerSize } from '../../src/graphql/loading/answer-size.js';
import { LogFeed } from '../../src/feed/log-feed.js';
import { createLoaders } from '../../src/graphql/loading/loaders.js';
import { buildSubgraph } from '../../src/graphql/schema.js';
import type { Job, JobItem } from '../../src/jobs/job.js';
import type { Jobs } from '../../src/jobs/jobs.js';
import { ValidationService } from '../../src/validation/validation-service.js';
import { HOUR, NOW, openTestEngine, request, SAMPLE, type TestEngine } from '../support/engine.js';

/** An example of each argument that a field of an object has. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'ConnectContact.attributes(keys)': '["b"]',
  'ConnectTaskJob.items(state)': 'CREATED',
  'ConnectTaskJob.items(first)': '5',
  'ConnectTaskJob.items(after)': 'null',
};

/** A job, and its one item. */
const JOB: Job = {
  id: 'job',
  instanceId: SAMPLE.instanceId,
  owner: '',
  caller: { caller: '' },
  name: 'Campaign',
  onError: 'CONTINUE',
  notAfter: undefined,
  state: 'COMPLETED',
  pauseReason: undefined,
  resumeAt: undefined,
  createdAt: NOW,
  endedAt: NOW + HOUR,
  total: 1,
  waiting: 0,
  created: 1,
  failed: 0,
  cancelled: 0,
  perSecond: undefined,
};
const ITEM: JobItem = { seq: 0, key: 'order-1', state: 'CREATED', contactId: 'none', errors: [], attempts: 1 };
const JOBS = {
  store: async () => ({ list: async () => [JOB], find: async () => JOB, items: async () => [ITEM] }),
} as unknown as Jobs;

/** Fields within fields of the query. Contacts and chains nest without end. */
const DEPTH = 4;

const byDefault = await buildSubgraph();
const byTypeGraphql = await buildSubgraph(() => {});
const { schema } = byTypeGraphql;
const queried = new Set<string>();

/** Selects every field of a type, with examples of its arguments. */
function everything(type: GraphQLObjectType, depth: number): string {
  const selected = Object.values(type.getFields()).flatMap((field) => {
    const of = getNamedType(field.type);
    if (isInterfaceType(of)) return [`${called(type, field)} { __typename }`];
    if (!isObjectType(of)) return [called(type, field)];
    return depth === 0 ? [] : [`${called(type, field)} { __typename ${everything(of, depth - 1)} }`];
  });
  return selected.join(' ');
}

function called(type: GraphQLObjectType, { name, args }: GraphQLField<unknown, unknown>): string {
  queried.add(`${type.name}.${name}`);
  if (args.length === 0) return name;
  const given = args.map((argument) => {
    const example = EXAMPLES[`${type.name}.${name}(${argument.name})`];
    if (example === undefined) throw new Error(`${type.name}.${name}(${argument.name}) has no example`);
    return `${argument.name}: ${example}`;
  });
  return `${name}(${given.join(', ')})`;
}

const ROOTS = [
  'connectContacts(ids: $ids)',
  'connectContactChain(contactId: $id)',
  'searchConnectContacts(filter: { timeRange: { field: INITIATED, from: $from, to: $to } })',
  'connectContactFlows',
  'connectQuickConnects',
  'connectTaskTemplates',
  'connectQueues',
  'connectUsers',
  'connectTaskJobs',
].map((root) => {
  const [name = ''] = root.split('(');
  const type = getNamedType(schema.getQueryType()?.getFields()[name]?.type);
  return `${root} { ${everything(type as GraphQLObjectType, DEPTH)} }`;
});
const DOCUMENT = parse(`query ($ids: [ID!]!, $id: ID!, $from: DateTime!, $to: DateTime!) { ${ROOTS.join(' ')} }`);

function contextOf({ engine }: TestEngine): GatewayContext {
  const answerSize = new AnswerSize(Number.POSITIVE_INFINITY);
  return {
    connect: engine,
    validation: new ValidationService({ families: ['api', 'gateway', 'engine'], now: () => NOW }),
    instances: instanceTable(SAMPLE.instanceId, [{ id: SAMPLE.instanceId }]),
    loaders: createLoaders(engine, {}, answerSize),
    jobs: JOBS,
    feed: new LogFeed(engine.changes),
    chainTasks: 12,
    answerSize,
    members: new Map(),
    call: {},
    identity: undefined,
    audit: undefined,
  };
}

describe('The fields of objects', () => {
  it("answer the same by graphql-js' default resolver and by type-graphql's own", async () => {
    await using test = await openTestEngine();
    const { engine } = test;
    const { contactId: first } = await engine.startTaskContact(
      request({
        taskTemplateId: SAMPLE.taskTemplate.withFlow,
        attributes: [
          { key: 'a', value: '1' },
          { key: 'b', value: '2' },
        ],
        references: [{ name: 'Case', type: 'URL', value: 'https://example.com/1' }],
      }),
    );
    const { contactId: second } = await engine.startTaskContact(request({ previousContactId: first }));
    const { contactId: related } = await engine.startTaskContact(request({ relatedContactId: second }));
    const variableValues = {
      ids: [first, second, related],
      id: second,
      from: new Date(NOW - HOUR).toISOString(),
      to: new Date(NOW + HOUR).toISOString(),
    };
    const answers = [];
    for (const subgraph of [byDefault, byTypeGraphql]) {
      answers.push(
        await execute({ schema: subgraph.schema, document: DOCUMENT, variableValues, contextValue: contextOf(test) }),
      );
    }
    expect(answers[0]?.errors).toBeUndefined();
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.data).toMatchObject({
      connectContacts: [{ attributes: [{ key: 'b', value: '2' }], references: [{ name: 'Case' }] }, {}, {}],
    });
  });

  it('are all part of that comparison, except those of payloads, errors and changes, which take no arguments', () => {
    const all = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) && !/^(__|_Service|Query$|Mutation$|Subscription$|.*(Payload|Error|Change)$)/.test(type.name)
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : [],
    );
    expect([...queried].sort()).toEqual(all.sort());
  });
});
