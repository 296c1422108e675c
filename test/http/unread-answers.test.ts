import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { Gate } from '../support/gate.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { portWith } from '../support/port.js';

const DESCRIPTION = 'x'.repeat(4_000);

/** A query whose answer has some 8 MB, more than the buffers of the system take. */
async function largeQuery(gateway: TestGateway): Promise<string> {
  const made = await gateway.ask(mutation('id'), { input: taskInput({ description: DESCRIPTION }) });
  const { contact } = (made.data as { createTaskContact: { contact: { id: string } } }).createTaskContact;
  const aliases = Array.from({ length: 20 }, (_, index) => `a${index}: description`).join(' ');
  const ids = Array.from({ length: 100 }, () => `"${contact.id}"`).join(' ');
  return JSON.stringify({ query: `{ connectContacts(ids: [${ids}]) { ${aliases} } }` });
}

/**
 * A client that sends a request some times, and reads nothing until it is asked to. The buffers of the system may take one
 * answer, so that it is the second one that waits.
 */
async function sendUnread({ url }: TestGateway, body: string, times = 2): Promise<Socket> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  socket.on('error', () => {});
  await once(socket, 'connect');
  const head = `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  socket.write((head + body).repeat(times));
  // Its beginning has come: the answer waits.
  await once(socket, 'readable');
  return socket;
}

/** Reads to the end. @returns the number of bytes that came */
async function readAll(socket: Socket): Promise<number> {
  let bytes = 0;
  socket.on('data', (part: Buffer) => {
    bytes += part.length;
  });
  socket.resume();
  if (!socket.closed) await once(socket, 'close');
  return bytes;
}

/** Sends a request until it is answered with a status. @returns the answer */
async function until(status: number, gateway: TestGateway, body: string) {
  for (;;) {
    const response = await gateway.post(body);
    const text = await response.text();
    if (response.status === status) return { headers: response.headers, text };
  }
}

describe('Answers that their clients do not read', () => {
  it('have bounded room: a caller beyond it is refused, others are served, and all are when the answers are read', async () => {
    await using gateway = await startTestGateway({ settings: { MAX_UNREAD_BYTES_PER_CALLER: '12000000' } });
    const body = await largeQuery(gateway);
    expect((await (await gateway.post(body)).text()).length).toBeGreaterThan(8_000_000);
    const unread = await sendUnread(gateway, body);
    const refused = await until(503, gateway, body);
    expect(refused.headers.get('retry-after')).toMatch(/^[1-5]$/);
    expect(JSON.parse(refused.text)).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
    expect((await gateway.post({ query: '{ __typename }' })).status).toBe(200);
    unread.end();
    expect(await readAll(unread)).toBeGreaterThan(8_000_000);
    await until(200, gateway, body);
  });

  it('have room of their own on each connection', async () => {
    await using gateway = await startTestGateway({ settings: { MAX_UNREAD_BYTES_PER_CONNECTION: '12000000' } });
    const body = await largeQuery(gateway);
    const socket = await sendUnread(gateway, body, 6);
    socket.end();
    const bytes = await readAll(socket);
    // Six answers have 48 MB. One waits at a time, beside what the system has taken; the others are short refusals.
    expect(bytes).toBeGreaterThan(8_000_000);
    expect(bytes).toBeLessThan(40_000_000);
  });

  it('do not hide a mutation: its connection is closed, so that its client knows that it does not know', async () => {
    await using gateway = await startTestGateway({ settings: { MAX_UNREAD_BYTES_PER_CALLER: '8050000' } });
    const body = await largeQuery(gateway);
    const unread = await sendUnread(gateway, body);
    await until(503, gateway, body);
    const aliases = Array.from({ length: 20 }, (_, index) => `a${index}: description`).join(' ');
    const creation = gateway.post({
      query: mutation(aliases),
      variables: { input: taskInput({ name: 'Unread', description: DESCRIPTION }) },
    });
    await expect(creation).rejects.toThrow();
    expect(gateway.rows("select 1 from contact where name = 'Unread'")).toHaveLength(1);
    unread.destroy();
  });

  it('are given up after SEND_TIMEOUT_MS in which nothing was read, unlike requests that take longer to execute', async () => {
    const [begun, answer] = [new Gate(), new Gate()];
    await using gateway = await startTestGateway({
      settings: { SEND_TIMEOUT_MS: '200', MAX_UNREAD_BYTES_PER_CALLER: '12000000' },
      wrap: (connect) =>
        portWith(connect, {
          async startTaskContact(request, options) {
            if (request.name === 'Slow') {
              begun.open();
              await answer.opened;
            }
            return connect.startTaskContact(request, options);
          },
        }),
    });
    const body = await largeQuery(gateway);
    const slow = gateway.post({ query: mutation('id'), variables: { input: taskInput({ name: 'Slow' }) } });
    await begun.opened;
    const unread = await sendUnread(gateway, body);
    await until(503, gateway, body);
    await until(200, gateway, body);
    answer.open();
    expect((await slow).status).toBe(200);
    expect(await readAll(unread)).toBeLessThan(16_000_000);
  });
});
