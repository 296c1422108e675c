import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FormattedExecutionResult } from 'graphql';
import { gatewayBefore, openTestAws, type TestAws } from '../../support/aws.js';
import { MINUTE, NOW, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { PortCalls, portWith } from '../../support/port.js';
import { noteStatements } from '../../support/statements.js';

const iso = (instant: number) => new Date(instant).toISOString();
const timeRange = { field: 'INITIATED', from: iso(NOW), to: iso(NOW + 60 * MINUTE) };
const TAG = { key: 'team', value: 'blue' };

const SEARCH = `query ($filter: ConnectContactFilter!, $sort: ConnectContactSort, $first: Int, $after: String, $instanceId: ID) {
  searchConnectContacts(filter: $filter, sort: $sort, first: $first, after: $after, instanceId: $instanceId) {
    edges { cursor node { name } } nodes { name } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly name: string } }[];
  readonly nodes: readonly { readonly name: string }[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly endCursor: string };
}

/** The broken rules that an answer reports. */
function violationsOf([error]: FormattedExecutionResult['errors'] = []): readonly {
  readonly path: readonly string[];
}[] {
  return (error?.extensions?.violations ?? []) as never;
}

/** Adapters over engines that hold the same: five tasks, a minute apart; Ben is tagged, Cleo was linked to Ann. */
const ADAPTERS = {
  embedded: async () => {
    let now = NOW;
    const gateway = await startTestGateway({ now: () => now });
    await fill(gateway, () => {
      now += MINUTE;
    });
    return { gateway, close: () => gateway.close() };
  },
  aws: async () => {
    const aws: TestAws = await openTestAws();
    const gateway = await gatewayBefore(aws);
    await fill(gateway, () => {
      aws.wire.test.clock.now += MINUTE;
    });
    return {
      gateway,
      close: async () => {
        await gateway.close();
        await aws[Symbol.asyncDispose]();
      },
    };
  },
};

async function fill(gateway: TestGateway, pass: () => void): Promise<void> {
  const ids: Record<string, string> = {};
  for (const name of ['Ann', 'Ben', 'Cleo', 'Dora', 'ben again']) {
    const link = name === 'Cleo' ? { previousContactId: ids.Ann } : undefined;
    const { data, errors } = await gateway.ask(
      'mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { id } errors { message } } }',
      {
        input: {
          name,
          link,
          flow: { contactFlowId: SAMPLE.contactFlow },
          attributes: [{ key: 'first', value: name.slice(0, 1) }],
        },
      },
    );
    expect(errors).toBeUndefined();
    ids[name] = (data as { createTaskContact: { contact: { id: string } } }).createTaskContact.contact.id;
    pass();
  }
  const tagged = await gateway.ask(
    'mutation ($input: TagTaskContactInput!) { tagTaskContact(input: $input) { errors { message } } }',
    { input: { contactId: ids.Ben, tags: [TAG] } },
  );
  expect(tagged).toEqual({ data: { tagTaskContact: { errors: [] } } });
}

describe.each(Object.entries(ADAPTERS))('searchConnectContacts, %s', (_name, open) => {
  let gateway: TestGateway;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ gateway, close } = await open());
  });
  afterAll(() => close());

  const search = async (variables: object = {}): Promise<Page> => {
    const { data, errors } = await gateway.ask(SEARCH, { filter: { timeRange }, ...variables });
    expect(errors).toBeUndefined();
    return data?.searchConnectContacts as Page;
  };
  const names = (page: Page) => page.nodes.map(({ name }) => name).join();

  it('finds the contacts of a range, the latest first, and counts them', async () => {
    const page = await search();
    expect(names(page)).toBe('ben again,Dora,Cleo,Ben,Ann');
    expect(page.totalCount).toBe(5);
    expect(page.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
  });

  it.each<[string, object, string]>([
    ['a part of a name, in any case', { name: 'BEN' }, 'ben again,Ben'],
    ['contacts without an end', { without: ['ENDED'] }, 'ben again,Dora,Cleo,Ben,Ann'],
    ['contacts without a creation, which each has', { without: ['ENDED', 'INITIATED'] }, ''],
    ['no name', { name: '' }, 'ben again,Dora,Cleo,Ben,Ann'],
    ['channels', { channels: ['VOICE', 'CHAT'] }, ''],
    ['initiation methods', { initiationMethods: ['API'] }, 'ben again,Dora,Cleo,Ben,Ann'],
    // Cleo and Ann share theirs, and Cleo's were the last.
    ['an attribute', { attributes: [{ key: 'first', value: 'C' }] }, 'Cleo,Ann'],
    [
      'all attributes',
      {
        attributes: [
          { key: 'first', value: 'C' },
          { key: 'other', value: '' },
        ],
      },
      '',
    ],
    ['a tag', { tags: [TAG] }, 'Ben'],
    ['all tags', { tags: [TAG, { key: 'x', value: '' }] }, ''],
    ['queues', { queueIds: [UNKNOWN_ID] }, ''],
    ['agents', { agentIds: [UNKNOWN_ID] }, ''],
    ['all criteria at once', { name: 'n', tags: [TAG], channels: ['TASK'] }, 'Ben'],
    ['empty lists', { channels: [], tags: [], attributes: [], queueIds: [] }, 'ben again,Dora,Cleo,Ben,Ann'],
    ['null', { name: null, channels: null, attributes: null, tags: null }, 'ben again,Dora,Cleo,Ben,Ann'],
  ])('finds by %s', async (_what, criteria, expected) => {
    const page = await search({ filter: { timeRange, ...criteria } });
    expect(names(page)).toBe(expected);
    expect(page.totalCount).toBe(page.nodes.length);
  });

  it('goes by other instants too, and sorts either way', async () => {
    const sort = { field: 'INITIATED', direction: 'ASC' };
    expect(names(await search({ sort }))).toBe('Ann,Ben,Cleo,Dora,ben again');
    for (const field of ['SCHEDULED', 'CONNECTED_TO_AGENT', 'ENQUEUED', 'ENDED']) {
      expect(names(await search({ filter: { timeRange: { ...timeRange, field } } }))).toBe('');
    }
  });

  it.each([1, 2, 3, 5, 100])('gives each contact once in pages of %d', async (first) => {
    const found: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await search({ first, after });
      expect(page.totalCount).toBe(5);
      expect(page.pageInfo.hasPreviousPage).toBe(after !== undefined);
      found.push(names(page));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(found.join()).toBe('ben again,Dora,Cleo,Ben,Ann');
    expect(found).toHaveLength(Math.ceil(5 / first));
  });

  it('goes on after any contact of a page', async () => {
    const { edges } = await search({ first: 4 });
    for (const [index, { cursor }] of edges.entries()) {
      expect(names(await search({ first: 2, after: cursor }))).toBe(
        ['ben again', 'Dora', 'Cleo', 'Ben', 'Ann'].slice(index + 1, index + 3).join(),
      );
    }
  });

  it('refuses the cursor of another search, whatever differs', async () => {
    const { pageInfo } = await search({ first: 1 });
    const after = pageInfo.endCursor;
    for (const other of [
      { filter: { timeRange, name: 'n' } },
      { filter: { timeRange: { ...timeRange, to: iso(NOW + MINUTE) } } },
      { sort: { field: 'INITIATED', direction: 'ASC' } },
    ]) {
      const { data, errors } = await gateway.ask(SEARCH, { filter: { timeRange }, ...other, after });
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_CURSOR' }, path: ['searchConnectContacts'] }]);
    }
    expect((await search({ first: 2, after })).nodes).toHaveLength(2);
  });

  it('leads on to chains, links and attributes', async () => {
    const { data, errors } = await gateway.ask(
      `query ($filter: ConnectContactFilter!) { searchConnectContacts(filter: $filter) { nodes {
        name state channel endedAt previousContact { name } relatedContact { id } attributes { key value } chain { contacts { name } }
      } } }`,
      { filter: { timeRange, name: 'Cleo' } },
    );
    expect(errors).toBeUndefined();
    expect(data?.searchConnectContacts).toEqual({
      nodes: [
        {
          name: 'Cleo',
          state: 'INITIATED',
          channel: 'TASK',
          endedAt: null,
          previousContact: { name: 'Ann' },
          relatedContact: null,
          attributes: [{ key: 'first', value: 'C' }],
          chain: { contacts: [{ name: 'Ann' }, { name: 'Cleo' }] },
        },
      ],
    });
  });

  it('reports everything that is wrong at once, with its place', async () => {
    const filter = {
      timeRange: { ...timeRange, to: timeRange.from },
      name: 'x'.repeat(129),
      queueIds: ['', 'q'],
      agentIds: Array.from({ length: 10_000 }, (_, index) => `a${index}`),
      attributes: [
        { key: 'a', value: 'x'.repeat(101) },
        { key: 'a', value: '\0' },
      ],
      tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' })),
    };
    const sort = { field: 'ENQUEUED', direction: 'ASC' };
    const { data, errors } = await gateway.ask(SEARCH, { filter, sort });
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.message.length).toBeLessThan(1000);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const violations = violationsOf(errors);
    const at = (rule: string, ...path: string[]) => expect.objectContaining({ rule, path });
    expect(violations).toHaveLength(9);
    expect(violations).toEqual(
      expect.arrayContaining([
        at('api/search-start-before-end', 'filter', 'timeRange'),
        at('api/search-text-length', 'filter', 'name'),
        at('gateway/id-not-empty', 'filter', 'queueIds', '0'),
        at('api/search-list-length', 'filter', 'agentIds'),
        at('api/search-attribute-value-length', 'filter', 'attributes', '0', 'value'),
        at('gateway/search-key-unique', 'filter', 'attributes', '1', 'key'),
        at('gateway/storable-text', 'filter', 'attributes', '1', 'value'),
        at('api/search-list-length', 'filter', 'tags'),
        at('api/search-sort-field', 'sort', 'field'),
      ]),
    );
  });

  it('reports what only Connect can validate by its place in the arguments', async () => {
    const queueIds = ['arn:aws:connect:us-west-2:111122223333:instance/x/queue/q'];
    const { errors } = await gateway.ask(SEARCH, { filter: { timeRange, queueIds } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(violationsOf(errors)[0]?.path).not.toContain('criteria');
  });

  it('refuses an instance that is not served', async () => {
    const { errors } = await gateway.ask(SEARCH, { filter: { timeRange }, instanceId: UNKNOWN_ID });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });
});

describe('A search', () => {
  const fields = (selection: string, variables = '') =>
    `query ($filter: ConnectContactFilter!${variables}) { searchConnectContacts(filter: $filter, first: 100) { ${selection} } }`;

  it('counts only where the count is selected: a statement of its own', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    // The engine reads the ARN of its instance once, for the first caller.
    await gateway.ask('{ connectContactFlows { nodes { id } } }');
    calls.take();
    using statements = noteStatements();
    const cost = async (selection: string, counted?: boolean) => {
      const query = fields(selection, counted === undefined ? '' : ', $counted: Boolean!');
      const { errors } = await gateway.ask(query, { filter: { timeRange }, counted });
      expect(errors).toBeUndefined();
      expect(calls.takeMethods()).toEqual(['searchContacts']);
      return statements.take().length;
    };
    expect(await cost('nodes { id name state }')).toBe(2);
    expect(await cost('nodes { id } totalCount')).toBe(3);
    expect(await cost('nodes { id } ... on ConnectContactConnection { all: totalCount }')).toBe(3);
    const skipped = 'nodes { id } totalCount @include(if: $counted)';
    expect(await cost(skipped, false)).toBe(2);
    expect(await cost(skipped, true)).toBe(3);
  });

  it('reads 100 contacts with their chains and attributes in 4 statements, 5 with the count', async () => {
    await using gateway = await startTestGateway();
    const flow = { contactFlowId: SAMPLE.contactFlow };
    const ids: string[] = [];
    for (let chain = 0; chain < 10; chain++) {
      for (let link = 0; link < 10; link++) {
        const { data } = await gateway.ask(
          'mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { id } } }',
          { input: { name: 'task', flow, ...(link > 0 && { link: { previousContactId: ids.at(-1) } }) } },
        );
        ids.push((data as { createTaskContact: { contact: { id: string } } }).createTaskContact.contact.id);
      }
    }
    const now = Date.now();
    const filter = { timeRange: { field: 'INITIATED', from: iso(now - 60 * MINUTE), to: iso(now + MINUTE) } };
    const nodes =
      'nodes { name state previousContact { name } attributes { key } chain { linkedTaskCount sharedAttributes { key } contacts { name attributes { key } } } }';
    await gateway.ask('{ connectContactFlows { nodes { id } } }');
    using statements = noteStatements();
    for (const [selection, count] of [
      [nodes, 4],
      [`totalCount ${nodes}`, 5],
    ] as const) {
      const { data, errors } = await gateway.ask(fields(selection), { filter });
      expect(errors).toBeUndefined();
      expect(data).toHaveProperty('searchConnectContacts.nodes.length', 100);
      expect(statements.take()).toHaveLength(count);
    }
  });

  it('ends in bounded calls where Connect answers empty pages, and says from where to go on', async () => {
    let calls = 0;
    await using gateway = await startTestGateway({
      wrap: (connect) =>
        portWith(connect, {
          searchContacts: async () => {
            calls += 1;
            return { contacts: [], nextToken: `page ${calls}`, totalCount: 7 };
          },
        }),
    });
    const { data, errors } = await gateway.ask(SEARCH, { filter: { timeRange } });
    expect(errors).toBeUndefined();
    expect(calls).toBe(5);
    expect(data?.searchConnectContacts).toMatchObject({
      nodes: [],
      totalCount: 7,
      pageInfo: { hasNextPage: true, startCursor: null, endCursor: expect.any(String) },
    });
  });
});
