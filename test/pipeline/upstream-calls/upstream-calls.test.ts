import { describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  parse,
  type OperationDefinitionNode,
} from 'graphql';
import { RATES } from '../../../src/connect/rates.js';
import type { FieldExtensions } from '../../../src/graphql/loading/reads.js';
import { buildSubgraph } from '../../../src/graphql/schema.js';
import { estimateCalls } from '../../../src/pipeline/upstream-calls/estimate.js';
import { limitCalls, reportCalls, weightsBy } from '../../../src/pipeline/upstream-calls/limit-calls.js';
import { describedByList } from '../../../src/policies/around-port/described-by-list.js';
import { cached } from '../../../src/policies/policies.js';
import { openTestAws, type TestAws } from '../../support/aws.js';
import { HOUR, NOW, SAMPLE } from '../../support/engine.js';
import { startTestGateway } from '../../support/gateway.js';
import { memoryLog } from '../../support/log.js';
import { portWith } from '../../support/port.js';

const { schema } = await buildSubgraph();
const FACTS = { chainSize: 13 };
const CEILING = 600;

function estimate(query: string, variables: object = {}): number {
  const document = parse(query);
  const operation = document.definitions.find(({ kind }) => kind === 'OperationDefinition') as OperationDefinitionNode;
  return estimateCalls(
    { schema, document, operation, variables: variables as Record<string, unknown> },
    FACTS,
    CEILING,
  );
}

/** Runs an operation through a gateway before the adapter, and counts the calls that reach the wire of the engine. */
async function actual(aws: TestAws, query: string, variables: object): Promise<number> {
  await using gateway = await startTestGateway({
    now: () => NOW,
    wrap: (engine) =>
      portWith(
        describedByList(
          cached(aws.connect, { readTtlMs: 2_000, catalogTtlMs: 60_000, templateReading: 'stated', now: () => NOW })
            .connect,
        ),
        { close: () => engine.close() },
      ),
  });
  aws.calls();
  await gateway.ask(query, variables);
  return aws.calls().length;
}

/** A voice call with 12 tasks that follow it: a full chain. Returns the last of them. */
async function fillChain({ wire: { test } }: TestAws): Promise<string> {
  let last: string = SAMPLE.voiceContact;
  for (let link = 0; link < 12; link++) last = await test.start({ previousContactId: last });
  return last;
}

describe('An estimate', () => {
  const WHOLE = 'name state references { name } attributes { key } previousContact { name } relatedContact { name }';

  it.each([
    ['a whole contact', `query ($id: ID!) { connectContact(id: $id) { ${WHOLE} } }`],
    ['its chain', `query ($id: ID!) { connectContact(id: $id) { chain { contacts { ${WHOLE} } } } }`],
    [
      'what is listed alone',
      'query ($id: ID!) { connectContactChain(contactId: $id) { contacts { id initiatedAt } } }',
    ],
    [
      'the ends of a chain',
      `query ($id: ID!) { connectContactChain(contactId: $id) {
        initialContact { name } latestContact { name references { name } } remaining sharedAttributes { key } } }`,
    ],
    [
      'nested chains, which are one',
      `query ($id: ID!) { connectContactChain(contactId: $id) {
        contacts { chain { contacts { name previousContact { name chain { attributeBytes } } } } } } }`,
    ],
    [
      'fragments, aliases and what is skipped',
      `query ($id: ID!, $no: Boolean = false) {
        a: connectContact(id: $id) { ...Names }
        b: connectContact(id: $id) { ...Names ... on ConnectContact { state } references @include(if: $no) { name } }
      }
      fragment Names on ConnectContact { name previousContact { name } chain @skip(if: true) { remaining } }`,
    ],
    [
      'several contacts with their chains',
      `query ($id: ID!) { connectContacts(ids: [$id, "${SAMPLE.voiceContact}"]) { name chain { remaining } attributes { key } } }`,
    ],
    [
      'entities',
      `query ($id: ID!) {
        _entities(representations: [
          { __typename: "ConnectContact", instanceId: "${SAMPLE.instanceId}", id: $id }
          { __typename: "ConnectTaskTemplate", instanceId: "${SAMPLE.instanceId}", id: "${SAMPLE.taskTemplate.withFlow}" }
        ]) { ... on ConnectContact { name chain { remaining } } ... on ConnectTaskTemplate { name contactFlow { name } } } }`,
    ],
    [
      'templates with what a list does not report',
      '{ connectTaskTemplates(first: 4) { edges { node { fields { name } } } } }',
    ],
    [
      'mutations one after the other',
      `mutation ($id: ID!) {
        one: updateTaskContact(input: { contactId: $id, name: "One" }) { contact { name chain { remaining } } }
        two: updateTaskContact(input: { contactId: $id, name: "Two" }) { contact { name attributes { key } } }
        tag: tagTaskContact(input: { contactId: $id, tags: [{ key: "a", value: "b" }] }) { contact { id } }
        transferTaskContact(input: { contactId: $id, contactFlowId: "${SAMPLE.contactFlow}", target: { queueId: "q" } }) {
          contact { name }
        }
      }`,
    ],
    [
      'mutations that are refused',
      `mutation ($id: ID!) {
        pauseTaskContact(input: { contactId: "${SAMPLE.voiceContact}" }) { errors { code } }
        rescheduleTaskContact(input: { contactId: $id, scheduledTime: "2026-06-01T13:00:00Z" }) { errors { code } }
        createTaskContact(input: {
          name: "13th", flow: { contactFlowId: "${SAMPLE.contactFlow}" }, link: { previousContactId: $id }
        }) { errors { code } }
      }`,
    ],
    [
      'creations that a template refuses, before the call and after it',
      `mutation {
        one: createTaskContact(input: {
          name: "No customer", flow: { taskTemplateId: "${SAMPLE.taskTemplate.withRequiredFields}" }
        }) { errors { code } }
        two: createTaskContact(input: {
          name: "No customer", flow: { taskTemplateId: "${SAMPLE.taskTemplate.withRequiredFields}" }, clientToken: "two"
        }) { errors { code } }
      }`,
    ],
    [
      'a search with what it reports, and with what it does not',
      `query ($filter: ConnectContactFilter!) {
        reported: searchConnectContacts(filter: $filter, first: 3) { totalCount nodes { name endedAt tags { key } queue { id } } }
        read: searchConnectContacts(filter: $filter, first: 4) { edges { node { state relatedContact { name } } } }
      }`,
    ],
    [
      'a contact with the names of its queue and agent',
      `{ connectContact(id: "${SAMPLE.voiceContact}") { queue { id arn name } enqueuedAt agent { username } createdBy { id } } }`,
    ],
    ['queues and users', '{ connectQueues { nodes { name type } } connectUsers { nodes { username arn } } }'],
    [
      'a new contact, its attributes and its template',
      `mutation { createTaskContact(input: {
      name: "New", flow: { taskTemplateId: "${SAMPLE.taskTemplate.withFlow}" }, clientToken: "new"
    }) { contact { name attributes { key } taskTemplate { id name contactFlow { name } } chain { sharedAttributes { key } } } } }`,
    ],
    [
      'the members of a new contact without links',
      `mutation { createTaskContact(input: {
      name: "New", flow: { contactFlowId: "${SAMPLE.contactFlow}" }, attributes: [{ key: "a", value: "b" }]
    }) { contact { name attributes { key } chain { id sharedAttributes { key } } } } }`,
    ],
    [
      'references of a router to chains',
      `query ($id: ID!) { _entities(representations: [
        { __typename: "ConnectContactChain", instanceId: "${SAMPLE.instanceId}", id: "${SAMPLE.voiceContact}" }
      ]) { ... on ConnectContactChain { initialContact { id } } } connectContact(id: $id) { taskTemplate { name } } }`,
    ],
    ['nothing but keys', 'query ($id: ID!) { __typename _entities(representations: []) { __typename } }'],
  ])('%s: never less than the calls that it costs, and no more than three times as many', async (_what, query) => {
    await using aws = await openTestAws();
    const related = await aws.wire.test.start();
    const filter = {
      timeRange: {
        field: 'INITIATED',
        from: new Date(NOW - HOUR).toISOString(),
        to: new Date(NOW + HOUR).toISOString(),
      },
    };
    const variables = { id: await fillChain(aws), related, filter };
    const calls = await actual(aws, query, variables);
    expect(estimate(query, variables)).toBeGreaterThanOrEqual(calls);
    expect(estimate(query, variables)).toBeLessThanOrEqual(3 * calls);
  });

  it.each([
    ['no more ids than were given, each once', 'query { connectContacts(ids: ["a", "b", "a"]) { name } }', 2],
    ['a page of the usual size', '{ connectTaskTemplates { nodes { description } } }', 26],
    [
      'a page that begins within one',
      '{ connectContactFlows(first: 10, after: "x") { nodes { name canStartTask } } }',
      2,
    ],
    [
      'a page of 100 contacts with the names of queues and agents, which lists answer',
      `query { connectContacts(ids: ${JSON.stringify(Array.from({ length: 100 }, (_, index) => `c${index}`))}) {
        queue { id name type } agent { username } } }`,
      110,
    ],
    [
      'a page of 100 contacts with the ids of queues and agents',
      `query { connectContacts(ids: ${JSON.stringify(Array.from({ length: 100 }, (_, index) => `c${index}`))}) {
        queue { id arn } agent { id } createdBy { id } enqueuedAt connectedToAgentAt } }`,
      100,
    ],
    ['variables that are refused', 'query ($ids: [ID!]!) { connectContacts(ids: $ids) { name } }', 0],
    ['introspection', '{ __schema { queryType { name } } _service { sdl } }', 0],
  ])('%s', (_what, query, expected) => {
    expect(estimate(query)).toBe(expected);
  });

  it('is made in no time for fragments that nest without end', () => {
    const nested = (fields: (next: string) => string) =>
      [...Array(100).keys()].map(
        (n) => `fragment F${n} on ConnectContact { ${fields(n < 99 ? `...F${n + 1}` : 'id')} }`,
      );
    const chains = nested((next) => `chain { initialContact { ${next} } latestContact { ${next} } }`);
    const links = nested((next) => `previousContact { ${next} } relatedContact { ${next} }`);
    const query = '{ connectContact(id: "a") { ...F0 } }';
    expect(estimate([query, ...chains].join('\n'))).toBeLessThan(200);
    expect(estimate([query, ...links].join('\n'))).toBeGreaterThan(CEILING);
  });
});

describe('What a field reads', () => {
  const fieldsOf = (type: string) => Object.values((schema.getType(type) as GraphQLObjectType).getFields());
  const unstated = (type: string, what: keyof FieldExtensions) =>
    fieldsOf(type)
      .filter(({ extensions }) => !(what in extensions))
      .map(({ name }) => name);

  it.each<[string, readonly string[]]>([
    ['ConnectContact', ['id', 'instanceId']],
    ['ConnectContactChain', ['id', 'instanceId', 'linkedTaskLimit', 'attributeBytesLimit']],
    ['ConnectContactFlow', ['id', 'instanceId']],
    ['ConnectQuickConnect', ['id', 'instanceId']],
    ['ConnectTaskTemplate', ['id', 'instanceId']],
    ['Query', ['_entities', '_service', 'connectTaskJob', 'connectTaskJobs']],
  ])('is stated for each field of %s, except those that need no read: %s', (type, free) => {
    expect(unstated(type, 'reads').sort()).toEqual([...free].sort());
  });

  it('is stated for each mutation', () => {
    expect(unstated('Mutation', 'calls')).toEqual([]);
  });

  it('is nothing for other types: they lead to none of those, except connections, edges, payloads, changes and jobs', () => {
    const leading = leadingTo(schema, ENTITIES);
    for (const type of leading) {
      expect(type).toMatch(
        /^(Query|Mutation|Subscription|.*(Connection|Edge|Payload|Change)|ConnectTaskJob|ConnectTaskJobItem)$/,
      );
    }
  });

  it.each<[string, string, string, (field: string) => string]>([
    ['read as a whole', '$id: ID!', 'connectContact(id: $id)', (field) => field],
    ['listed', '$id: ID!', 'connectContactChain(contactId: $id)', (field) => `contacts { ${field} }`],
    [
      'found',
      '$filter: ConnectContactFilter!',
      'searchConnectContacts(filter: $filter)',
      (field) => `nodes { ${field} }`,
    ],
    ['referred to', '$id: ID!', 'connectContactChain(contactId: $id)', (field) => `initialContact { ${field} }`],
  ])('covers the calls of each field of a contact that was %s', async (_how, parameters, root, select) => {
    await using aws = await openTestAws();
    const first = await aws.wire.test.start({ taskTemplateId: SAMPLE.taskTemplate.withFlow });
    const id = await aws.wire.test.start({ previousContactId: first });
    await aws.wire.test.start({ relatedContactId: id });
    const [from, to] = [NOW - HOUR, NOW + HOUR].map((time) => new Date(time).toISOString());
    const variables = { id, filter: { timeRange: { field: 'INITIATED', from, to } } };
    await using gateway = await startTestGateway({
      now: () => NOW,
      wrap: (engine) => portWith(aws.connect, { close: () => engine.close() }),
    });
    for (const { name, type } of fieldsOf('ConnectContact')) {
      const leaf = isObjectType(getNamedType(type)) ? `${name} { __typename }` : name;
      const query = `query (${parameters}) { ${root} { ${select(leaf)} } }`;
      aws.calls();
      expect((await gateway.ask(query, variables)).errors).toBeUndefined();
      const calls = aws.calls().length;
      expect({ field: name, isCovered: estimate(query, variables) >= calls }).toEqual({ field: name, isCovered: true });
    }
  });
});

const ENTITIES = [
  'ConnectContact',
  'ConnectContactChain',
  'ConnectContactFlow',
  'ConnectQuickConnect',
  'ConnectTaskTemplate',
];

/** Object types with a field of one of some types, those aside. */
function leadingTo(from: GraphQLSchema, types: readonly string[]): readonly string[] {
  return Object.values(from.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !types.includes(name))
    .filter((type) => Object.values(type.getFields()).some((field) => types.includes(getNamedType(field.type).name)))
    .map(({ name }) => name);
}

/** Limits requests as a gateway does. */
function limitOf(limit: number, rates: Parameters<typeof weightsBy>[0] = RATES) {
  const check = limitCalls(limit, { ...FACTS, weightOf: weightsBy(rates) });
  return (query: string) => {
    const document = parse(query);
    const [operation] = document.definitions as [OperationDefinitionNode];
    return check({ schema, document, operation, variables: {} });
  };
}

const MANY = 'query Many { connectContacts(ids: ["a", "b"]) { chain { contacts { id } } } }';

describe('MAX_UPSTREAM_CALLS', () => {
  it('refuses a request with its estimate, before anything is called', async () => {
    await using aws = await openTestAws();
    await using gateway = await startTestGateway({
      settings: {
        CONNECT_ADAPTER: 'aws',
        CONNECT_INSTANCE_ID: SAMPLE.instanceId,
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL_CONNECT: aws.wire.url,
        CONNECT_RATES: 'DescribeContact=2/5',
      },
      wrap: (adapter) => portWith(aws.connect, { close: () => adapter.close() }),
    });
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `contact-${index}`);
    const query = 'query ($ids: [ID!]!) { connectContacts(ids: $ids) { name } }';
    expect(await gateway.ask(query, { ids: ids(61) })).toEqual({
      errors: [
        {
          message: expect.stringContaining('may cost 61 calls'),
          extensions: { requestId: expect.any(String), code: 'TOO_MANY_UPSTREAM_CALLS', estimate: 61, limit: 60 },
        },
      ],
    });
    expect(aws.calls()).toEqual([]);
    expect((await gateway.ask(query, { ids: ids(60) })).errors).toBeUndefined();
    expect(aws.calls()).toHaveLength(60);
    const accept = 'application/graphql-response+json';
    expect((await gateway.post({ query, variables: { ids: ids(61) } }, { accept })).status).toBe(422);
  });

  const FILTER = '{ timeRange: { field: INITIATED, from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" } }';

  it.each([
    [
      'contacts with their states and actions',
      `searchConnectContacts(filter: ${FILTER}, first: 100)`,
      'state allowedActions',
    ],
    [
      'contacts with their states and attributes',
      `searchConnectContacts(filter: ${FILTER}, first: 100)`,
      'state attributes { key value }',
    ],
    ['contact flows', 'connectContactFlows(first: 100)', 'id name type'],
    ['quick connects', 'connectQuickConnects(first: 100)', 'id name type'],
    ['task templates', 'connectTaskTemplates(first: 100)', 'id name'],
    [
      'contacts by their ids',
      `connectContacts(ids: ${JSON.stringify(Array.from({ length: 100 }, (_, index) => `${index}`))})`,
      '',
    ],
  ])('admits the largest page of %s by default', (_what, field, fields) => {
    const selection = fields === '' ? '{ name state }' : `{ nodes { ${fields} } }`;
    expect(limitOf(60)(`{ ${field} ${selection} }`)).toBeUndefined();
  });

  it('refuses a page whose chains would take longer than a request may', () => {
    const page = `{ searchConnectContacts(filter: ${FILTER}, first: 60) { nodes { chain { contacts { id } } } } }`;
    expect(limitOf(60)(page)?.extensions).toMatchObject({ estimate: 64, limit: 60 });
  });

  it('weighs a call by the rate of its operation, as it is set', () => {
    const query = '{ connectContacts(ids: ["a", "b", "c", "d", "e"]) { name } }';
    expect(limitOf(1)(query)).toBeUndefined();
    expect(limitOf(1, { ...RATES, DescribeContact: { perSecond: 1, burst: 1 } })(query)?.extensions).toMatchObject({
      estimate: 10,
    });
  });

  it('is checked with the embedded engine too, which makes no calls: UPSTREAM_CALLS=refuse refuses', async () => {
    await using gateway = await startTestGateway({ settings: { MAX_UPSTREAM_CALLS: '1', UPSTREAM_CALLS: 'refuse' } });
    expect((await gateway.ask(MANY)).errors).toMatchObject([
      { extensions: { code: 'TOO_MANY_UPSTREAM_CALLS', estimate: 3, limit: 1 } },
    ]);
  });

  it.each([
    ['the embedded engine, by default', { CONNECT_ADAPTER: 'embedded' }],
    ['aws, with UPSTREAM_CALLS=report', { CONNECT_ADAPTER: 'aws', UPSTREAM_CALLS: 'report' }],
  ])('is reported once for each document, and refuses nothing, with %s', async (_what, settings) => {
    await using aws = await openTestAws();
    const log = memoryLog();
    await using gateway = await startTestGateway({
      logger: log.logger,
      settings: {
        ...settings,
        CONNECT_INSTANCE_ID: SAMPLE.instanceId,
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL_CONNECT: aws.wire.url,
        MAX_UPSTREAM_CALLS: '1',
      },
      wrap: (adapter) => portWith(aws.connect, { close: () => adapter.close() }),
    });
    for (let time = 0; time < 2; time++) expect((await gateway.ask(MANY)).errors).toBeUndefined();
    expect(log.at('warn').match(/exceeds MAX_UPSTREAM_CALLS/g)).toHaveLength(1);
    expect(log.at('warn')).toContain('"estimate":3,"limit":1,"operation":"Many"');
  });

  it('is reported of a document that exceeds it by its variables alone, when it does', () => {
    const reports: number[] = [];
    const document = parse('query ($ids: [ID!]!) { connectContacts(ids: $ids) { chain { contacts { id } } } }');
    const [operation] = document.definitions as [OperationDefinitionNode];
    const check = reportCalls(2, FACTS, ({ estimate: calls }) => reports.push(calls));
    for (const count of [1, 2, 3, 4]) {
      const ids = Array.from({ length: count }, (_, index) => `${index}`);
      expect(check({ schema, document, operation, variables: { ids } })).toBeUndefined();
    }
    expect(reports).toEqual([4]);
  });

  it('counts chains by the length that they may have', () => {
    const document = parse('{ connectContactChain(contactId: "a") { contacts { name } } }');
    const [operation] = document.definitions as [OperationDefinitionNode];
    const request = { schema, document, operation, variables: {} };
    expect(limitCalls(13, FACTS)(request)?.message).toContain('may cost 14 calls');
    expect(limitCalls(13, { chainSize: 12 })(request)).toBeUndefined();
  });
});
