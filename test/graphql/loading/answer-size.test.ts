import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';

const VOICE = '50000000-0000-4000-8000-000000000001';
let gateway: TestGateway;

beforeAll(async () => {
  // What is validated before anything runs would not let most of these pass.
  gateway = await startTestGateway({
    settings: { MAX_COST: '1000000000000000', MAX_DEPTH: '50', MAX_ALIASES: '1000' },
  });
  const creation = `createTaskContact(input: {
    name: "task", flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" }, link: { previousContactId: "${VOICE}" }
  }) { errors { message } }`;
  await gateway.ask(`mutation { ${Array.from({ length: 12 }, (_, index) => `t${index}: ${creation}`).join('\n')} }`);
});
afterAll(() => gateway.close());

/** Chains of the contacts of chains: each further one multiplies by the 13 contacts of the full chain. */
const nested = (depth: number): string => (depth === 0 ? 'id' : `chain { contacts { ${nested(depth - 1)} } }`);

const codesOf = (errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[] = []) => [
  ...new Set(errors.map(({ extensions }) => extensions?.code)),
];

describe('An answer', () => {
  it('lists the contacts of many chains', async () => {
    const ids = Array.from({ length: 100 }, () => VOICE);
    const { data, errors } = await gateway.ask(
      'query ($ids: [ID!]!) { connectContacts(ids: $ids) { chain { contacts { name } } } }',
      { ids },
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ connectContacts: { length: 100 } });
  });

  it.each([4, 6, 12])(
    'is cut where chains of chains, %d deep, would fill the memory: ANSWER_TOO_LARGE',
    async (depth) => {
      const response = await gateway.post({ query: `{ connectContact(id: "${VOICE}") { ${nested(depth)} } }` });
      const text = await response.text();
      expect(text.length).toBeLessThan(1_000_000);
      expect(codesOf(JSON.parse(text).errors)).toEqual(['ANSWER_TOO_LARGE']);
    },
  );

  it('is cut as well where aliases make it wide', async () => {
    const wide = Array.from({ length: 300 }, (_, index) => `c${index}: chain { contacts { id } }`).join('\n');
    const { errors } = await gateway.ask(`{ connectContact(id: "${VOICE}") { ${wide} } }`);
    expect(codesOf(errors)).toEqual(['ANSWER_TOO_LARGE']);
  });
});

describe('MAX_ANSWER_BYTES', () => {
  const aliases = (field: string) => Array.from({ length: 50 }, (_, index) => `a${index}: ${field}`).join(' ');
  const tooLarge = { data: null, errors: [{ extensions: { code: 'ANSWER_TOO_LARGE' } }] };
  let ids: readonly string[];

  beforeAll(async () => {
    const attributes = Array.from({ length: 4_000 }, (_, index) => ({ key: `k${index}`, value: '' }));
    const creation = (index: number) => `t${index}: createTaskContact(input: {
      name: "large", flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" }, attributes: $attributes, description: $text
    }) { contact { id } }`;
    const { data, errors } = await gateway.ask(
      `mutation ($attributes: [ConnectAttributeInput!]!, $text: String!) { ${[...Array(20).keys()].map(creation).join(' ')} }`,
      { attributes, text: 'ä'.repeat(4_096) },
    );
    expect(errors).toBeUndefined();
    ids = Object.values(data as Record<string, { readonly contact: { readonly id: string } }>).map(
      ({ contact }) => contact.id,
    );
  });

  it.each([
    ['a list under many aliases', aliases('attributes { key value }')],
    ['members of a list under many aliases', `attributes { ${aliases('key')} }`],
    ['a long text under many aliases', `${aliases('description')} chain { contacts { ${'b'.repeat(9_000)}: id } }`],
    ['a long alias of __typename in a list', `attributes { ${'c'.repeat(9_000)}: __typename }`],
  ])('refuses a query whose answer would be larger by %s, in bounded time', async (_what, selection) => {
    const repeated = Array.from({ length: 100 }, (_, index) => ids[index % ids.length]);
    const before = process.cpuUsage();
    const response = await gateway.post({
      query: `query ($ids: [ID!]!) { connectContacts(ids: $ids) { ${selection} } }`,
      variables: { ids: repeated },
    });
    const text = await response.text();
    const { user, system } = process.cpuUsage(before);
    expect(JSON.parse(text)).toMatchObject(tooLarge);
    expect(text.length).toBeLessThan(20_000);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });

  it('refuses an id that a router repeats', async () => {
    const representation = {
      __typename: 'ConnectContact',
      instanceId: gateway.config.instanceId,
      id: 'x'.repeat(500_000),
    };
    const answer = await gateway.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ConnectContact { ${aliases('id')} } } }`,
      { representations: [representation] },
    );
    expect(answer).toMatchObject(tooLarge);
  });

  it('leaves a mutation its outcome: fields that have no room are null, each with its error', async () => {
    const many = Array.from({ length: 100 }, (_, index) => `a${index}: attributes { key value }`).join(' ');
    const { data, errors } = await gateway.ask(
      `mutation { updateTaskContact(input: { contactId: "${ids[0]}", name: "new" }) { errors { code } contact { id ${many} } } }`,
    );
    expect(data).toMatchObject({ updateTaskContact: { errors: [], contact: { id: ids[0], a99: null } } });
    expect(codesOf(errors)).toEqual(['ANSWER_TOO_LARGE']);
  });

  it('refuses a query that loads more than it may answer, whatever it answers of it', async () => {
    await using small = await startTestGateway({ settings: { MAX_ANSWER_BYTES: '524288' } });
    const attributes = Array.from({ length: 2_000 }, (_, index) => ({ key: `k${index}`, value: '' }));
    const creation = (index: number) => `t${index}: createTaskContact(input: {
      name: "large", flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" }, attributes: $attributes
    }) { contact { id } }`;
    const created = await small.ask(
      `mutation ($attributes: [ConnectAttributeInput!]!) { ${[...Array(20).keys()].map(creation).join(' ')} }`,
      { attributes },
    );
    const large = Object.values(created.data as Record<string, { readonly contact: { readonly id: string } }>).map(
      ({ contact }) => contact.id,
    );
    const query = 'query ($ids: [ID!]!) { connectContacts(ids: $ids) { attributes(keys: ["k1"]) { key } } }';
    const few = await small.ask(query, { ids: large.slice(0, 5) });
    expect(few).toEqual({ data: { connectContacts: Array(5).fill({ attributes: [{ key: 'k1' }] }) } });
    const many = await small.ask(query, { ids: large });
    expect(many).toMatchObject({
      data: null,
      errors: [
        { message: expect.stringContaining('what it reads has more'), extensions: { code: 'ANSWER_TOO_LARGE' } },
      ],
    });
  });

  it('admits a page of contacts with all their attributes', async () => {
    const { data, errors } = await gateway.ask(
      'query ($ids: [ID!]!) { connectContacts(ids: $ids) { name attributes { key value } } }',
      { ids },
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ connectContacts: { length: 20 } });
  });
});

describe('A document', () => {
  it('has room for a creation with as many attributes as allowed', async () => {
    const attributes = Array.from({ length: 500 }, (_, index) => `{ key: "k${index}", value: "${'v'.repeat(50)}" }`);
    const { data, errors } = await gateway.ask(`mutation { createTaskContact(input: {
      name: "many", flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" }, attributes: [${attributes.join()}]
    }) { errors { message } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ createTaskContact: { errors: [] } });
  });

  it.each([
    ['deep', '{ a '.repeat(20_000)],
    ['wide', `{ ${'__typename '.repeat(20_000)} }`],
    ['full of values', `{ connectContacts(ids: [${'"x" '.repeat(20_000)}]) { id } }`],
  ])('is not read beyond 5,000 tokens: %s', async (_what, query) => {
    const { errors } = await gateway.ask(query);
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/5000 tokens|nested too deep/),
        extensions: { code: expect.stringMatching(/LIMIT_EXCEEDED|GRAPHQL_PARSE_FAILED/) },
      },
    ]);
  });
});
