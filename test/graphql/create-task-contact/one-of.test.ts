import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';

interface Introspection {
  readonly __schema: { readonly types: readonly { readonly name: string; readonly isOneOf: boolean | null }[] };
}

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const FLOW = '20000000-0000-4000-8000-000000000001';
const QUICK_CONNECT = '30000000-0000-4000-8000-000000000001';
const VOICE = '50000000-0000-4000-8000-000000000001';
const SELECTION = '{ contact { id } errors { code } }';

const byLiteral = (members: string) =>
  gateway.ask(`mutation { createTaskContact(input: { name: "x", ${members} }) ${SELECTION} }`);
const byVariable = (input: object) =>
  gateway.ask(`mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) ${SELECTION} }`, {
    input: { name: 'x', ...input },
  });
const byVariableInside = (flow: string, variables: Readonly<Record<string, string | null>>) => {
  const declared = Object.keys(variables)
    .map((name) => `$${name}: ID!`)
    .join(', ');
  return gateway.ask(
    `mutation (${declared}) { createTaskContact(input: { name: "x", flow: ${flow} }) ${SELECTION} }`,
    variables,
  );
};

const stored = () => gateway.rows("select 1 from contact where channel = 'TASK'").length;

async function refused(answer: ReturnType<TestGateway['ask']>, code: string): Promise<void> {
  const before = stored();
  const { data, errors = [] } = await answer;
  expect(data ?? null).toBeNull();
  expect(errors.map(({ extensions }) => extensions?.code)).toContain(code);
  expect(errors.map(({ message }) => message).join()).toMatch(
    /exactly one|not to be null|must be non-null|has invalid value/i,
  );
  expect(stored()).toBe(before);
}

describe('The flow source is exactly one of three', () => {
  it('taken as a literal, as a variable, and as a variable inside a literal', async () => {
    const expected = { data: { createTaskContact: { contact: { id: expect.any(String) }, errors: [] } } };
    expect(await byLiteral(`flow: { contactFlowId: "${FLOW}" }`)).toEqual(expected);
    expect(await byVariable({ flow: { quickConnectId: QUICK_CONNECT } })).toEqual(expected);
    expect(await byVariableInside('{ contactFlowId: $a }', { a: FLOW })).toEqual(expected);
  });

  it.each([
    ['two', `{ contactFlowId: "${FLOW}", quickConnectId: "${QUICK_CONNECT}" }`],
    ['none', '{}'],
    ['null', '{ contactFlowId: null }'],
    ['one, and null', `{ contactFlowId: "${FLOW}", quickConnectId: null }`],
  ])('refused by literal: %s', async (_what, flow) => {
    await refused(byLiteral(`flow: ${flow}`), 'BAD_USER_INPUT');
  });

  it.each([{ contactFlowId: FLOW, quickConnectId: QUICK_CONNECT }, {}])('says so in whole words: %j', async (flow) => {
    const { errors = [] } = await byVariable({ flow });
    expect(errors.map(({ message }) => message).join()).toContain(
      'Exactly one key must be specified for OneOf type "ConnectFlowSourceInput".',
    );
  });

  it('keeps what is said, and shortens the values alone', async () => {
    const { errors = [] } = await byVariable({ flow: { contactFlowId: 'a'.repeat(300), quickConnectId: 'b' } });
    const [message = ''] = errors.map((error) => error.message);
    expect(message).toContain(`contactFlowId: "${'a'.repeat(40)}…", quickConnectId: "b"`);
    expect(message).toContain('for OneOf type "ConnectFlowSourceInput".');
  });

  it.each([
    ['two', { contactFlowId: FLOW, quickConnectId: QUICK_CONNECT }],
    ['all three', { contactFlowId: FLOW, quickConnectId: QUICK_CONNECT, taskTemplateId: 'x' }],
    ['none', {}],
    ['null', { contactFlowId: null }],
    ['one, and null', { contactFlowId: FLOW, quickConnectId: null }],
    ['nothing at all', null],
  ])('refused by variable: %s', async (_what, flow) => {
    await refused(byVariable({ flow }), 'BAD_USER_INPUT');
  });

  it('refused by variables inside a literal: two', async () => {
    const answer = byVariableInside('{ contactFlowId: $a, quickConnectId: $b }', { a: FLOW, b: QUICK_CONNECT });
    await refused(answer, 'BAD_USER_INPUT');
  });

  it.each([
    ['null', { a: null }],
    ['left out', {}],
  ])('refused by a variable inside a literal that is %s', async (_what, variables) => {
    const query = `mutation ($a: ID) { createTaskContact(input: { name: "x", flow: { contactFlowId: $a } }) ${SELECTION} }`;
    await refused(gateway.ask(query, variables), 'BAD_USER_INPUT');
  });
});

describe('A nullable variable as the member of a @oneOf input', () => {
  it.each([
    ['in a non-null position', 'flow: { contactFlowId: $a }'],
    ['in a nullable position', `flow: { contactFlowId: "${FLOW}" }, link: { relatedContactId: $a }`],
  ])('is refused before an earlier mutation of the document runs: %s', async (_where, members) => {
    const before = stored();
    const query = `mutation ($a: ID) {
      one: createTaskContact(input: { name: "1", flow: { contactFlowId: "${FLOW}" } }) ${SELECTION}
      two: createTaskContact(input: { name: "2", ${members} }) ${SELECTION}
    }`;
    for (const variables of [{}, { a: null }, { a: VOICE }]) {
      const { data, errors } = await gateway.ask(query, variables);
      expect(data).toBeUndefined();
      expect(errors).toMatchObject([{ message: expect.stringContaining('must be non-nullable') }]);
    }
    expect(stored()).toBe(before);
  });

  it.each([
    [
      'with a default',
      'mutation ($a: ID = "a") { createTaskContact(input: { name: "x", flow: { contactFlowId: $a } }) { errors { code } } }',
    ],
    [
      'within a fragment',
      'mutation ($a: ID) { ...F } fragment F on Mutation { createTaskContact(input: { name: "x", flow: { contactFlowId: $a } }) { errors { code } } }',
    ],
  ])('is refused as the value of a wrong shape: %s', async (_which, query) => {
    const { data, errors } = await gateway.ask(query, { a: FLOW });
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('The link is exactly one of two', () => {
  const link = { previousContactId: VOICE, relatedContactId: VOICE };

  it('refused by literal: both', async () => {
    const both = `{ previousContactId: "${VOICE}", relatedContactId: "${VOICE}" }`;
    await refused(byLiteral(`flow: { contactFlowId: "${FLOW}" }, link: ${both}`), 'BAD_USER_INPUT');
  });

  it.each([
    ['both', link],
    ['none', {}],
    ['null inside', { previousContactId: null }],
  ])('refused by variable: %s', async (_what, given) => {
    await refused(byVariable({ flow: { contactFlowId: FLOW }, link: given }), 'BAD_USER_INPUT');
  });

  it('accepts an omitted or null link', async () => {
    const expected = { data: { createTaskContact: { contact: { id: expect.any(String) }, errors: [] } } };
    expect(await byVariable({ flow: { contactFlowId: FLOW }, link: null })).toEqual(expected);
  });
});

describe('@oneOf is visible', () => {
  it('shows in the SDL for routers', async () => {
    const { data } = await gateway.run<{ _service: { sdl: string } }, object>(parse('{ _service { sdl } }'), {});
    const sdl = data?._service.sdl;
    expect(sdl).toMatch(/input ConnectFlowSourceInput\s+@oneOf/);
    expect(sdl).toMatch(/input ConnectContactLinkInput\s+@oneOf/);
  });

  it('shows in introspection', async () => {
    const { data } = await gateway.run<Introspection, object>(parse('{ __schema { types { name isOneOf } } }'), {});
    const oneOf = data?.__schema.types.filter(({ isOneOf }) => isOneOf).map(({ name }) => name);
    expect(oneOf?.sort()).toEqual([
      'ConnectContactChangesInput',
      'ConnectContactLinkInput',
      'ConnectFlowSourceInput',
      'ConnectRoutingInput',
      'ConnectTransferTargetInput',
    ]);
  });

  it('is refused in a nullable position of another input', async () => {
    const input = '{ contactId: "c", contactFlowId: "f", target: { queueId: $a } }';
    const query = `mutation ($a: ID) { transferTaskContact(input: ${input}) { errors { code } } }`;
    const { data, errors } = await gateway.ask(query, { a: FLOW });
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('must be non-nullable'),
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ]);
  });
});
