import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeContactCommand, ListContactFlowsCommand, StartTaskContactCommand } from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { type Connect, createConnect } from '../../src/testing/testing.js';
import { SAMPLE } from '../support/engine.js';
import { CreateWithContactFlowDocument } from '../generated/operations.js';

const CREATE = `mutation ($name: String!) {
  createTaskContact(input: { name: $name, flow: { contactFlowId: "${SAMPLE.contactFlow}" } }) {
    contact { id state expiresAt }
    errors { code }
  }
}`;
const INSTANCE = { InstanceId: SAMPLE.instanceId };
const TASK = { ...INSTANCE, Name: 'Call back', ContactFlowId: SAMPLE.contactFlow };

/** Creates a task by GraphQL; returns its id. */
async function create(connect: Connect, name = 'Call back'): Promise<string> {
  const { data } = await connect.graphql(CREATE, { name });
  return (data as { createTaskContact: { contact: { id: string } } }).createTaskContact.contact.id;
}

/** Returns the state of a task; undefined if it does not exist. */
async function stateOf(connect: Connect, id: string): Promise<string | undefined> {
  const { data } = await connect.graphql('query ($id: ID!) { connectContact(id: $id) { state } }', { id });
  return (data as { connectContact: { state: string } | null }).connectContact?.state;
}

describe('createConnect', () => {
  it('serves an AWS SDK and GraphQL on the same data', async () => {
    await using connect = await createConnect();
    const client = await connect.client();
    const { ContactId = '' } = await client.send(new StartTaskContactCommand(TASK));
    expect(await stateOf(connect, ContactId)).toBe('INITIATED');
  });

  it('runs typed documents', async () => {
    await using connect = await createConnect();
    const variables = JSON.parse(
      readFileSync('schema/operations/create-with-contact-flow.variables.json', 'utf8'),
    ) as Parameters<typeof connect.graphql<unknown, { input: never }>>[1];
    const { data, errors } = await connect.graphql(CreateWithContactFlowDocument, variables);
    expect(errors).toBeUndefined();
    expect(data?.createTaskContact.contact?.id).toEqual(expect.any(String));
  });

  it('keeps instances apart, many at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => createConnect()));
    try {
      const id = await create(all[0] as Connect);
      const states = await Promise.all(all.map((connect) => stateOf(connect, id)));
      expect(states).toEqual(['INITIATED', ...Array.from({ length: 9 }, () => undefined)]);
      expect(new Set(all.map(({ endpoint }) => endpoint)).size).toBe(10);
    } finally {
      await Promise.all(all.map((connect) => connect.close()));
    }
  });

  it('serves many creations at once, each with an id of its own', async () => {
    await using connect = await createConnect();
    const client = await connect.client();
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.send(new StartTaskContactCommand(TASK))));
    expect(new Set(answers.map(({ ContactId }) => ContactId)).size).toBe(50);
  });

  it('holds the resources of a seed', async () => {
    const seed = { instances: [{ id: 'acme', contactFlows: [{ id: 'callback', name: 'Callback' }] }] };
    await using connect = await createConnect({ seed, instanceId: 'acme' });
    const { data } = await connect.graphql('{ connectContactFlows { nodes { id name } } }');
    expect(data).toEqual({ connectContactFlows: { nodes: [{ id: 'callback', name: 'Callback' }] } });
  });

  it('refuses an invalid seed and an invalid instant', async () => {
    await expect(createConnect({ seed: { instances: [{}] } })).rejects.toThrow('instances[0].id: It is required.');
    await expect(createConnect({ now: 'soon' })).rejects.toThrow('now: expected an instant');
  });

  it('keeps the quotas that it was created with', async () => {
    await using connect = await createConnect({ quotas: { activeTasks: 1 } });
    await create(connect);
    const { data } = await connect.graphql(CREATE, { name: 'One more' });
    expect(data).toMatchObject({ createTaskContact: { contact: null, errors: [{ code: 'QUOTA_EXCEEDED' }] } });
  });

  it('throttles like the service, and forgets it at a reset', async () => {
    await using connect = await createConnect({ throttle: true, now: '2026-06-01T12:00:00Z' });
    const client = await connect.client({ maxAttempts: 1 });
    const list = () => client.send(new ListContactFlowsCommand(INSTANCE));
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, list));
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    await connect.reset();
    await list();
  });
});

describe('The clock of the kit', () => {
  it('stands still, and ends a task that expires when it is advanced', async () => {
    await using connect = await createConnect({ now: '2026-06-01T12:00:00Z' });
    const id = await create(connect);
    expect(connect.clock.now()).toBe(Date.UTC(2026, 5, 1, 12));
    await connect.clock.advance({ days: 7, hours: 1 });
    expect(connect.clock.now()).toBe(Date.UTC(2026, 5, 8, 13));
    expect(await stateOf(connect, id)).toBe('COMPLETED');
  });
});

describe('The faults of the kit', () => {
  it('throttle the next calls of one operation alone', async () => {
    await using connect = await createConnect();
    const client = await connect.client({ maxAttempts: 1 });
    connect.faults.next('StartTaskContact', { kind: 'throttled', times: 2 });
    for (const _ of [1, 2]) {
      await expect(client.send(new StartTaskContactCommand(TASK))).rejects.toMatchObject({
        name: 'ThrottlingException',
      });
    }
    await client.send(new ListContactFlowsCommand(INSTANCE));
    await client.send(new StartTaskContactCommand(TASK));
  });

  it('answer with HTTP 500 before or after a task is created', async () => {
    await using connect = await createConnect({ now: '2026-06-01T12:00:00Z' });
    const client = await connect.client({ maxAttempts: 1 });
    const range = 'timeRange: { field: INITIATED, from: "2026-06-01T11:59:00Z", to: "2026-06-01T12:01:00Z" }';
    const created = async () => {
      const { data } = await connect.graphql(`{ searchConnectContacts(filter: { ${range} }) { nodes { name } } }`);
      return data;
    };
    const none = { searchConnectContacts: { nodes: [] } };
    connect.faults.next('StartTaskContact', { kind: 'error' });
    connect.faults.next('StartTaskContact', { kind: 'error', after: true });
    for (const token of ['a', 'b']) {
      const start = client.send(new StartTaskContactCommand({ ...TASK, ClientToken: token }));
      await expect(start).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
      if (token === 'a') expect(await created()).toEqual(none);
    }
    expect(await created()).toEqual({ searchConnectContacts: { nodes: [{ name: 'Call back' }] } });
  });

  it('break the connection, which the SDK repeats with its token', async () => {
    await using connect = await createConnect();
    const client = await connect.client({ maxAttempts: 1 });
    connect.faults.next('StartTaskContact', { kind: 'brokenConnection' });
    await expect(client.send(new StartTaskContactCommand(TASK))).rejects.not.toHaveProperty('$response.statusCode');
    const patient = await connect.client({ maxAttempts: 3 });
    connect.faults.next('StartTaskContact', { kind: 'brokenConnection', after: true });
    expect(await patient.send(new StartTaskContactCommand(TASK))).toHaveProperty('ContactId');
  });

  it('delay a call, and reach reads of several contacts one by one', async () => {
    await using connect = await createConnect();
    const client = await connect.client({ maxAttempts: 1 });
    connect.faults.next('DescribeContact', { kind: 'latency', latencyMs: 60_000 });
    const contact = { ...INSTANCE, ContactId: SAMPLE.voiceContact };
    const waiting = client.send(new DescribeContactCommand(contact), { abortSignal: AbortSignal.timeout(50) });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(await client.send(new DescribeContactCommand(contact))).toHaveProperty('Contact');
    connect.faults.next('DescribeContact', { kind: 'throttled' });
    const { data, errors } = await connect.graphql('query ($ids: [ID!]!) { connectContacts(ids: $ids) { id } }', {
      ids: [SAMPLE.voiceContact, await create(connect)],
    });
    expect(data).toMatchObject({ connectContacts: [null, { id: expect.any(String) }] });
    expect(errors).toMatchObject([{ path: ['connectContacts', 0], extensions: { code: 'THROTTLED' } }]);
  });

  it('are removed by clear, and refuse numbers that mean nothing', async () => {
    await using connect = await createConnect();
    connect.faults.next('StartTaskContact', { kind: 'error' });
    connect.faults.clear();
    await create(connect);
    expect(() => connect.faults.next('StartTaskContact', { kind: 'error', times: 0 })).toThrow('times: expected 1');
    expect(() => connect.faults.next('StartTaskContact', { kind: 'latency', latencyMs: -1 })).toThrow('latencyMs');
  });
});

describe('The data of the kit', () => {
  it('begins anew at a reset, with the clock', async () => {
    await using connect = await createConnect({ now: '2026-06-01T12:00:00Z' });
    const id = await create(connect);
    await connect.clock.advance({ hours: 1 });
    await connect.reset();
    expect(await stateOf(connect, id)).toBeUndefined();
    expect(connect.clock.now()).toBe(Date.UTC(2026, 5, 1, 12));
    expect(await stateOf(connect, await create(connect))).toBe('INITIATED');
  });

  it('returns to a snapshot', async () => {
    await using connect = await createConnect();
    const kept = await create(connect);
    const snapshot = await connect.snapshot();
    const lost = await create(connect);
    await connect.controls.enqueue({ contactId: kept });
    await connect.restore(snapshot);
    expect([await stateOf(connect, kept), await stateOf(connect, lost)]).toEqual(['INITIATED', undefined]);
  });
});

describe('The events of the kit', () => {
  it('report each change since the beginning, in order', async () => {
    await using connect = await createConnect({ now: '2026-06-01T12:00:00Z' });
    const contactId = await create(connect);
    await connect.controls.enqueue({ contactId });
    await connect.controls.next({ queueId: SAMPLE.queue });
    await connect.controls.complete({ contactId });
    await connect.controls.endAfterContactWork({ contactId });
    const kinds: string[] = [];
    for await (const event of connect.events) {
      expect(event.contactId).toBe(contactId);
      kinds.push(event.kind);
      if (event.kind === 'COMPLETED') break;
    }
    expect(kinds).toEqual(['INITIATED', 'QUEUED', 'CONNECTED', 'DISCONNECTED', 'COMPLETED']);
  });

  it('end at a reset', async () => {
    await using connect = await createConnect();
    await create(connect);
    const kinds: string[] = [];
    for await (const { kind } of connect.events) {
      kinds.push(kind);
      await Promise.all([connect.reset(), sleep(0)]);
    }
    expect(kinds).toEqual(['INITIATED']);
  });
});
