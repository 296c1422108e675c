import { describe, expect, it } from '@jest/globals';
import { SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { PortCalls, portWith } from '../../support/port.js';
import { InvalidParameterError, ThrottlingError } from '../../../src/connect/errors.js';

const FLOWS = `query ($first: Int, $after: String, $instanceId: ID) {
  connectContactFlows(first: $first, after: $after, instanceId: $instanceId) {
    edges { cursor node { name } } nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface FlowPage {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly name: string } }[];
  readonly nodes: readonly { readonly name: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly endCursor: string };
}

async function flows(gateway: TestGateway, variables: object): Promise<FlowPage> {
  const { data, errors } = await gateway.ask(FLOWS, variables);
  expect(errors).toBeUndefined();
  return data?.connectContactFlows as FlowPage;
}

describe('the lists of flows, quick connects and templates', () => {
  it.each([1, 2, 3, 5, 6, 100])('give every flow once in pages of %d, one call a page', async (first) => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const names: string[] = [];
    let after: string | undefined;
    let pages = 0;
    for (;;) {
      const page = await flows(gateway, { first, after });
      expect(page.nodes).toEqual(page.edges.map(({ node }) => node));
      expect(page.pageInfo.hasPreviousPage).toBe(after !== undefined);
      names.push(...page.nodes.map(({ name }) => name));
      pages += 1;
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(names).toHaveLength(6);
    expect(names).toEqual([...new Set(names)].sort());
    expect(pages).toBe(Math.ceil(6 / first));
    expect(calls.takeMethods()).toEqual(Array(pages).fill('listContactFlows'));
  });

  it('go on after any item, not only after the last one of a page', async () => {
    await using gateway = await startTestGateway();
    const whole = await flows(gateway, { first: 100 });
    const expected = whole.nodes.map(({ name }) => name);
    for (const [index, { cursor }] of whole.edges.entries()) {
      const rest = await flows(gateway, { first: 100, after: cursor });
      expect(rest.nodes.map(({ name }) => name)).toEqual(expected.slice(index + 1));
      expect(rest.pageInfo.hasNextPage).toBe(false);
    }
  });

  it('refuse cursors of other lists and texts that are none', async () => {
    await using gateway = await startTestGateway();
    const { pageInfo } = await flows(gateway, { first: 1 });
    const query = 'query ($after: String) { connectQuickConnects(after: $after) { nodes { id } } }';
    const forged = Buffer.from(JSON.stringify(['x', null, 0, false])).toString('base64url');
    for (const after of [pageInfo.endCursor, 'none', '', forged]) {
      const { data, errors } = await gateway.ask(query, { after });
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_CURSOR' }, path: ['connectQuickConnects'] }]);
    }
  });

  it.each([
    ['that names it', ['nextToken'], 'BAD_CURSOR'],
    ['that names nothing, where all else served a page before', [], 'BAD_CURSOR'],
    ['of something else', ['types'], 'BAD_USER_INPUT'],
  ])('report a token that Connect no longer takes as a bad cursor: a refusal %s', async (_what, path, code) => {
    const violation = { rule: 'api/service-refused', path, limit: '', actual: '', message: 'no' } as const;
    let expired = false;
    await using gateway = await startTestGateway({
      wrap: (connect) =>
        portWith(connect, {
          listContactFlows: async (request, options) => {
            if (expired) throw new InvalidParameterError([violation]);
            return connect.listContactFlows(request, options);
          },
        }),
    });
    const { pageInfo } = await flows(gateway, { first: 2 });
    expired = true;
    const { errors } = await gateway.ask(FLOWS, { first: 2, after: pageInfo.endCursor });
    expect(errors).toMatchObject([{ extensions: { code } }]);
    // Without a token there is none to be at fault.
    expect((await gateway.ask(FLOWS, { first: 2 })).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it.each([0, -1, 101])('refuse first: %d', async (first) => {
    await using gateway = await startTestGateway();
    const { errors } = await gateway.ask(FLOWS, { first });
    expect(errors).toMatchObject([{ message: `first: expected 1 to 100, but got ${first}.` }]);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('refuse an instance that is not served, and pass on what happens to the call', async () => {
    await using gateway = await startTestGateway({
      wrap: (connect) =>
        portWith(connect, {
          listTaskTemplates: async () => {
            throw new ThrottlingError(500);
          },
        }),
    });
    const unserved = await gateway.ask(FLOWS, { instanceId: UNKNOWN_ID });
    expect(unserved.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    const throttled = await gateway.ask('{ connectTaskTemplates { nodes { id } } }');
    expect(throttled.errors).toMatchObject([{ extensions: { code: 'THROTTLED', retryAfterMs: 500 } }]);
  });
});

describe('templates', () => {
  it('read what a list does not report at once: two calls for all fields and flows of a page', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { data, errors } = await gateway.ask(
      '{ connectTaskTemplates { nodes { id name fields { name } contactFlow { name canStartTask } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data?.connectTaskTemplates).toMatchObject({
      nodes: expect.arrayContaining([
        {
          id: SAMPLE.taskTemplate.withoutFlow,
          name: 'Sample template without a flow',
          fields: [{ name: 'Name' }],
          contactFlow: null,
        },
      ]),
    });
    expect(calls.takeMethods()).toEqual(['listTaskTemplates', 'getTaskTemplates', 'describeContactFlows']);
  });

  it('are null where there is none, with an error where the instance is not served', async () => {
    await using gateway = await startTestGateway();
    const { data, errors } = await gateway.ask(
      `{ a: connectTaskTemplate(id: "${UNKNOWN_ID}") { id } b: connectTaskTemplate(id: "${SAMPLE.taskTemplate.withFlow}", instanceId: "${UNKNOWN_ID}") { id } }`,
    );
    expect(errors).toMatchObject([
      { path: ['b'], message: expect.stringContaining('instanceId'), extensions: { code: 'NOT_FOUND' } },
    ]);
    expect(data).toEqual({ a: null, b: null });
  });
});

describe('the lists of queues and users', () => {
  it('go page by page, with all of their fields by one call', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { data, errors } = await gateway.ask(
      '{ connectQueues { nodes { id instanceId arn name type } } connectUsers(first: 2) { nodes { id instanceId arn username } pageInfo { hasNextPage endCursor } } }',
    );
    expect(errors).toBeUndefined();
    const { instanceId, instanceArn } = SAMPLE;
    const queue = (id: string, name: string) => ({
      id,
      instanceId,
      arn: `${instanceArn}/queue/${id}`,
      name,
      type: 'STANDARD',
    });
    const user = (id: string, username: string) => ({ id, instanceId, arn: `${instanceArn}/agent/${id}`, username });
    const { nodes, pageInfo } = (data?.connectUsers ?? {}) as FlowPage;
    expect(data?.connectQueues).toEqual({
      nodes: [queue(SAMPLE.otherQueue, 'Sample escalations'), queue(SAMPLE.queue, 'Sample queue')],
    });
    expect(nodes).toEqual([user(SAMPLE.user, 'sample.agent'), user(SAMPLE.otherUser, 'sample.expert')]);
    expect(pageInfo.hasNextPage).toBe(true);
    expect(calls.takeMethods().toSorted()).toEqual(['listQueues', 'listUsers']);
    const rest = await gateway.ask(
      'query ($after: String) { connectUsers(after: $after) { nodes { username } pageInfo { hasNextPage } } }',
      { after: pageInfo.endCursor },
    );
    expect(rest.data?.connectUsers).toEqual({
      nodes: [{ username: 'sample.supervisor' }],
      pageInfo: { hasNextPage: false },
    });
  });
});

describe('references to queues and users, from other subgraphs', () => {
  it('cost no call for their keys, one call of each kind for the rest, and are null if they do not exist', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { instanceId } = SAMPLE;
    const representations = [
      { __typename: 'ConnectQueue', instanceId, id: SAMPLE.queue },
      { __typename: 'ConnectUser', instanceId, id: SAMPLE.otherUser },
      { __typename: 'ConnectUser', instanceId, id: UNKNOWN_ID },
      { __typename: 'ConnectQueue', instanceId: UNKNOWN_ID, id: SAMPLE.queue },
    ];
    const ask = (ofQueue: string, ofUser: string) =>
      gateway.ask(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) {
          ... on ConnectQueue { id ${ofQueue} } ... on ConnectUser { id ${ofUser} }
        } }`,
        { representations },
      );
    const keys = await ask('', '');
    expect(keys.errors).toBeUndefined();
    // A key alone is not verified, except for an instance that is not served.
    expect(keys.data?._entities).toEqual([{ id: SAMPLE.queue }, { id: SAMPLE.otherUser }, { id: UNKNOWN_ID }, null]);
    expect(calls.take()).toEqual([]);
    const whole = await ask('name type', 'username');
    expect(whole.errors).toBeUndefined();
    expect(whole.data?._entities).toEqual([
      { id: SAMPLE.queue, name: 'Sample queue', type: 'STANDARD' },
      { id: SAMPLE.otherUser, username: 'sample.expert' },
      null,
      null,
    ]);
    expect(calls.takeMethods().toSorted()).toEqual(['describeQueues', 'describeUsers']);
  });
});

describe('references to flows, quick connects and templates, from other subgraphs', () => {
  it('cost no call for their keys, and one a kind for the rest', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { instanceId } = SAMPLE;
    const representations = [
      { __typename: 'ConnectContactFlow', instanceId, id: SAMPLE.contactFlow },
      { __typename: 'ConnectQuickConnect', instanceId, id: SAMPLE.quickConnect.queue },
      { __typename: 'ConnectQuickConnect', instanceId, id: SAMPLE.quickConnect.phoneNumber },
      { __typename: 'ConnectTaskTemplate', instanceId, id: SAMPLE.taskTemplate.inactive },
    ];
    const ask = (fields: string) =>
      gateway.ask(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) {
          ... on ConnectContactFlow { id ${fields} } ... on ConnectQuickConnect { id ${fields} } ... on ConnectTaskTemplate { id ${fields} }
        } }`,
        { representations },
      );
    expect((await ask('')).data?._entities).toHaveLength(4);
    expect(calls.take()).toEqual([]);
    expect((await ask('name')).data?._entities).toMatchObject([
      { name: 'Sample inbound flow' },
      { name: 'Sample queue' },
      { name: 'Sample phone number' },
      { name: 'Sample inactive template' },
    ]);
    expect(calls.takeMethods().toSorted()).toEqual([
      'describeContactFlows',
      'describeQuickConnects',
      'getTaskTemplates',
    ]);
  });
});
