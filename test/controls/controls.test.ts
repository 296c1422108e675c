import { connect as connectTo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { AdjustableClock, MAX_OFFSET_SECONDS } from '../../src/controls/adjustable-clock.js';
import { controls, CONTROLS_PATH, localOnly } from '../../src/controls/controls.js';
import { DAY, HOUR, MINUTE, NOW, SAMPLE, UNKNOWN_ID } from '../support/engine.js';
import { startTestGateway } from '../support/gateway.js';
import { send, startTestWire } from '../support/wire.js';

const { instanceId } = SAMPLE;

/** An engine behind the wire with its controls. */
async function startControls({ movable = true } = {}) {
  const clock = new AdjustableClock(() => NOW);
  const wire = await startTestWire({
    plugin: (app, engine) =>
      app.register(controls, { engine, clock: movable ? clock : undefined, prefix: CONTROLS_PATH }),
  });
  Object.defineProperty(wire.test.clock, 'now', { get: clock.now });
  const post = (path: string, body?: object | string, headers?: Readonly<Record<string, string>>) =>
    send(wire.url, 'POST', `${CONTROLS_PATH}${path}`, typeof body === 'object' ? JSON.stringify(body) : body, headers);
  return {
    ...wire,
    post,
    steer: (id: string, control: string, body?: object | string) =>
      post(`/contacts/${instanceId}/${id}/${control}`, body),
  };
}

describe('POST /_emulator/contacts', () => {
  it('leads a task to its end, without a body', async () => {
    await using server = await startControls();
    const id = await server.test.start();
    const states = [];
    for (const control of ['enqueue', 'connect', 'complete', 'endAfterContactWork']) {
      const { status, json } = await server.steer(id, control);
      states.push([status, json.state]);
    }
    expect(states).toEqual([
      [200, 'QUEUED'],
      [200, 'CONNECTED'],
      [200, 'AFTER_CONTACT_WORK'],
      [200, 'COMPLETED'],
    ]);
    expect((await send(server.url, 'GET', `/contacts/${instanceId}/${id}`)).json.Contact).toMatchObject({
      DisconnectReason: 'AGENT_COMPLETED',
      AgentInfo: { AfterContactWorkStartTimestamp: NOW / 1000, AfterContactWorkEndTimestamp: NOW / 1000 },
    });
    expect(await server.steer(id, 'enqueue')).toMatchObject({
      status: 409,
      type: 'ConflictException',
      json: { Message: expect.stringContaining('It allows nothing.') },
    });
  });

  it('takes a body', async () => {
    await using server = await startControls();
    const id = await server.test.start();
    await server.steer(id, 'connect', {});
    expect((await server.steer(id, 'complete', { afterContactWork: false })).json).toMatchObject({
      state: 'COMPLETED',
    });
  });

  it('refuses what it does not know with 404', async () => {
    await using server = await startControls();
    const id = await server.test.start();
    expect(await server.steer(UNKNOWN_ID, 'enqueue')).toMatchObject({ status: 404, type: 'ResourceNotFoundException' });
    expect(await server.steer(id, 'enqueue', { queueId: UNKNOWN_ID })).toMatchObject({
      status: 404,
      json: { Message: 'Queue not found. Check queueId: it must be an id of this instance.' },
    });
    expect(await server.steer(id, 'finish')).toMatchObject({ status: 404, type: 'UnknownOperationException' });
    expect(await server.post('/contact')).toMatchObject({ status: 404, type: 'UnknownOperationException' });
    expect(await send(server.url, 'GET', `${CONTROLS_PATH}/clock`)).toMatchObject({ status: 404 });
  });

  it.each([
    ['no JSON', '{', 'SerializationException'],
    ['no object', '[]', 'SerializationException'],
    ['a wrong type', '{"queueId":1}', 'SerializationException'],
    ['null', '{"queueId":null}', 'SerializationException'],
    ['an unknown member', '{"queue":"x"}', 'InvalidParameterException'],
    ['a member of the prototype', '{"constructor":"x"}', 'InvalidParameterException'],
    ['an empty id', '{"queueId":""}', 'InvalidParameterException'],
    [
      'an ARN of another instance',
      `{"queueId":"arn:aws:connect:us-east-1:1:instance/x/queue/y"}`,
      'InvalidParameterException',
    ],
  ])('refuses a body with %s with 400', async (_, body, type) => {
    await using server = await startControls();
    const id = await server.test.start();
    expect(await server.steer(id, 'enqueue', body)).toMatchObject({ status: 400, type });
    expect((await server.test.contact(id)).state).toBe('INITIATED');
  });

  it('leaves the wire as it is', async () => {
    await using server = await startControls();
    const id = await server.test.start();
    expect(await send(server.url, 'GET', `/contacts/${instanceId}/${id}`)).toMatchObject({ status: 200 });
    expect(await send(server.url, 'GET', '/nothing')).toMatchObject({ status: 404, type: 'UnknownOperationException' });
  });
});

describe('POST /_emulator/clock', () => {
  it('reports the time, moves it on, and sets how far it is ahead', async () => {
    await using server = await startControls();
    const at = (offset: number) => ({ now: new Date(NOW + offset).toISOString(), offsetSeconds: offset / 1000 });
    expect((await server.post('/clock')).json).toEqual(at(0));
    expect((await server.post('/clock', { advanceSeconds: 3600 })).json).toEqual(at(HOUR));
    expect((await server.post('/clock', { advanceSeconds: 0.5 })).json).toEqual(at(HOUR + 500));
    expect((await server.post('/clock', { offsetSeconds: 60 })).json).toEqual(at(MINUTE));
    expect((await server.post('/clock', { advanceSeconds: -60 })).json).toEqual(at(0));
  });

  it('lets schedules come due and tasks expire', async () => {
    await using server = await startControls();
    const { test } = server;
    const scheduled = await test.start({ scheduledTime: new Date(NOW + DAY) });
    const short = await test.start({ expiryMinutes: 60 });
    await server.post('/clock', { advanceSeconds: 86_400 });
    expect((await test.contact(scheduled)).state).toBe('INITIATED');
    expect(await test.contact(short)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'EXPIRED' });
  });

  it.each([
    ['both members', { advanceSeconds: 1, offsetSeconds: 1 }, 'InvalidRequestException'],
    ['too much', { offsetSeconds: MAX_OFFSET_SECONDS + 1 }, 'InvalidParameterException'],
    ['a text', { advanceSeconds: '1' }, 'SerializationException'],
    ['a number beyond numbers', '{"advanceSeconds":1e999}', 'InvalidParameterException'],
  ])('refuses %s with 400', async (_, body, type) => {
    await using server = await startControls();
    expect(await server.post('/clock', body)).toMatchObject({ status: 400, type });
    expect((await server.post('/clock')).json.offsetSeconds).toBe(0);
  });

  it('says that a database’s clock cannot be moved', async () => {
    await using server = await startControls({ movable: false });
    expect(await server.post('/clock', { advanceSeconds: 1 })).toMatchObject({
      status: 400,
      type: 'InvalidRequestException',
      json: { Message: expect.stringContaining('PostgreSQL') },
    });
  });
});

describe('Who may use the controls', () => {
  it.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'http://example.com' }],
    ['an opaque origin', { origin: 'null' }],
    ['a relay', { 'x-forwarded-for': '192.0.2.1' }],
  ])('refuses %s', async (_, headers) => {
    await using server = await startControls();
    expect(await server.post('/clock', undefined, headers)).toMatchObject({
      status: 403,
      type: 'AccessDeniedException',
    });
  });

  it('refuses a host name that is not this machine’s own', async () => {
    await using server = await startControls();
    const socket = connectTo(server.port, '127.0.0.1');
    socket.end(
      `POST ${CONTROLS_PATH}/clock HTTP/1.1\r\nHost: rebound.example.com\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
    const answer = (await socket.setEncoding('utf8').toArray()).join('');
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('refuses a form, which any page may send', async () => {
    await using server = await startControls();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await server.post('/clock', 'advanceSeconds=1', headers)).toMatchObject({ status: 415 });
  });

  it.each(['192.0.2.1', '::ffff:192.0.2.1', '2001:db8::1', ''])('refuses a peer at %s', (remoteAddress) => {
    const request = { socket: { remoteAddress }, headers: { host: 'localhost:4100' } } as never;
    expect(() => localOnly(request)).toThrow('they serve callers on this machine only');
  });

  it.each(['127.0.0.1', '127.8.0.1', '::ffff:127.0.0.1', '::1'])(
    'accepts a peer at %s, by any name of this machine',
    (remoteAddress) => {
      for (const host of ['localhost:4100', '127.0.0.1:4100', '[::1]:4100', 'LOCALHOST']) {
        expect(() => localOnly({ socket: { remoteAddress }, headers: { host } } as never)).not.toThrow();
      }
    },
  );
});

describe('The gateway with CONNECT_WIRE_PORT', () => {
  it('serves the controls, and its own rules go by the moved clock', async () => {
    await using gateway = await startTestGateway({ settings: { CONNECT_WIRE_PORT: '0' } });
    const url = gateway.wireUrl ?? '';
    const { json } = await send(url, 'POST', `${CONTROLS_PATH}/clock`, '{"advanceSeconds":864000}');
    const scheduledTime = new Date(Date.parse(String(json.now)) + HOUR).toISOString();
    const create = `mutation ($at: DateTime!) { createTaskContact(input: {
      name: "Later", scheduledTime: $at, flow: { contactFlowId: "${SAMPLE.contactFlow}" }
    }) { contact { id state } errors { message } } }`;
    expect(await gateway.ask(create, { at: scheduledTime })).toMatchObject({
      data: { createTaskContact: { contact: { state: 'SCHEDULED' }, errors: [] } },
    });
  });

  it('serves none with access keys, because a proxy on this machine looks like a developer', async () => {
    await using gateway = await startTestGateway({
      settings: {
        CONNECT_WIRE_PORT: '0',
        CONNECT_WIRE_ACCESS_KEY_ID: 'AKIDLOCAL',
        CONNECT_WIRE_SECRET_ACCESS_KEY: 'secret',
      },
    });
    const answer = await send(gateway.wireUrl ?? '', 'POST', `${CONTROLS_PATH}/clock`);
    expect(answer).toMatchObject({ status: 403, type: 'MissingAuthenticationTokenException' });
  });

  it('serves none beyond loopback', async () => {
    await using gateway = await startTestGateway({
      settings: {
        HOST: '0.0.0.0',
        AUTH: 'none',
        CONNECT_WIRE_PORT: '0',
        CONNECT_WIRE_ACCESS_KEY_ID: 'AKIDLOCAL',
        CONNECT_WIRE_SECRET_ACCESS_KEY: 'secret',
      },
    });
    const { port } = new URL(gateway.wireUrl ?? '');
    const answer = await send(`http://127.0.0.1:${port}`, 'POST', `${CONTROLS_PATH}/clock`);
    expect(answer).toMatchObject({ status: 403, type: 'MissingAuthenticationTokenException' });
  });
});
