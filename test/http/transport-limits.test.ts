import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { networkOf } from '../../src/http/transport-limits.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

async function open({ url }: TestGateway): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {}); // A connection that is cut shows by its end.
  await once(socket, 'connect');
  return socket;
}

/** What comes on a connection until it is closed. */
async function rest(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (data) => {
    text += data.toString();
  });
  if (!socket.closed) await once(socket, 'close');
  return text;
}

/** An answer that Node's own faults get: an error as all others, and nothing of the inside. */
function expectError(answer: string, status: number, code: string, message: RegExp): void {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(head).toContain('connection: close');
  const id = /^x-request-id: (.*)$/m.exec(head)?.[1]?.trim();
  expect(JSON.parse(body)).toEqual({
    errors: [{ message: expect.stringMatching(message), extensions: { code, requestId: id } }],
  });
}

const HEAD = 'POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n';

describe('A client that does not get on with its request', () => {
  it.each([
    ['says nothing at all', ''],
    ['stops within the headers', 'POST /graphql HTTP/1.1\r\nhost: 127.0'],
    ['stops within the body', `${HEAD}content-length: 100\r\n\r\n{"query":`],
    ['stops between pieces of the body', `${HEAD}transfer-encoding: chunked\r\n\r\n2\r\n{"\r\n`],
  ])('gets a message and is closed: one that %s', async (_what, text) => {
    await using gateway = await startTestGateway({ settings: { RECEIVE_TIMEOUT_MS: '200' } });
    const socket = await open(gateway);
    socket.write(text);
    expectError(await rest(socket), 408, 'REQUEST_TIMEOUT', /RECEIVE_TIMEOUT_MS/);
    expect((await gateway.post({ query: '{ __typename }' })).status).toBe(200);
  });

  it('is answered as all others where it speaks another language than HTTP', async () => {
    await using gateway = await startTestGateway();
    const socket = await open(gateway);
    socket.write('EHLO gateway\r\n\r\n');
    expectError(await rest(socket), 400, 'BAD_REQUEST', /HTTP/);
  });

  it('is let go where it closes its half of the connection', async () => {
    await using gateway = await startTestGateway();
    const socket = await open(gateway);
    socket.end(`${HEAD}content-length: 100\r\n\r\n{"query":`);
    await rest(socket);
    expect((await gateway.post({ query: '{ __typename }' })).status).toBe(200);
  });
});

describe('What is sent', () => {
  it('has no more bytes in its body than MAX_BODY_BYTES, and the refusal names the setting', async () => {
    await using gateway = await startTestGateway({ settings: { MAX_BODY_BYTES: '1024' } });
    const body = (length: number) => JSON.stringify({ query: '{ __typename }' }).padEnd(length);
    expect((await gateway.post(body(1024))).status).toBe(200);
    const response = await gateway.post(body(1025));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringMatching(/1024 bytes .*MAX_BODY_BYTES/) }],
    });
  });

  it('has no more bytes in its headers than MAX_HEADER_BYTES', async () => {
    await using gateway = await startTestGateway({ settings: { MAX_HEADER_BYTES: '2048' } });
    const post = (length: number) => gateway.post({ query: '{ __typename }' }, { 'x-long': 'x'.repeat(length) });
    expect((await post(1_000)).status).toBe(200);
    const response = await post(2_000);
    expect(response.status).toBe(431);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.json()).toMatchObject({
      errors: [
        {
          message: expect.stringContaining('MAX_HEADER_BYTES'),
          extensions: { code: 'HEADERS_TOO_LARGE', requestId: response.headers.get('x-request-id') },
        },
      ],
    });
  });

  it('comes on no more connections at a time than MAX_CONNECTIONS', async () => {
    await using gateway = await startTestGateway({ settings: { MAX_CONNECTIONS: '2' } });
    const [first, second] = [await open(gateway), await open(gateway)];
    expect(await rest(await open(gateway))).toBe('');
    first.destroy();
    second.end(`GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`);
    expect(await rest(second)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('comes on no more connections of one address than MAX_CONNECTIONS_PER_ADDRESS, and others are served', async () => {
    await using gateway = await startTestGateway({ settings: { MAX_CONNECTIONS_PER_ADDRESS: '2' } });
    const port = Number(new URL(gateway.url).port);
    const [first, second] = [await open(gateway), await open(gateway)];
    expect(await rest(await open(gateway))).toBe('');
    const other = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' });
    other.write('GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n');
    expect(await rest(other)).toMatch(/^HTTP\/1\.1 200 /);
    second.end('GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n');
    await rest(second);
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    first.destroy();
  });
});

describe('The network of an address', () => {
  it.each([
    ['an IPv4 address', '192.0.2.1', '192.0.2.1'],
    ['an IPv4 address in IPv6', '::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['a whole IPv6 address', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['one with zeros in its second half', '2001:db8:1:2::6', '2001:db8:1:2'],
    ['one with zeros in its first half', '2001:db8::6', '2001:db8:0:0'],
    ['one that ends in zeros', '2001:db8::', '2001:db8:0:0'],
    ['this machine', '::1', '0:0:0:0'],
    ['none', undefined, undefined],
  ])('is what its client has alone: %s', (_what, address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
