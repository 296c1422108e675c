import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

const KEY = 'a-key-of-the-test';
const { instanceArn } = SAMPLE;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ settings: { CONNECT_EVENTS_KEY: KEY } });
});
afterAll(() => gateway.close());

function event(members: object = {}): object {
  return {
    id: 'e1f2a3b4-0000-4000-8000-000000000001',
    source: 'aws.connect',
    'detail-type': 'Amazon Connect Contact Event',
    time: '2026-06-01T12:00:00Z',
    detail: { eventType: 'INITIATED', contactId: 'c1', instanceArn },
    ...members,
  };
}

async function send(
  body: object | string,
  headers: Readonly<Record<string, string>> = { 'x-api-key': KEY },
  url = gateway.url,
) {
  const response = await fetch(`${url}/events/connect`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const [error] = text === '' ? [] : JSON.parse(text).errors;
  return { status: response.status, code: error?.extensions.code, message: error?.message };
}

describe('POST /events/connect', () => {
  it.each([{ 'x-api-key': KEY }, { authorization: KEY }, { authorization: `Bearer ${KEY}` }])(
    'accepts a contact event with the key in the headers %o',
    async (headers) => {
      expect(await send(event(), headers as Record<string, string>)).toMatchObject({ status: 204 });
    },
  );

  it.each<Readonly<Record<string, string>>>([
    {},
    { 'x-api-key': '' },
    { 'x-api-key': `${KEY} ${KEY}` },
    { 'x-api-key': KEY.slice(1) },
    { authorization: `Basic ${KEY}` },
  ])('refuses the headers %o', async (headers) => {
    expect(await send(event(), headers)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('accepts events that it does not know, so that they are not sent again', async () => {
    expect(await send(event({ source: 'aws.events' }))).toMatchObject({ status: 204 });
  });

  it('refuses what is no event, and an event of an instance that it does not serve', async () => {
    expect(await send([])).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(await send('{')).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    const detail = { eventType: 'INITIATED', contactId: 'c1', instanceArn: instanceArn.replace(/.$/, '9') };
    expect(await send(event({ detail }))).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
      message: expect.stringContaining('does not serve'),
    });
  });

  it('accepts 256 KiB, and refuses more', async () => {
    const padded = (bytes: number) => {
      const text = JSON.stringify(event({ padding: '' }));
      return text.replace('"padding":""', `"padding":"${'x'.repeat(bytes - text.length)}"`);
    };
    expect(await send(padded(256 * 1024))).toMatchObject({ status: 204 });
    expect(await send(padded(256 * 1024 + 1))).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  it('does not exist without a key', async () => {
    await using without = await startTestGateway();
    expect(await send(event(), {}, without.url)).toMatchObject({ status: 404 });
  });
});
