import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ConnectClient, StartTaskContactCommand, StopContactCommand } from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-sse';
import { SAMPLE } from '../support/engine.js';
import { endpointOf, startEmulator, startProgram, temporaryFolder, urlOf } from '../support/process.js';
import { startTestQueue, type TestQueue } from '../support/sqs.js';

const KEY = 'a-key-of-the-test';
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any', AWS_EC2_METADATA_DISABLED: 'true' };
const { instanceId } = SAMPLE;

/** Where events are delivered: takes the body of one, with its key, and answers a status. */
type Deliver = (body: string, key: string) => Promise<number>;

/** Delivers each event twice, since EventBridge may do so, once it knows where. */
async function startBus(): Promise<{ readonly url: string; deliverTo(target: Deliver): void; close(): void }> {
  const { promise: target, resolve } = Promise.withResolvers<Deliver>();
  const server: Server = createServer(async (request, response) => {
    const body = await text(request);
    const key = String(request.headers['x-api-key']);
    const deliver = await target;
    await deliver(body, key);
    response.writeHead(await deliver(body, key)).end();
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliverTo: resolve,
    close: () => server.close().closeAllConnections(),
  };
}

interface Change {
  readonly kind: string;
  readonly contact: { readonly id: string; readonly name: string; readonly state: string };
}

/** Delivers events as an API destination of EventBridge. */
function toWebhook(gateway: string): Deliver {
  return async (body, key) => {
    const headers = { 'content-type': 'application/json', 'x-api-key': key };
    return (await fetch(`${gateway}/events/connect`, { method: 'POST', headers, body })).status;
  };
}

/** Delivers events as a rule of EventBridge with a queue as its target. */
function toQueue(queue: TestQueue): Deliver {
  return async (body) => {
    queue.add(body);
    return 200;
  };
}

/** Creates and stops a task at an emulator, and expects to see that in a subscription at a gateway before it. */
async function expectToSeeChanges(settings: Readonly<Record<string, string>>, deliver: (url: string) => Deliver) {
  await using folder = await temporaryFolder();
  const bus = await startBus();
  const emulator = startEmulator({
    DATABASE_URL: `file:${join(folder.path, 'connect.db')}`,
    CONNECT_EVENTS_TARGET: bus.url,
    CONNECT_EVENTS_KEY: KEY,
  });
  const endpoint = await endpointOf(emulator);
  const gateway = startProgram({
    ...CREDENTIALS,
    CONNECT_ADAPTER: 'aws',
    CONNECT_INSTANCE_ID: instanceId,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_CONNECT: endpoint,
    ...settings,
  });
  const url = await urlOf(gateway);
  const sdk = new ConnectClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const create = async (Name: string) => {
    const input = { InstanceId: instanceId, ContactFlowId: SAMPLE.contactFlow, Name };
    return (await sdk.send(new StartTaskContactCommand(input))).ContactId as string;
  };
  const { promise: hasBegun, resolve: begin } = Promise.withResolvers<void>();
  const client = createClient({
    url: `${url}/graphql`,
    retryAttempts: 0,
    // The head of the answer comes when the subscription has begun.
    fetchFn: (...request: Parameters<typeof fetch>) => fetch(...request).finally(begin),
  });
  const changes = client.iterate<{ connectContactChanged: Change }>({
    query: 'subscription { connectContactChanged(of: { all: true }) { kind contact { id name state } } }',
  });
  const next = async () => {
    const { value } = await changes.next();
    if (value?.errors) throw new Error(JSON.stringify(value.errors));
    return value?.data?.connectContactChanged;
  };
  const first = next();
  await hasBegun;
  bus.deliverTo(deliver(url));
  const firstId = await create('First');
  expect(await first).toEqual({ kind: 'INITIATED', contact: { id: firstId, name: 'First', state: 'INITIATED' } });
  const id = await create('Second');
  expect(await next()).toEqual({ kind: 'INITIATED', contact: { id, name: 'Second', state: 'INITIATED' } });
  await sdk.send(new StopContactCommand({ InstanceId: instanceId, ContactId: id }));
  for (const kind of ['DISCONNECTED', 'COMPLETED']) {
    expect(await next()).toEqual({ kind, contact: { id, name: 'Second', state: 'COMPLETED' } });
  }
  client.dispose();
  sdk.destroy();
  for (const { child, exit } of [gateway, emulator]) {
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  }
  bus.close();
}

describe('A contact event of the emulator', () => {
  it('appears once in a subscription at a gateway that EventBridge calls', async () => {
    await expectToSeeChanges({ CONNECT_EVENTS_KEY: KEY }, toWebhook);
  });

  it('appears once in a subscription at a gateway that reads a queue', async () => {
    await using queue = await startTestQueue();
    await expectToSeeChanges({ CONNECT_EVENTS_QUEUE_URL: queue.url }, () => toQueue(queue));
  });
});

describe('A gateway without contact events', () => {
  it('polls a contact that a subscription names by id', async () => {
    await using folder = await temporaryFolder();
    const emulator = startEmulator({ DATABASE_URL: `file:${join(folder.path, 'connect.db')}` });
    const endpoint = await endpointOf(emulator);
    const gateway = startProgram({
      ...CREDENTIALS,
      CONNECT_ADAPTER: 'aws',
      CONNECT_INSTANCE_ID: instanceId,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_CONNECT: endpoint,
      METRICS: 'on',
    });
    const url = await urlOf(gateway);
    const sdk = new ConnectClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const input = { InstanceId: instanceId, ContactFlowId: SAMPLE.contactFlow, Name: 'Call back' };
    const { ContactId: id } = await sdk.send(new StartTaskContactCommand(input));
    const client = createClient({ url: `${url}/graphql`, retryAttempts: 0 });
    const changes = client.iterate<{ connectContactChanged: Change }>({
      query:
        'subscription ($id: ID!) { connectContactChanged(of: { contactIds: [$id] }) { kind contact { id state } } }',
      variables: { id },
    });
    const first = changes.next();
    // Later readings are compared with the first one.
    let measured = '';
    while (!/connect_call_seconds_count\{operation="DescribeContact"/.test(measured)) {
      measured = await (await fetch(`${url}/metrics`)).text();
    }
    await sdk.send(new StopContactCommand({ InstanceId: instanceId, ContactId: id }));
    expect((await first).value?.data?.connectContactChanged).toEqual({
      kind: 'DISCONNECTED',
      contact: { id, state: 'COMPLETED' },
    });
    client.dispose();
    sdk.destroy();
    for (const { child, exit } of [gateway, emulator]) {
      child.kill('SIGTERM');
      expect(await exit).toBe(0);
    }
  });
});
