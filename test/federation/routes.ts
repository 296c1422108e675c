import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createdId, mutation, taskInput } from '../support/create-task-contact.js';
import { SAMPLE } from '../support/engine.js';
import type { Composition } from './compose.js';
import { type Router, startSupergraph, type TestSupergraph } from './supergraph.js';

const CUSTOMER = { name: 'Ana Silva' };

/** With which codes a flow source that is not exactly one is refused. */
export interface RefusalCodes {
  /** Undefined: with none. */
  readonly byVariable: string | undefined;
  readonly byLiteral: string;
}

/** The gateway's own: what the router hands on where its supergraph does not know @oneOf. */
export const GATEWAY_CODES: RefusalCodes = { byVariable: 'BAD_USER_INPUT', byLiteral: 'BAD_USER_INPUT' };

/** What every router must do on the supergraph. Call it inside a describe that names the router. */
export function routes(
  composition: Composition,
  startRouter: (supergraph: string) => Promise<Router>,
  codes: RefusalCodes,
): void {
  let graph: TestSupergraph;
  beforeAll(async () => {
    graph = await startSupergraph(composition, startRouter);
  });
  afterAll(() => graph.close());

  const reference = (id: string, instanceId: string = SAMPLE.instanceId) => ({ instanceId, id });
  const stored = () => graph.gateway.rows("select 1 from contact where channel = 'TASK'").length;

  it('creates a task, and lets the CRM add to it', async () => {
    const { data, errors } = await graph.ask(mutation('id name customer { name }'), { input: taskInput() });
    expect(errors).toBeUndefined();
    expect(data?.createTaskContact).toEqual({
      contact: { id: expect.any(String), name: 'Call back', customer: CUSTOMER },
      replayed: false,
      errors: [],
    });
  });

  it('reports what is wrong with an input as data, with the facts of each error', async () => {
    const { data, errors } = await graph.ask(mutation('id'), { input: taskInput({ expiryMinutes: 0 }) });
    expect(errors).toBeUndefined();
    expect(data?.createTaskContact).toMatchObject({
      contact: null,
      errors: [
        {
          __typename: 'ConnectInvalidInputError',
          code: 'INVALID_INPUT',
          path: ['input', 'expiryMinutes'],
          rule: 'api/expiry-minutes-range',
        },
      ],
    });
  });

  it('reads a chain, and the CRM adds to each of its contacts', async () => {
    const id = await createdId(graph.gateway, { link: { previousContactId: SAMPLE.voiceContact } });
    const { data, errors } = await graph.ask(
      'query ($id: ID!) { connectContact(id: $id) { chain { contacts { id customer { name } } } } }',
      { id },
    );
    expect(errors).toBeUndefined();
    expect(data?.connectContact).toMatchObject({
      chain: { contacts: expect.arrayContaining([{ id, customer: CUSTOMER }]) },
    });
  });

  it('finds contacts page by page, and the CRM adds to each; what breaks a rule is listed with its place', async () => {
    const id = await createdId(graph.gateway, { name: 'Sought' });
    const now = Date.now();
    const range = (from: number, to: number) => ({
      filter: {
        timeRange: { field: 'INITIATED', from: new Date(from).toISOString(), to: new Date(to).toISOString() },
        name: 'sought',
      },
    });
    const query =
      'query ($filter: ConnectContactFilter!) { searchConnectContacts(filter: $filter, first: 10) { totalCount nodes { id customer { name } } pageInfo { hasNextPage } } }';
    const found = await graph.ask(query, range(now - 60_000, now + 60_000));
    expect(found).toEqual({
      data: {
        searchConnectContacts: {
          totalCount: 1,
          nodes: [{ id, customer: CUSTOMER }],
          pageInfo: { hasNextPage: false },
        },
      },
    });
    const { errors } = await graph.ask(query, range(now, now));
    expect(errors).toMatchObject([
      {
        extensions: {
          code: 'BAD_USER_INPUT',
          violations: [{ path: ['filter', 'timeRange'], rule: 'api/search-start-before-end' }],
        },
      },
    ]);
  });

  it('reads what the CRM refers to, in one batch; unknown ids are null', async () => {
    const id = await createdId(graph.gateway, { name: 'Referred to' });
    const references = [reference(id), reference('absent'), reference(id, 'another instance'), reference(id)];
    graph.crm.remember(references);
    graph.calls.take();
    const { data, errors } = await graph.ask(
      'query ($id: ID!) { contact(id: $id) { name tasks { title state connectContact { id name channel } } } }',
      { id: 'C-1001' },
    );
    expect(errors).toBeUndefined();
    const contacts = [
      { id, name: 'Referred to', channel: 'TASK' },
      { id: 'absent', name: null, channel: null },
      { id, name: null, channel: null },
      { id, name: 'Referred to', channel: 'TASK' },
    ];
    expect(data?.contact).toEqual({
      ...CUSTOMER,
      tasks: contacts.map((connectContact, index) => ({ title: `Task ${index}`, state: 'OPEN', connectContact })),
    });
    expect(graph.calls.take()).toEqual([{ method: 'describeContacts', ids: 2 }]);
  });

  it('reads 1,000 references in calls of 100', async () => {
    graph.crm.remember(Array.from({ length: 1_000 }, (_, index) => reference(`unknown ${index}`)));
    graph.calls.take();
    const { data, errors } = await graph.ask('{ contact(id: "C-1001") { tasks { connectContact { id name } } } }');
    expect(errors).toBeUndefined();
    expect(data).toHaveProperty('contact.tasks.length', 1_000);
    expect(graph.calls.take()).toEqual(Array.from({ length: 10 }, () => ({ method: 'describeContacts', ids: 100 })));
  });

  it('keeps the names of both subgraphs apart', async () => {
    const { data, errors } = await graph.ask(
      `mutation { createTask(title: "Write") { task { title state } errors { message } }
        createTaskContact(input: { name: "Call", flow: { contactFlowId: "${SAMPLE.contactFlow}" } }) { contact { name } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      createTask: { task: { title: 'Write', state: 'OPEN' }, errors: [] },
      createTaskContact: { contact: { name: 'Call' } },
    });
  });

  describe('A flow source that is not exactly one is refused with a code and in words', () => {
    const two = { contactFlowId: SAMPLE.contactFlow, quickConnectId: 'x' };
    const byVariable = (flow: object) =>
      graph.ask(mutation('id'), { input: { name: 'x', flow } as unknown as ReturnType<typeof taskInput> });
    const byLiteral = (flow: string) =>
      graph.ask(`mutation { createTaskContact(input: { name: "x", flow: ${flow} }) { contact { id } } }`);

    it.each<[string, string | undefined, () => ReturnType<TestSupergraph['ask']>]>([
      ['two, by variable', codes.byVariable, () => byVariable(two)],
      ['none, by variable', codes.byVariable, () => byVariable({})],
      [
        'two, by literal',
        codes.byLiteral,
        () => byLiteral(`{ contactFlowId: "${SAMPLE.contactFlow}", quickConnectId: "x" }`),
      ],
      ['none, by literal', codes.byLiteral, () => byLiteral('{}')],
      [
        'two, by variables inside a literal',
        codes.byLiteral,
        () =>
          graph.ask(
            `mutation ($a: ID!, $b: ID!) { createTaskContact(input: { name: "x", flow: { contactFlowId: $a, quickConnectId: $b } }) { contact { id } } }`,
            { a: SAMPLE.contactFlow, b: 'x' },
          ),
      ],
    ])('%s', async (_what, code, ask) => {
      const before = stored();
      const { data, errors = [] } = await ask();
      expect(data ?? null).toBeNull();
      expect(errors).not.toEqual([]);
      for (const { message, extensions } of errors) {
        expect(message).toMatch(/exactly one/i);
        expect(extensions?.code).toBe(code);
      }
      expect(stored()).toBe(before);
    });

    it('refuses a nullable variable without a value', async () => {
      const before = stored();
      const query =
        'mutation ($a: ID) { createTaskContact(input: { name: "x", flow: { contactFlowId: $a } }) { contact { id } } }';
      const { data, errors = [] } = await graph.ask(query, {});
      expect(data ?? null).toBeNull();
      expect(errors).not.toEqual([]);
      expect(stored()).toBe(before);
    });
  });
}
