import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FormattedExecutionResult } from 'graphql';
import { seal, unseal } from '../../src/util/sealed-text.js';
import { gatewayBefore, openTestAws } from '../support/aws.js';
import { HOUR, NOW, request, SAMPLE, TestEngine, UNKNOWN_ID } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { PortCalls } from '../support/port.js';
import { contactFlow, OTHER_INSTANCE, otherInstance, taskTemplate } from '../support/resources.js';

const FLOW = '20000000-0000-4000-8000-00000000000a';
const TEMPLATE = '40000000-0000-4000-8000-00000000000a';
const content = {
  instances: [otherInstance()],
  contactFlows: [contactFlow(FLOW, { instanceId: OTHER_INSTANCE.id })],
  taskTemplates: [{ ...taskTemplate(TEMPLATE, []), instanceId: OTHER_INSTANCE.id }],
};

/** A gateway that serves the sample instance alone, over an engine that holds another one too. */
interface Served {
  readonly gateway: TestGateway;
  /** Calls of the port since the last time, by their methods. */
  calls(): readonly string[];
  /** A contact of the other instance. */
  readonly elsewhere: string;
  close(): Promise<void>;
}

const inOther = request({ contactFlowId: FLOW });

const ADAPTERS: Readonly<Record<string, () => Promise<Served>>> = {
  async embedded() {
    const engine = await TestEngine.open({ content });
    const { contactId } = await engine.engine.startTaskContact({ ...inOther, instanceId: OTHER_INSTANCE.id });
    await engine.close();
    const calls = new PortCalls();
    const gateway = await startTestGateway({
      now: () => NOW,
      wrap: calls.wrap,
      settings: { DATABASE_URL: `file:${engine.file}` },
    });
    return {
      gateway,
      calls: () => calls.takeMethods(),
      elsewhere: contactId,
      async close() {
        await gateway.close();
        await engine[Symbol.asyncDispose]();
      },
    };
  },
  async aws() {
    const aws = await openTestAws({ content });
    const { contactId } = await aws.connect.startTaskContact({ ...inOther, instanceId: OTHER_INSTANCE.id });
    const gateway = await gatewayBefore(aws);
    return {
      gateway,
      calls: aws.calls,
      elsewhere: contactId,
      async close() {
        await gateway.close();
        await aws[Symbol.asyncDispose]();
      },
    };
  },
};

const iso = (instant: number) => new Date(instant).toISOString();

/** Each list, with the arguments that it needs. */
const LISTS: Readonly<Record<string, string>> = {
  connectContactFlows: '',
  connectQuickConnects: '',
  connectTaskTemplates: '',
  searchConnectContacts: `filter: { timeRange: { field: INITIATED, from: "${iso(NOW - 24 * HOUR)}", to: "${iso(NOW + HOUR)}" } },`,
};

/** Each look-up by one id. */
const LOOK_UPS: Readonly<Record<string, string>> = {
  connectContact: 'connectContact(id: $id, instanceId: $instanceId) { id name attributes { key } chain { id } }',
  connectContacts: 'connectContacts(ids: [$id], instanceId: $instanceId) { id name }',
  connectContactChain: 'connectContactChain(contactId: $id, instanceId: $instanceId) { id contacts { id } }',
  connectTaskTemplate: 'connectTaskTemplate(id: $id, instanceId: $instanceId) { id name }',
};

const codesOf = ({ errors = [] }: FormattedExecutionResult) => errors.map(({ extensions }) => extensions?.code);

describe.each(Object.entries(ADAPTERS))('Bad input, %s', (_adapter, open) => {
  let served: Served;
  beforeAll(async () => {
    served = await open();
  });
  afterAll(() => served.close());

  describe.each(Object.entries(LISTS))('to %s', (list, given) => {
    const ask = (variables: object) =>
      served.gateway.ask(
        `query ($first: Int, $after: String) { list: ${list}(${given} first: $first, after: $after) { nodes { id } edges { cursor } pageInfo { hasNextPage } } }`,
        variables,
      );
    interface Page {
      readonly nodes: readonly object[];
      readonly edges: readonly { readonly cursor: string }[];
    }
    const firstCursor = async () => {
      const { data } = await ask({ first: 1 });
      return (data as unknown as { readonly list: Page }).list.edges[0]?.cursor as string;
    };

    it.each([0, -1, 101, 10_000])('first: %d is refused without a call', async (first) => {
      served.calls();
      const answer = await ask({ first });
      expect([answer.data, codesOf(answer)]).toEqual([null, ['BAD_USER_INPUT']]);
      expect(answer.errors?.[0]?.message).toBe(`first: expected 1 to 100, but got ${first}.`);
      expect(served.calls()).toEqual([]);
    });

    it('first: 2147483647 is beyond the cost of a request, whatever it is refused for', async () => {
      served.calls();
      expect(codesOf(await ask({ first: 2_147_483_647 }))).toEqual(['LIMIT_EXCEEDED']);
      expect(served.calls()).toEqual([]);
    });

    it('first: null is as if it was omitted', async () => {
      expect(await ask({ first: null })).toEqual(await ask({}));
    });

    it('cursors that are none, foreign or damaged are refused without a call', async () => {
      const cursor = await firstCursor();
      const [other = ''] = Object.keys(LISTS).filter((name) => name !== list && name !== 'searchConnectContacts');
      const { data } = await served.gateway.ask(`{ ${other}(first: 1) { pageInfo { endCursor } } }`);
      const foreign = (data as unknown as Record<string, { pageInfo: { endCursor: string } }>)[other]?.pageInfo
        .endCursor;
      served.calls();
      for (const after of [
        '',
        'none',
        '🙂',
        'W10',
        'x'.repeat(100_000),
        foreign,
        cursor.slice(0, -4),
        cursor.slice(4),
        cursor.toLowerCase(),
        Buffer.from('{"list":1}').toString('base64url'),
      ]) {
        const answer = await ask({ first: 2, after });
        expect([answer.data, codesOf(answer)]).toEqual([null, ['BAD_CURSOR']]);
        expect(answer.errors?.[0]?.path).toEqual(['list']);
      }
      expect(served.calls()).toEqual([]);
    });

    it('reads a forged cursor with few calls, and refuses it if Connect does not know its page', async () => {
      const cursor = await firstCursor();
      const [of] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string];
      const forged = (content: unknown) => Buffer.from(JSON.stringify([of, content])).toString('base64url');
      served.calls();
      for (const place of [null, {}, [], [1, 0], [null, -1], [null, 1.5], [null, '1'], [null, 1e300]]) {
        expect(codesOf(await ask({ after: forged(place) }))).toEqual(['BAD_CURSOR']);
      }
      expect(served.calls()).toEqual([]);
      // A page that Connect has not given, or has forgotten: its tokens expire.
      const expired = await ask({ after: forged(['no such page', 0, false]) });
      expect([expired.data, codesOf(expired)]).toEqual([null, ['BAD_CURSOR']]);
      const far = await ask({ after: forged([null, 1_000_000_000, false]) });
      expect(far.errors).toBeUndefined();
      expect(served.calls().length).toBeLessThanOrEqual(2);
    });

    it('refuses an instance that is not served without a call', async () => {
      served.calls();
      const answer = await served.gateway.ask(
        `{ list: ${list}(${given} instanceId: "${OTHER_INSTANCE.id}") { nodes { id } } }`,
      );
      expect([answer.data, codesOf(answer)]).toEqual([null, ['NOT_FOUND']]);
      expect(served.calls()).toEqual([]);
    });
  });

  describe.each(Object.entries(LOOK_UPS))('to %s', (lookUp, field) => {
    const ask = (id: string, instanceId?: string) =>
      served.gateway.ask(`query ($id: ID!, $instanceId: ID) { ${field} }`, { id, instanceId });
    const nothing = lookUp === 'connectContacts' ? [null] : null;

    it.each([
      ['unknown', UNKNOWN_ID],
      ['empty', ''],
      ['with a slash', 'a/b'],
      ['with slashes at its ends', '/a/'],
      ['with a slash that was encoded', 'a%2Fb'],
      ['a step up', '..'],
      ['a step up and down', '../../contacts/x'],
      ['a query', 'a?b=c#d'],
      ['with a zero', 'a\0b'],
      ['half of a pair', '\ud800'],
      ['with line breaks', 'a\r\nb: c'],
      ['of letters beyond ASCII', 'ü🙂'],
      ['a name of an object', '__proto__'],
      ['as long as may be', 'x'.repeat(256)],
      ['too long', 'x'.repeat(10_000)],
    ])('returns null for an id that is %s', async (_what, id) => {
      served.calls();
      expect(await ask(id)).toEqual({ data: { [lookUp]: nothing } });
      expect(served.calls().length).toBeLessThanOrEqual(1);
    });

    it('returns null for an id of another instance', async () => {
      const id = lookUp === 'connectTaskTemplate' ? TEMPLATE : served.elsewhere;
      expect(await ask(id)).toEqual({ data: { [lookUp]: nothing } });
    });

    it('reports an instance that is not served as an error, without a call', async () => {
      const id = lookUp === 'connectTaskTemplate' ? TEMPLATE : served.elsewhere;
      served.calls();
      expect([...new Set(codesOf(await ask(id, OTHER_INSTANCE.id)))]).toEqual(['NOT_FOUND']);
      expect(served.calls()).toEqual([]);
    });

    it('reports an ARN of another instance as foreign', async () => {
      const kind = lookUp === 'connectTaskTemplate' ? 'task-template' : 'contact';
      const answer = await ask(`${OTHER_INSTANCE.arn}/${kind}/x`);
      expect([...new Set(codesOf(answer))]).toEqual(['BAD_USER_INPUT']);
    });
  });

  it('10,000 ids at once are refused without a call, wherever ids are taken', async () => {
    served.calls();
    const ids = Array.from({ length: 10_000 }, (_, index) => `id ${index}`);
    const contacts = await served.gateway.ask('query ($ids: [ID!]!) { connectContacts(ids: $ids) { id } }', { ids });
    expect([contacts.data, codesOf(contacts)]).toEqual([null, ['BAD_USER_INPUT']]);
    const { instanceId } = SAMPLE;
    const representations = ids.map((id) => ({ __typename: 'ConnectContact', instanceId, id }));
    const entities = await served.gateway.ask(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ConnectContact { name } } }',
      { representations },
    );
    // Data is null as a whole: a list of entities is one.
    expect([entities.data, codesOf(entities)]).toEqual([null, ['BAD_USER_INPUT']]);
    const tags = ids.map((key) => ({ key: key.replace(' ', ''), value: '' }));
    const tagged = await served.gateway.ask(
      'mutation ($input: TagTaskContactInput!) { tagTaskContact(input: $input) { contact { id } errors { code path } } }',
      { input: { contactId: SAMPLE.voiceContact, tags } },
    );
    expect(tagged.data).toEqual({
      tagTaskContact: { contact: null, errors: [{ code: 'INVALID_INPUT', path: ['input', 'tags'] }] },
    });
    const keyed = await served.gateway.ask(
      'query ($keys: [String!]) { connectContact(id: "50000000-0000-4000-8000-000000000001") { attributes(keys: $keys) { key } } }',
      { keys: [...ids, 'customerId'] },
    );
    expect(keyed).toEqual({ data: { connectContact: { attributes: [{ key: 'customerId' }] } } });
    expect(served.calls()).toHaveLength(2);
  });
});

it('accepts a cursor for its own list alone', () => {
  const text = seal(['flows', 'a'], [null, 1, false]);
  expect(unseal(['flows', 'a'], text)).toEqual([null, 1, false]);
  expect(unseal(['flows', 'b'], text)).toBeUndefined();
});
