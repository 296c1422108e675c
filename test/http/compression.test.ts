import { request } from 'node:http';
import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { codingOf, compressAnswers } from '../../src/http/compression.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Sends a request and returns the body as it was sent: fetch would decompress it. */
function send(url: string, headers: Readonly<Record<string, string>>, body?: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: body === undefined ? 'GET' : 'POST', headers, agent: false },
      async (answer) => {
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(await answer.toArray()) });
      },
    );
    sent.on('error', reject).end(body);
  });
}

const DECOMPRESS = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync };
const LARGE = JSON.stringify({ query: '{ __schema { types { name description } } }' });
const SMALL = JSON.stringify({ query: '{ __typename }' });

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ settings: { METRICS: 'on' } });
});
afterAll(() => gateway.close());

const post = (body: string, accept?: string) =>
  send(
    `${gateway.url}/graphql`,
    { 'content-type': 'application/json', ...(accept !== undefined && { 'accept-encoding': accept }) },
    body,
  );

describe('An answer above 1 KB', () => {
  it.each(['zstd', 'br', 'gzip'] as const)('is compressed by %s for a client that accepts it', async (coding) => {
    const plain = await post(LARGE);
    const { status, headers, body } = await post(LARGE, coding);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-encoding': coding,
      'content-length': String(body.length),
      'content-type': 'application/json; charset=utf-8',
      vary: 'Accept, Accept-Encoding',
    });
    expect(DECOMPRESS[coding](body)).toEqual(plain.body);
    expect(body.length).toBeLessThan(plain.body.length / 3);
  });

  it('is sent as it is to a client that accepts no compression', async () => {
    const { headers, body } = await post(LARGE);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-length']).toBe(String(body.length));
    expect(headers.vary).toBe('Accept, Accept-Encoding');
  });

  it('is compressed if it holds metrics', async () => {
    const { headers } = await send(String(gateway.metricsUrl), { 'accept-encoding': 'gzip', host: 'localhost' });
    expect(headers['content-encoding']).toBe('gzip');
  });
});

describe('An answer below 1 KB', () => {
  it('is never compressed', async () => {
    const creation = JSON.stringify({
      query: `mutation { createTaskContact(input: { name: "x", flow: { contactFlowId: "${SAMPLE.contactFlow}" } }) { contact { id } } }`,
    });
    for (const body of [SMALL, creation]) {
      expect((await post(body, 'gzip, br, zstd')).headers['content-encoding']).toBeUndefined();
    }
  });
});

describe('A compressed request', () => {
  it('is refused with 415', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const refused = await send(`${gateway.url}/graphql`, headers, gzipSync(SMALL));
    expect(refused).toMatchObject({ status: 415, headers: { 'accept-encoding': 'identity' } });
    expect(JSON.parse(refused.body.toString())).toMatchObject({
      errors: [{ message: expect.stringMatching(/compressed/), extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }],
    });
  });
});

describe('The coding of an answer', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['*', undefined],
    ['identity', undefined],
    ['deflate', undefined],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, deflate', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip;q=0', undefined],
    ['zstd;q=0, gzip', 'gzip'],
    ['identity, gzip;q=0.5', undefined],
    ['x'.repeat(100_000), undefined],
    [`${'x,'.repeat(50_000)}gzip`, undefined],
  ] as const)('follows accept-encoding: %s', (accept, coding) => {
    expect(codingOf(accept)).toBe(coding);
  });
});

describe('A stream', () => {
  it('is sent as it is, and so is a body with an ETag', async () => {
    const app = fastify();
    compressAnswers(app);
    const text = 'x'.repeat(5_000);
    app.get('/stream', async (_request, reply) => reply.type('text/event-stream').send(Readable.from([text])));
    app.get('/tagged', async (_request, reply) => reply.header('etag', '"1"').send(text));
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    try {
      for (const path of ['/stream', '/tagged']) {
        const { headers, body } = await send(`${url}${path}`, { 'accept-encoding': 'gzip' });
        expect([path, headers['content-encoding'], body.toString()]).toEqual([path, undefined, text]);
      }
    } finally {
      await app.close();
    }
  });
});
