import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { Gate } from '../support/gate.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { portWith } from '../support/port.js';

const CREATION = { query: mutation('id'), variables: { input: taskInput() } };
const APP = 'https://app.example.com';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** A gateway whose one place is taken by a creation that waits; it refuses all others until the place is left. */
async function startFull(settings: Readonly<Record<string, string>> = {}) {
  const [begun, answer] = [new Gate(), new Gate()];
  const gateway = await startTestGateway({
    settings: { MAX_CONCURRENT_REQUESTS: '1', ...settings },
    wrap: (connect) =>
      portWith(connect, {
        async startTaskContact(request, options) {
          begun.open();
          await answer.opened;
          return connect.startTaskContact(request, options);
        },
      }),
  });
  const accepted = gateway.post(CREATION);
  await begun.opened;
  return {
    gateway,
    accepted,
    async leave() {
      answer.open();
      expect((await accepted).status).toBe(200);
    },
    async [Symbol.asyncDispose]() {
      answer.open();
      await accepted;
      await gateway.close();
    },
  };
}

/** A connection on which a test sends bytes, and waits for what it expects to come. */
async function open({ url }: TestGateway) {
  const socket: Socket = connectSocket(Number(new URL(url).port), '127.0.0.1').setEncoding('latin1');
  socket.on('error', () => {}); // A connection that is cut shows by its end.
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (part: string) => {
    text += part;
  });
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return {
    socket,
    /** All that has come, once so many answers are there as a whole. */
    async answers(count: number): Promise<readonly string[]> {
      for (;;) {
        const whole = split(text);
        if (whole.length >= count) return whole;
        await once(socket, 'data');
      }
    },
    /** All that came, until the gateway closed the connection. */
    async rest(): Promise<string> {
      await ended;
      return text;
    },
  };
}

/** The answers in a text that are there as a whole. */
function split(text: string): readonly string[] {
  const answers: string[] = [];
  for (let from = 0; ; ) {
    const head = text.indexOf('\r\n\r\n', from);
    if (head < 0) return answers;
    const length = Number(/content-length: (\d+)/i.exec(text.slice(from, head))?.[1] ?? 0);
    const end = head + 4 + length;
    if (text.length < end) return answers;
    answers.push(text.slice(from, end));
    from = end;
  }
}

function request(body: string, { version = '1.1', headers = '' } = {}): string {
  return `POST /graphql HTTP/${version}\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const BODY = JSON.stringify(CREATION);
const REFUSED = /^HTTP\/1\.1 503 [\s\S]*"code":"OVERLOADED"/;

describe('A refusal under overload', () => {
  it('says all that other answers say, and when to try again', async () => {
    await using full = await startFull({ CORS_ORIGINS: APP });
    const headers = { origin: APP, 'x-request-id': 'edge-7' };
    const refused = await full.gateway.post(CREATION, headers);
    expect(await refused.json()).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'OVERLOADED', requestId: 'edge-7' } }],
    });
    await full.leave();
    // One that the framework answers, with an error of HTTP as well.
    const other = await fetch(`${full.gateway.url}/nowhere`, { method: 'POST', headers });
    expect(other.status).toBe(404);
    const said = ({ headers }: Response) => {
      const { date, 'content-length': length, ...rest } = Object.fromEntries(headers);
      return rest;
    };
    expect(said(refused)).toEqual({ ...said(other), 'retry-after': '1' });
  });

  it.each([
    ['of an origin that is listed', APP],
    ['of another port of this machine', 'http://localhost:5173'],
  ])('is readable by a page %s', async (_page, origin) => {
    await using full = await startFull({ CORS_ORIGINS: APP });
    const { headers } = await full.gateway.post(CREATION, { origin });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toBe('retry-after, x-request-id');
    expect(headers.get('vary')).toBe('Accept, Accept-Encoding, Origin');
  });

  it('has no CORS headers without an origin, and no other page learns of it', async () => {
    await using full = await startFull();
    const { headers } = await full.gateway.post(CREATION);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(headers.get('vary')).toBe('Accept, Accept-Encoding');
    expect((await full.gateway.post(CREATION, { origin: 'https://evil.example.com' })).status).toBe(403);
  });

  it('has no CORS headers beyond loopback where no origin is listed', async () => {
    await using full = await startFull({ HOST: '0.0.0.0', AUTH: 'none' });
    const { headers } = await full.gateway.post(CREATION, { origin: full.gateway.url });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(headers.get('vary')).toBe('Accept, Accept-Encoding');
  });

  it.each([
    ['none', undefined],
    ['one that is no id', '<script>"'],
  ])('has a new id where there came %s', async (_what, given) => {
    await using full = await startFull();
    const refused = await full.gateway.post(CREATION, given === undefined ? {} : { 'x-request-id': given });
    const id = refused.headers.get('x-request-id');
    expect(id).toMatch(UUID);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { requestId: id } }] });
  });

  it('comes in the media type that the client prefers', async () => {
    await using full = await startFull();
    const { headers } = await full.gateway.post(CREATION, { accept: 'application/graphql-response+json' });
    expect(headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
  });

  it('is counted, by its status and its code', async () => {
    await using full = await startFull({ METRICS: 'on' });
    for (let count = 0; count < 3; count++) expect((await full.gateway.post(CREATION)).status).toBe(503);
    await full.leave();
    const text = await (await fetch(full.gateway.metricsUrl ?? '')).text();
    expect(text).toContain('gateway_http_requests_total{method="POST",route="/graphql",status="503"} 3');
    expect(text).toContain('gateway_errors_total{place="http",code="OVERLOADED"} 3');
  });

  it.each([['/graphql?by=query'], ['/%67raphql']])('meets each spelling of the path: %s', async (path) => {
    await using full = await startFull();
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: BODY };
    const refused = await fetch(`${full.gateway.url}${path}`, init);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
  });
});

describe('The connection of a refused request', () => {
  it('serves on, also where the request came with another behind it', async () => {
    await using full = await startFull();
    const connection = await open(full.gateway);
    connection.socket.write(request(BODY) + request(BODY));
    const refused = await connection.answers(2);
    expect(refused).toEqual([expect.stringMatching(REFUSED), expect.stringMatching(REFUSED)]);
    await full.leave();
    connection.socket.write(request(BODY));
    expect((await connection.answers(3))[2]).toMatch(/^HTTP\/1\.1 200 /);
    connection.socket.destroy();
  });

  it('serves on when the rest of a large body has come, of which nothing is kept', async () => {
    await using full = await startFull();
    const connection = await open(full.gateway);
    const whole = request(BODY.padEnd(500_000));
    connection.socket.write(whole.slice(0, 1_000));
    // The answer does not wait for the body.
    expect(await connection.answers(1)).toEqual([expect.stringMatching(REFUSED)]);
    await full.leave();
    connection.socket.write(whole.slice(1_000) + request(BODY));
    expect((await connection.answers(2))[1]).toMatch(/^HTTP\/1\.1 200 /);
    connection.socket.destroy();
  });

  it('is let go where the rest of the body does not come in time', async () => {
    await using full = await startFull({ RECEIVE_TIMEOUT_MS: '200' });
    const connection = await open(full.gateway);
    connection.socket.write(request(BODY).slice(0, -10));
    expect(await connection.rest()).toMatch(REFUSED);
  });

  it('ends with the answer where the client speaks HTTP/1.0, or says so', async () => {
    await using full = await startFull();
    for (const text of [request(BODY, { version: '1.0' }), request(BODY, { headers: 'connection: close\r\n' })]) {
      const connection = await open(full.gateway);
      connection.socket.write(text);
      const answer = await connection.rest();
      expect(answer).toMatch(REFUSED);
      expect(answer).toMatch(/connection: close/i);
    }
  });

  it('survives a cut at any moment', async () => {
    await using full = await startFull();
    for (const length of [20, 150, BODY.length]) {
      const connection = await open(full.gateway);
      connection.socket.write(request(BODY).slice(0, length));
      connection.socket.destroy();
    }
    expect((await full.gateway.post(CREATION)).status).toBe(503);
    await full.leave();
    expect((await full.gateway.post(CREATION)).status).toBe(200);
  });

  it('is no reason to stay when the gateway ends, and a request on it is answered with that end', async () => {
    const full = await startFull();
    // A head under way is what makes a connection busy; the third request's answer shows that it has been read.
    const [idle, busy] = [await open(full.gateway), await open(full.gateway)];
    idle.socket.write(request(BODY));
    busy.socket.write(request(BODY));
    for (const connection of [idle, busy]) await connection.answers(1);
    busy.socket.write(request(BODY).slice(0, 30));
    expect((await full.gateway.post(CREATION)).status).toBe(503);
    const closed = full.gateway.close();
    expect(await idle.rest()).toMatch(REFUSED);
    busy.socket.write(request(BODY).slice(30));
    expect(await busy.rest()).toMatch(/HTTP\/1\.1 503 [\s\S]*"OVERLOADED"[\s\S]*HTTP\/1\.1 503 [\s\S]*"SHUTTING_DOWN"/);
    await full.leave();
    await closed;
  });
});
