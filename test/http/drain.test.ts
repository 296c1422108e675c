import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { Gate } from '../support/gate.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { portWith } from '../support/port.js';

const CREATION = { query: mutation('id name'), variables: { input: taskInput() } };

/** A gateway whose creations wait, after they were made, for a gate. */
async function startHeld(settings = {}): Promise<{ gateway: TestGateway; created: Gate; answer: Gate }> {
  const [created, answer] = [new Gate(), new Gate()];
  const gateway = await startTestGateway({
    settings,
    wrap: (connect) =>
      portWith(connect, {
        async startTaskContact(request, options) {
          const result = await connect.startTaskContact(request, options);
          created.open();
          await answer.opened;
          return result;
        },
      }),
  });
  return { gateway, created, answer };
}

/** Waits until the gateway refuses new connections. */
async function shut({ url }: TestGateway): Promise<void> {
  const isOpen = () =>
    fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (await isOpen());
}

/** A connection that has been used, with a head under way on it: it is not idle. */
async function openConnection({ url }: TestGateway, head: string) {
  const { hostname, port } = new URL(url);
  const socket = connectSocket(Number(port), hostname).setEncoding('utf8');
  socket.write('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(socket, 'data');
  socket.write(head);
  return {
    /** Sends the rest of the request, and reads until the gateway closes the connection. */
    async rest(text: string): Promise<string> {
      socket.write(text);
      let read = '';
      for await (const part of socket) read += part;
      return read;
    },
  };
}

describe('A gateway that ends', () => {
  it('gives the answers that are due, and ends with the last of them', async () => {
    const { gateway, created, answer } = await startHeld();
    const due = gateway.post(CREATION);
    await created.opened;
    const closed = gateway.close();
    await shut(gateway);
    answer.open();
    const response = await due;
    expect(response.status).toBe(200);
    // Kept alive, the connection would hold up the end.
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.json()).toMatchObject({ data: { createTaskContact: { contact: { name: 'Call back' } } } });
    await closed;
  });

  it('is not held up by connections on which nothing is due', async () => {
    await using gateway = await startTestGateway();
    const { port } = new URL(gateway.url);
    const silent = connectSocket(Number(port), '127.0.0.1');
    await once(silent, 'connect');
    expect((await gateway.post({ query: '{ __typename }' })).status).toBe(200);
    await gateway.close();
    silent.destroy();
  });

  it('is not ready any more, and refuses what comes over an open connection: SHUTTING_DOWN', async () => {
    const { gateway, created, answer } = await startHeld();
    const body = JSON.stringify(CREATION);
    const length = Buffer.byteLength(body);
    const [health, graphql] = await Promise.all([
      openConnection(gateway, 'GET /health/ready HTTP/1.1\r\nhost: x\r\n'),
      openConnection(
        gateway,
        `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n`,
      ),
    ]);
    const due = gateway.post(CREATION);
    await created.opened;
    const closed = gateway.close();
    await shut(gateway);
    expect(await health.rest('\r\n')).toMatch(/^HTTP\/1.1 503[\s\S]*\{"status":"draining"\}$/);
    expect(await graphql.rest(`\r\n${body}`)).toMatch(/^HTTP\/1.1 503[\s\S]*retry-after: 1[\s\S]*"SHUTTING_DOWN"/);
    answer.open();
    expect((await due).status).toBe(200);
    await closed;
  });

  it('answers what still waits shortly before DRAIN_TIMEOUT_MS: SHUTTING_DOWN', async () => {
    const waits = new Gate();
    const gateway = await startTestGateway({
      settings: { DRAIN_TIMEOUT_MS: '1000' },
      wrap: (connect) =>
        portWith(connect, {
          async startTaskContact(request, options) {
            waits.open();
            await new Promise((resolve) => options?.signal?.addEventListener('abort', resolve, { once: true }));
            return connect.startTaskContact(request, options);
          },
        }),
    });
    const due = gateway.post(CREATION);
    await waits.opened;
    const closed = gateway.close();
    expect(await (await due).json()).toMatchObject({ errors: [{ extensions: { code: 'SHUTTING_DOWN' } }] });
    await closed;
  });

  it('waits for DRAIN_TIMEOUT_MS at most', async () => {
    const { gateway, created, answer } = await startHeld({ DRAIN_TIMEOUT_MS: '20' });
    const due = gateway.post(CREATION);
    const outcome = expect(due).rejects.toThrow();
    await created.opened;
    await gateway.close();
    await outcome;
    answer.open();
  });
});
