import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DocumentNode, getIntrospectionQuery, parse, TokenKind } from 'graphql';
import { checkVariables } from '../../../src/pipeline/limits/check-variables.js';
import { measureDocument } from '../../../src/pipeline/limits/measure-document.js';
import type { Limits } from '../../../src/config/limits.js';
import { SAMPLE } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { operationText, operationVariables } from '../../support/operations.js';
import { PortCalls } from '../../support/port.js';

const calls = new PortCalls();
let gateway: TestGateway;
let limits: Limits;
beforeAll(async () => {
  gateway = await startTestGateway({ wrap: calls.wrap });
  ({ limits } = gateway.config);
});
afterAll(() => gateway.close());

interface Sent {
  readonly query: string;
  readonly variables?: object;
}

const operations: readonly (readonly [string, Sent])[] = readdirSync('schema/operations')
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.replace('.graphql', ''))
  .map((name) => [name, { query: operationText(name), variables: operationVariables<object>(name, Date.now()) }]);

/** What GraphiQL asks for when it opens. */
const introspection: Sent = {
  query: getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  }),
};

/** What a router asks for in one step of a plan: 1,000 contacts with all that they report without another read. */
const entities: Sent = {
  query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ConnectContact {
    id instanceId arn channel name description state allowedActions initiationMethod initiatedAt scheduledTime expiresAt
    queue { id arn } enqueuedAt agent { id arn } connectedToAgentAt tags { key value } references { name type value }
    attributes { key value } previousContact { id } relatedContact { id } chain { id linkedTaskLimit }
  } } }`,
  variables: {
    representations: Array.from({ length: 1_000 }, (_, index) => ({
      __typename: 'ConnectContact',
      instanceId: SAMPLE.instanceId,
      id: `${SAMPLE.voiceContact}-${index}`,
    })),
  },
};

function tokensOf({ loc }: DocumentNode): number {
  let count = 0;
  for (let token = loc?.startToken; token; token = token.next ?? undefined) {
    if (token.kind !== TokenKind.SOF && token.kind !== TokenKind.EOF && token.kind !== TokenKind.COMMENT) count += 1;
  }
  return count;
}

/** Values, counted in another way than the gateway does. */
const valuesOf = (variables: object): number => [...JSON.stringify(variables).matchAll(/[:,[]/g)].length;

/** What a request needs of each limit. */
async function needs({ query, variables = {} }: Sent) {
  const document = parse(query);
  const response = await gateway.post({ query, variables }, { 'x-graphql-cost': '1' });
  const { extensions } = (await response.json()) as { extensions: { cost: { estimated: number; most: number } } };
  expect(extensions.cost.most).toBe(limits.cost);
  return {
    bodyBytes: Buffer.byteLength(JSON.stringify({ query, variables })),
    variableValues: valuesOf(variables),
    tokens: tokensOf(document),
    ...measureDocument(document),
    cost: extensions.cost.estimated,
  };
}

describe("The project's own requests stay far below each limit", () => {
  it.each(operations)('%s: a third of each, at most', async (_name, sent) => {
    for (const [limit, needed] of Object.entries(await needs(sent))) {
      expect([limit, needed]).toEqual([limit, expect.any(Number)]);
      expect({ limit, isFar: needed <= limits[limit as keyof Limits] / 3 }).toEqual({ limit, isFar: true });
    }
  });

  it('needs no more than docs/api/limits.md says', async () => {
    const all = await Promise.all(operations.map(([, sent]) => needs(sent)));
    const said = {
      bodyBytes: 3_000,
      variableValues: 40,
      tokens: 150,
      depth: 6,
      aliases: 5,
      directives: 0,
      cost: 6_000,
    };
    for (const needed of all) {
      for (const [limit, most] of Object.entries(said)) {
        expect({ limit, isWithin: needed[limit as keyof typeof said] <= most }).toEqual({ limit, isWithin: true });
      }
    }
  });

  it("GraphiQL's introspection: a tenth, whatever it nests", async () => {
    const needed = await needs(introspection);
    expect(needed).toMatchObject({ depth: 1, aliases: 0, directives: 0, cost: 5_000 });
    expect(needed.tokens).toBeLessThan(limits.tokens / 10);
  });

  it('1,000 representations of a router, with all that a contact reports: less than half', async () => {
    const needed = await needs(entities);
    expect(needed).toMatchObject({ cost: 36_000, depth: 3 });
    for (const [limit, value] of Object.entries(needed)) {
      expect({ limit, isFar: value < limits[limit as keyof Limits] / 2 }).toEqual({ limit, isFar: true });
    }
  });
});

const aliased = (count: number) => Array.from({ length: count }, (_, index) => `a${index}: __typename`).join(' ');
const chains = (depth: number) => `${'chain { initialContact { '.repeat(depth)}id${' } }'.repeat(depth)}`;
const listed = (depth: number): string => (depth === 0 ? 'id' : `chain { contacts { ${listed(depth - 1)} } }`);
const ids = Array.from({ length: 100 }, () => SAMPLE.voiceContact);

/** Fragments of which each spreads the next one twice: ten lines, a thousand fields. */
const doubling = (fields: string, of: number) =>
  `{ connectContact(id: "a") { ...F0 } } ${Array.from(
    { length: of },
    (_, index) => `fragment F${index} on ConnectContact { ...F${index + 1} ...F${index + 1} }`,
  ).join(' ')} fragment F${of} on ConnectContact { ${fields} }`;

describe('A request beyond a limit is refused before anything runs, with the limit, what came and what to do', () => {
  const refused: readonly (readonly [string, Sent, object, RegExp])[] = [
    [
      'depth',
      { query: `{ connectContact(id: "a") { ${chains(8)} } }` },
      { limit: 'MAX_DEPTH', most: 16, actual: 18 },
      /by its id/,
    ],
    [
      'depth in a variable',
      { query: 'query ($a: ID!) { connectContact(id: $a) { id } }', variables: { a: nest(20) } },
      { limit: 'MAX_DEPTH', most: 16 },
      /nested more than 16 deep/,
    ],
    ['aliases', { query: `{ ${aliased(51)} }` }, { limit: 'MAX_ALIASES', most: 50, actual: 51 }, /connectContacts/],
    [
      'aliases that fragments multiply',
      { query: doubling('a: id', 10) },
      { limit: 'MAX_ALIASES', most: 50, actual: 1024 },
      /1024 aliases/,
    ],
    [
      'directives',
      { query: `{ ${'__typename @skip(if: false) '.repeat(51)} }` },
      { limit: 'MAX_DIRECTIVES', most: 50, actual: 51 },
      /51 directives/,
    ],
    [
      'directives that fragments multiply',
      { query: doubling('id @include(if: true)', 40) },
      { limit: 'MAX_DIRECTIVES', most: 50, actual: 2 ** 40 },
      /directives/,
    ],
    ['tokens', { query: `{ ${'__typename '.repeat(5_000)} }` }, { limit: 'MAX_TOKENS', most: 5_000 }, /as variables/],
    [
      'cost',
      { query: `query ($ids: [ID!]!) { connectContacts(ids: $ids) { ${listed(3)} } }`, variables: { ids } },
      { limit: 'MAX_COST', most: 100_000, actual: 122_600 },
      /fewer items/,
    ],
    [
      'cost of an introspection that aliases multiply',
      { query: `{ ${Array.from({ length: 25 }, (_, i) => `a${i}: __schema { types { name } }`).join(' ')} }` },
      { limit: 'MAX_COST', most: 100_000, actual: 125_000 },
      /fewer/,
    ],
    [
      'cost of 50 searches that count',
      {
        query: `query ($filter: ConnectContactFilter!) { ${Array.from({ length: 50 }, (_, i) => `a${i}: searchConnectContacts(first: 1, filter: $filter) { totalCount }`).join(' ')} }`,
        variables: {
          filter: { name: 'no such text', timeRange: { field: 'INITIATED', from: new Date(0), to: new Date() } },
        },
      },
      { limit: 'MAX_COST', most: 100_000, actual: 250_100 },
      /fewer/,
    ],
    [
      'values',
      {
        query: 'query ($a: [ID!]!) { connectContacts(ids: $a) { id } }',
        variables: { a: Array.from({ length: 50_001 }, () => 1) },
      },
      { limit: 'MAX_VARIABLE_VALUES', most: 50_000 },
      /more than 50000 values/,
    ],
    [
      'members of an object',
      {
        query: 'query ($a: [_Any!]!) { _entities(representations: $a) { __typename } }',
        variables: { a: [Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`v${i}`, 1]))] },
      },
      { limit: 'MAX_VARIABLE_MEMBERS', most: 100, actual: 101 },
      /101 members/,
    ],
    [
      'variables',
      {
        query: '{ __typename }',
        variables: Object.fromEntries(Array.from({ length: 50_001 }, (_, i) => [`v${i}`, 1])),
      },
      { limit: 'MAX_VARIABLE_VALUES', most: 50_000, actual: 50_001 },
      /less in one request/,
    ],
  ];

  it.each(refused)('%s', async (_what, sent, facts, advice) => {
    calls.take();
    for (const [accept, status] of [
      ['application/json', 200],
      ['application/graphql-response+json', 422],
    ] as const) {
      const response = await gateway.post(sent, { accept });
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({
        errors: [
          {
            message: expect.stringMatching(advice),
            extensions: { code: 'LIMIT_EXCEEDED', requestId: expect.any(String), ...facts },
          },
        ],
      });
    }
    expect(calls.take()).toEqual([]);
  });

  it('refuses a mutation', async () => {
    const creation = `createTaskContact(input: { name: "x", flow: { contactFlowId: "${SAMPLE.contactFlow}" } }) { errors { code } }`;
    calls.take();
    const query = `mutation { ${Array.from({ length: 51 }, (_, index) => `t${index}: ${creation}`).join(' ')} }`;
    const { data, errors } = await gateway.ask(query);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'MAX_ALIASES' } }]);
    expect(calls.take()).toEqual([]);
  });

  it('fragments that spread themselves, which are no document at all', async () => {
    for (const query of [
      '{ ...A } fragment A on Query { ...A }',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { a: __typename ...A }',
    ]) {
      const { errors } = await gateway.ask(query);
      expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    }
  });

  it('refuses what is too deep to be measured, with limits far away', async () => {
    await using open = await startTestGateway({
      settings: { MAX_TOKENS: '1000000', MAX_DEPTH: '500', MAX_BODY_BYTES: '10000000', MAX_COST: '1000000000000' },
    });
    for (const depth of [600, 1_300, 2_000, 5_000, 20_000]) {
      for (const query of [
        `{ connectContact(id: "a") { ${chains(depth)} } }`,
        `{ ${'... on Query { '.repeat(depth)}__typename${' }'.repeat(depth)} }`,
        `{ connectContacts(ids: ${'['.repeat(depth)}${']'.repeat(depth)}) { id } }`,
        `{ ...F0 } ${Array.from({ length: depth }, (_, i) => `fragment F${i} on Query { ...F${i + 1} }`).join(' ')} fragment F${depth} on Query { __typename }`,
      ]) {
        const { status, ...response } = await open.post({ query }).then(async (answer) => ({
          status: answer.status,
          ...((await answer.json()) as { errors?: { extensions: { code: string } }[] }),
        }));
        expect(status).toBe(200);
        for (const { extensions } of response.errors ?? []) {
          expect(extensions.code).toMatch(/^(LIMIT_EXCEEDED|BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/);
        }
      }
    }
  });

  it('fields of one name, again and again, which validation would compare with each other', async () => {
    const { errors } = await gateway.ask(`{ ${'connectContact(id: "a") { id } '.repeat(490)} }`);
    expect(errors).toMatchObject([{ message: expect.stringMatching(/repeats too many fields/) }]);
  });

  it('follows the settings', async () => {
    await using strict = await startTestGateway({
      settings: {
        MAX_DEPTH: '2',
        MAX_ALIASES: '0',
        MAX_DIRECTIVES: '0',
        MAX_TOKENS: '20',
        MAX_COST: '10',
        MAX_VARIABLE_VALUES: '2',
      },
    });
    const limitOf = async (query: string, variables = {}) =>
      (await strict.ask(query, variables)).errors?.[0]?.extensions;
    expect(await limitOf('{ connectContact(id: "a") { id } }')).toBeUndefined();
    for (const [limit, query, variables] of [
      ['MAX_DEPTH', '{ connectContact(id: "a") { chain { id } } }'],
      ['MAX_ALIASES', '{ a: __typename }'],
      ['MAX_DIRECTIVES', '{ __typename @skip(if: true) }'],
      ['MAX_TOKENS', `{ ${'__typename '.repeat(19)} }`],
      ['MAX_COST', '{ connectContacts(ids: ["a", "b", "c"]) { id } }'],
      ['MAX_VARIABLE_VALUES', '{ __typename }', { a: 1, b: 2, c: 3 }],
    ] as const) {
      expect(await limitOf(query, variables)).toMatchObject({ code: 'LIMIT_EXCEEDED', limit });
    }
  });
});

describe('A cost', () => {
  it('is reported to clients that ask for it', async () => {
    const query = '{ connectContact(id: "a") { id } }';
    const reported = async (headers: Readonly<Record<string, string>>) =>
      ((await (await gateway.post({ query }, headers)).json()) as { extensions?: unknown }).extensions;
    expect(await reported({})).toBeUndefined();
    expect(await reported({ 'x-graphql-cost': '0' })).toBeUndefined();
    expect(await reported({ 'x-graphql-cost': '1' })).toEqual({ cost: { estimated: 1, most: 100_000 } });
  });
});

const BOUNDS = { variableValues: 100, variableMembers: 100, depth: 16 };

describe('Variables', () => {
  it.each([
    [{}, 0],
    [{ a: 1 }, 1],
    [{ a: [1, 2, { b: null }] }, 5],
  ])('are counted with what is within them: %j', (variables, count) => {
    expect(checkVariables(variables, { ...BOUNDS, variableValues: count })).toBeUndefined();
    if (count > 0) expect(checkVariables(variables, { ...BOUNDS, variableValues: count - 1 })).toBeDefined();
  });

  it('have as many members in each object as the limit says, and any number of items in a list', () => {
    const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`v${i}`, 1]));
    const bounds = { ...BOUNDS, variableValues: 1_000 };
    expect(checkVariables({ a: members(100), b: [members(100)] }, bounds)).toBeUndefined();
    expect(checkVariables({ a: [1, members(101)] }, bounds)).toBeDefined();
    expect(checkVariables({ a: Array.from({ length: 500 }, () => 1) }, bounds)).toBeUndefined();
  });

  it('are as deep as the limit says', () => {
    expect(checkVariables({ a: nest(3) }, { ...BOUNDS, depth: 3 })).toBeUndefined();
    expect(checkVariables({ a: nest(4) }, { ...BOUNDS, depth: 3 })).toBeDefined();
    expect(checkVariables({ a: nest(100_000) }, { ...BOUNDS, variableValues: 1_000_000, depth: 3 })).toBeDefined();
  });
});

function nest(depth: number): unknown {
  let value: unknown = 1;
  for (let count = 0; count < depth; count += 1) value = [value];
  return value;
}
