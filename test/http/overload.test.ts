import { describe, expect, it } from '@jest/globals';
import { isPressure } from '../../src/http/overload.js';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { Gate } from '../support/gate.js';
import { startTestGateway } from '../support/gateway.js';
import { portWith } from '../support/port.js';
import { sendRaw } from '../support/raw-http.js';

const CREATION = { query: mutation('id'), variables: { input: taskInput() } };

describe('A gateway that executes as many requests as it may', () => {
  it('refuses one more at once with 503 and Retry-After, answers health, and serves again when there is room', async () => {
    const [begun, answer] = [new Gate(), new Gate()];
    let calls = 0;
    await using gateway = await startTestGateway({
      settings: { MAX_CONCURRENT_REQUESTS: '2' },
      wrap: (connect) =>
        portWith(connect, {
          async startTaskContact(request, options) {
            if (++calls === 2) begun.open();
            await answer.opened;
            return connect.startTaskContact(request, options);
          },
        }),
    });
    const accepted = [gateway.post(CREATION), gateway.post(CREATION)];
    await begun.opened;

    const refused = await gateway.post(CREATION);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toEqual({
      errors: [
        {
          message: 'The gateway is overloaded. Retry in 1 second.',
          extensions: { code: 'OVERLOADED', requestId: refused.headers.get('x-request-id') },
        },
      ],
    });
    for (const path of ['live', 'ready']) expect((await fetch(`${gateway.url}/health/${path}`)).status).toBe(200);

    answer.open();
    for (const { status } of await Promise.all(accepted)) expect(status).toBe(200);
    expect((await gateway.post(CREATION)).status).toBe(200);
    expect(calls).toBe(3);
  });

  it('counts a request whose client hung up until what it began has ended', async () => {
    const [begun, answer] = [new Gate(), new Gate()];
    await using gateway = await startTestGateway({
      settings: { MAX_CONCURRENT_REQUESTS: '1' },
      wrap: (connect) =>
        portWith(connect, {
          async startTaskContact(request) {
            begun.open();
            await answer.opened;
            return connect.startTaskContact(request);
          },
        }),
    });
    const client = new AbortController();
    const hungUp = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(CREATION),
      signal: client.signal,
    });
    await begun.opened;
    client.abort();
    await expect(hungUp).rejects.toThrow();
    expect((await gateway.post(CREATION)).status).toBe(503);
    answer.open();
  });
});

describe('A caller with many requests at once', () => {
  it('has three quarters of the places, and another caller finds one', async () => {
    const [begun, answer] = [new Gate(), new Gate()];
    let calls = 0;
    await using gateway = await startTestGateway({
      settings: { MAX_CONCURRENT_REQUESTS: '4' },
      wrap: (connect) =>
        portWith(connect, {
          async startTaskContact(request, options) {
            if (++calls === 3) begun.open();
            await answer.opened;
            return connect.startTaskContact(request, options);
          },
        }),
    });
    const accepted = [1, 2, 3].map(() => gateway.post(CREATION));
    await begun.opened;
    const body = JSON.stringify({ query: '{ __typename }' });
    const head = 'POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nconnection: close\r\n';
    const port = Number(new URL(gateway.url).port);
    for (let attempt = 0; attempt < 15; attempt += 1) {
      expect((await gateway.post({ query: '{ __typename }' })).status).toBe(503);
      const request = `${head}content-length: ${body.length}\r\n\r\n${body}`;
      expect(await sendRaw(port, request, '127.0.0.2')).toMatch(/^HTTP\/1\.1 200 /);
    }
    answer.open();
    for (const { status } of await Promise.all(accepted)) expect(status).toBe(200);
    expect((await gateway.post({ query: '{ __typename }' })).status).toBe(200);
  });
});

describe('The process is under pressure', () => {
  const calm = { delayMs: 5, heapShare: 0.5 };
  const late = { delayMs: 1_500, heapShare: 0.5 };
  const full = { delayMs: 5, heapShare: 0.95 };
  it.each([
    ['by neither', [calm, calm], false],
    ['by one sample alone', [late, calm], false],
    ['by an event loop that stays late', [late, late], true],
    ['by a heap that stays full', [full, full], true],
    ['by one after the other', [late, full], true],
  ] as const)('%s: %#', (_what, [before, now], expected) => {
    expect(isPressure([before, now])).toBe(expected);
  });
});
