import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

const BROWSER = { accept: 'text/html,*/*;q=0.8' };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ settings: { NODE_ENV: 'production', CONNECT_ADAPTER: 'embedded' } });
});
afterAll(() => gateway.close());

describe('In production', () => {
  it.each([
    ['the schema', getIntrospectionQuery()],
    ['a type', '{ __type(name: "Query") { name } }'],
    ['the schema within a fragment', '{ ...A } fragment A on Query { __schema { types { name } } }'],
    ['the SDL that routers compose by', '{ _service { sdl } }'],
  ])('%s is not reported', async (_what, query) => {
    const { data, errors } = await gateway.ask(query);
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message: expect.stringMatching(/^Introspection is off: .*INTROSPECTION=on/),
        locations: [expect.anything()],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', requestId: expect.any(String) },
      },
    ]);
  });

  it("shows a type's name and serves entities", async () => {
    const representations = [{ __typename: 'ConnectContact', instanceId: SAMPLE.instanceId, id: SAMPLE.voiceContact }];
    const query =
      'query ($representations: [_Any!]!) { __typename _entities(representations: $representations) { __typename ... on ConnectContact { channel } } }';
    expect(await gateway.ask(query, { representations })).toEqual({
      data: { __typename: 'Query', _entities: [{ __typename: 'ConnectContact', channel: 'VOICE' }] },
    });
  });

  it.each([
    ['a field', '{ conectContact(id: "a") { id } }', {}],
    ['an argument', '{ connectContact(idd: "a") { id } }', {}],
    ['a type', 'query ($a: ConnectContac) { __typename }', {}],
    ['a fragment’s type', '{ ... on Qery { __typename } }', {}],
    ['a directive', '{ __typename @skp(if: true) }', {}],
    [
      'a member of an input',
      'mutation { createTaskContact(input: { nme: "x", name: "x", flow: { contactFlowId: "a" } }) { errors { code } } }',
      {},
    ],
    [
      'a member of an input in a variable',
      'mutation ($i: CreateTaskContactInput!) { createTaskContact(input: $i) { errors { code } } }',
      { i: { nme: 'x', name: 'x', flow: { contactFlowId: 'a' } } },
    ],
    [
      'a word of an enumeration',
      'mutation ($i: CreateTaskContactInput!) { createTaskContact(input: $i) { errors { code } } }',
      { i: { name: 'x', flow: { contactFlowId: 'a' }, references: [{ name: 'a', type: 'UR', value: 'a' }] } },
    ],
  ])('answers a wrong name without suggestions: %s', async (_what, query, variables) => {
    const text = async (of: TestGateway) => JSON.stringify((await of.ask(query, variables)).errors);
    expect(await text(gateway)).not.toMatch(/did you mean/i);
    expect(await text(gateway)).toMatch(/"message":"\w/);
  });

  it('there is no GraphiQL', async () => {
    const page = await fetch(`${gateway.url}/graphql`, { headers: BROWSER });
    expect(page.status).toBe(405);
    for (const path of ['/', '/graphiql/assets/main.js', '/graphiql']) {
      expect((await fetch(`${gateway.url}${path}`, { headers: BROWSER })).status).toBe(404);
    }
  });

  it('turns each on again by its setting', async () => {
    await using open = await startTestGateway({
      settings: { NODE_ENV: 'production', CONNECT_ADAPTER: 'embedded', INTROSPECTION: 'on', GRAPHIQL: 'on' },
    });
    expect((await open.ask('{ _service { sdl } __schema { queryType { name } } }')).errors).toBeUndefined();
    expect((await open.ask('{ conectContact(id: "a") { id } }')).errors).toMatchObject([
      { message: expect.stringMatching(/Did you mean/) },
    ]);
    expect((await fetch(`${open.url}/graphql`, { headers: BROWSER })).headers.get('content-type')).toMatch(/^text\//);
  });
});
