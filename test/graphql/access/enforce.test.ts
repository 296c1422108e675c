import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FormattedExecutionResult, GraphQLObjectType } from 'graphql';
import { ruleOf } from '../../../src/graphql/access/rules.js';
import { SCOPES } from '../../../src/graphql/identity.js';
import { buildSubgraph } from '../../../src/graphql/schema.js';
import { createdId, taskInput } from '../../support/create-task-contact.js';
import { SAMPLE } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { TestIssuer } from '../../support/issuer.js';
import { PortCalls } from '../../support/port.js';
import { selectionOf } from '../../support/requests-of-schema.js';
import { withoutRequestIds } from '../../support/without-request-ids.js';

const { schema } = await buildSubgraph();
const rootFields = (['query', 'mutation'] as const).flatMap((kind) => {
  const type = (kind === 'query' ? schema.getQueryType() : schema.getMutationType()) as GraphQLObjectType;
  return Object.values(type.getFields())
    .filter(({ name }) => name !== '_service')
    .map(
      (field) =>
        [
          kind,
          field.name,
          `${kind} { ${selectionOf(field)} }`,
          ruleOf(type.name, field.name).scopes[0]?.[0],
          ruleOf(type.name, field.name).scopes.flat(),
        ] as const,
    );
});
const contact = schema.getType('ConnectContact') as GraphQLObjectType;
const everyField = Object.values(contact.getFields()).map(selectionOf).join(' ');
const CREATION =
  'mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { SELECTED } replayed errors { code } } }';

const calls = new PortCalls();
let issuer: TestIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  issuer = await TestIssuer.start();
  gateway = await startTestGateway({ settings: issuer.settings, wrap: calls.wrap });
});
afterAll(async () => {
  await gateway.close();
  await issuer[Symbol.asyncDispose]();
});

async function ask(scope: string, query: string, variables: object = {}, claims: object = {}) {
  const headers = await issuer.bearer(scope, { ...claims });
  const response = await gateway.post({ query, variables }, headers);
  expect(response.status).toBe(200);
  return (await response.json()) as FormattedExecutionResult;
}

/** The id of the contact that was created. */
function idOf(data: FormattedExecutionResult['data']): string {
  return (data as { createTaskContact: { contact: { id: string } } }).createTaskContact.contact.id;
}

/** Which fields were refused, and for want of which scopes. */
function refusals({ errors = [] }: FormattedExecutionResult) {
  return errors
    .filter(({ extensions }) => extensions?.code === 'FORBIDDEN')
    .map(({ path, extensions }) => [path?.at(-1), extensions?.requiredScopes]);
}

const create = (scope: string, selected: string, members: object = {}, claims: object = {}) =>
  ask(scope, CREATION.replace('SELECTED', selected), { input: taskInput(members) }, claims);

describe('Each query and mutation of the schema', () => {
  it.each(rootFields)(
    '%s %s is refused without its scope, before any call',
    async (_kind, name, operation, scope, enough) => {
      calls.take();
      for (const held of [
        '',
        SCOPES.filter((other) => !enough.includes(other)).join(' '),
        'tasks tasks:reader openid',
      ]) {
        const answer = await ask(held, operation);
        expect(answer.data?.[name] ?? null).toBeNull();
        expect(refusals(answer)).toEqual([[name, [scope]]]);
        expect(answer.errors?.[0]?.message).toContain(`the scope ${scope}`);
      }
      expect(calls.take()).toEqual([]);
    },
  );

  it.each(rootFields)('%s %s is let through with its scope alone', async (_kind, _name, operation, scope) => {
    expect(refusals(await ask(scope ?? '', operation))).toEqual([]);
  });

  it('accepts scopes as a list in the claim scp', async () => {
    const [, , operation] = rootFields[0] as (typeof rootFields)[number];
    expect(refusals(await ask('', operation, {}, { scp: ['tasks:read'] }))).toEqual([]);
    expect(refusals(await ask('', operation, {}, { scope: ['tasks:read'] }))).toEqual([]);
    expect(refusals(await ask('', operation, {}, { scope: { 'tasks:read': true } }))).toHaveLength(1);
  });

  it('says the same of what exists and of what does not', async () => {
    const { data } = await create('tasks:create', 'id');
    const id = idOf(data);
    const stop = (contactId: string) =>
      ask('tasks:read', `mutation { stopTaskContact(input: { contactId: "${contactId}" }) { errors { message } } }`);
    expect(withoutRequestIds(await stop(id))).toEqual(withoutRequestIds(await stop('absent')));
  });
});

describe('A caller that may only create', () => {
  const refusedOf = (rule: (name: string) => boolean) =>
    Object.keys(contact.getFields())
      .filter(rule)
      .map((name) => [name, ['tasks:read']]);
  const isRead = (name: string) => {
    const { scopes, orStated } = ruleOf('ConnectContact', name);
    return scopes.length > 0 && !orStated;
  };

  it('gets the members of the task that it stated itself, and no member that must be read', async () => {
    calls.take();
    const members = { description: 'Soon', link: { previousContactId: SAMPLE.voiceContact } };
    const answer = await create('tasks:create', everyField, members);
    expect(answer.data?.createTaskContact).toMatchObject({
      errors: [],
      contact: { name: 'Call back', description: 'Soon', channel: 'TASK', state: null, arn: null, chain: null },
    });
    expect(refusals(answer)).toEqual(refusedOf(isRead));
    expect(calls.takeMethods()).toEqual(['startTaskContact']);
  });

  it('learns no more of a task that was there: a repeat reports its ids', async () => {
    const members = { clientToken: 'repeated' };
    await create('tasks:create', 'id', members);
    const { data, errors } = await create('tasks:create', 'id name channel', members);
    expect(data?.createTaskContact).toMatchObject({ replayed: true, contact: { name: null, channel: 'TASK' } });
    expect(errors?.map(({ path }) => path?.at(-1))).toEqual(['name']);
  });

  it('reads no further along what it linked', async () => {
    const link = { previousContactId: SAMPLE.voiceContact };
    const answer = await create('tasks:create', 'previousContact { id channel }', { link });
    expect(answer.data?.createTaskContact).toMatchObject({
      contact: { previousContact: { id: SAMPLE.voiceContact, channel: null } },
    });
    expect(refusals(answer)).toEqual([['channel', ['tasks:read']]]);
  });

  it('reads everything with tasks:read', async () => {
    const answer = await create('tasks:create tasks:read', everyField);
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.createTaskContact).toMatchObject({ contact: { state: 'INITIATED', name: 'Call back' } });
  });
});

describe('A caller that may only change', () => {
  it('learns that the change was made, and nothing of the task', async () => {
    const { data } = await create('tasks:create', 'id');
    const id = idOf(data);
    const answer = await ask(
      'tasks:write',
      `mutation ($id: ID!) {
        updateTaskContact(input: { contactId: $id, name: "Other" }) { contact { id name state } errors { code } }
        updateConnectSharedAttributes(input: { contactId: $id, attributes: [{ key: "a", value: "b" }] }) { chain { id } errors { code } }
      }`,
      { id },
    );
    expect(answer.data).toEqual({
      updateTaskContact: { contact: { id, name: null, state: null }, errors: [] },
      updateConnectSharedAttributes: { chain: null, errors: [] },
    });
    expect(refusals(answer)).toEqual(['name', 'state', 'chain'].map((field) => [field, ['tasks:read']]));
  });
});

describe('Several mutations in one operation', () => {
  const both = `mutation ($input: CreateTaskContactInput!, $stop: Boolean!) {
    createTaskContact(input: $input) { contact { id } }
    ... on Mutation { ...Stop @include(if: $stop) }
  }
  fragment Stop on Mutation { stopTaskContact(input: { contactId: "x" }) { errors { code } } }`;

  it('are refused together, before the first one is made', async () => {
    const tasks = () => gateway.rows("select 1 from contact where channel = 'TASK'").length;
    const before = tasks();
    const answer = await ask('tasks:create', both, { input: taskInput(), stop: true });
    expect(answer.data ?? null).toBeNull();
    expect(refusals(answer)).toEqual([['createTaskContact', ['tasks:write']]]);
    expect(tasks()).toBe(before);
  });

  it('ignores the scope of a mutation that is left out', async () => {
    expect((await ask('tasks:create', both, { input: taskInput(), stop: false })).errors).toBeUndefined();
  });
});

describe('Without authentication', () => {
  it('everyone may do everything', async () => {
    await using open = await startTestGateway();
    const id = await createdId(open);
    expect(await open.ask(`{ connectContact(id: "${id}") { state } }`)).toEqual({
      data: { connectContact: { state: 'INITIATED' } },
    });
  });
});
