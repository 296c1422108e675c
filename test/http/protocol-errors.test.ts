import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { sendRaw } from '../support/raw-http.js';

let gateway: TestGateway;
let metrics: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  metrics = await startTestGateway({ settings: { METRICS: 'on', METRICS_PORT: '0' } });
});
afterAll(async () => {
  await gateway.close();
  await metrics.close();
});

const POST = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
const BODY = '{"query":"{__typename}"}';

/** Requests that Node answers itself or refuses to parse. */
const REQUESTS = [
  ['without the header host', `POST /graphql HTTP/1.1\r\ncontent-type: application/json\r\n\r\n`, 400, 'BAD_REQUEST'],
  ['with an unknown expectation', `${POST}expect: magic\r\ncontent-length: 2\r\n\r\n{}`, 417, 'BAD_REQUEST'],
  ['with a body in the transfer coding gzip', `${POST}transfer-encoding: gzip\r\n\r\nx`, 400, 'BAD_REQUEST'],
  [
    'with a body in the transfer codings gzip and chunked',
    `${POST}transfer-encoding: gzip, chunked\r\n\r\n${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`,
    501,
    'BAD_REQUEST',
  ],
  ['with two lengths', `${POST}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 400, 'BAD_REQUEST'],
  ['with a header that is too long', `${POST}x: ${'x'.repeat(70_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
  ['with an invalid request line', 'nonsense\r\n\r\n', 400, 'BAD_REQUEST'],
  ['with an unknown method', 'FOO /graphql HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'BAD_REQUEST'],
  ['of HTTP/2 without TLS', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'BAD_REQUEST'],
  ['for a tunnel', 'CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n', 405, 'METHOD_NOT_ALLOWED'],
] as const;

describe('A request that breaks the rules of HTTP', () => {
  it.each(REQUESTS)(
    'gets a GraphQL error with policy headers and request id %s',
    async (_kind, bytes, status, code) => {
      const answer = await sendRaw(Number(new URL(gateway.url).port), bytes);
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      const headers = Object.fromEntries(
        head
          .split('\r\n')
          .slice(1)
          .map((line) => line.split(': ', 2)),
      );
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'content-type': 'application/json; charset=utf-8',
        'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
      });
      expect(JSON.parse(body)).toEqual({
        errors: [{ message: expect.stringMatching(/\.$/), extensions: { code, requestId: headers['x-request-id'] } }],
      });
    },
  );

  it('keeps the request id that it states', async () => {
    const { port } = new URL(gateway.url);
    for (const line of ['GET /graphql HTTP/1.1', 'CONNECT x:443 HTTP/1.1\r\nhost: x']) {
      expect(await sendRaw(Number(port), `${line}\r\nx-request-id: edge-7\r\n\r\n`)).toMatch(
        /\r\nx-request-id: edge-7\r\n/,
      );
    }
  });

  it('is refused by the server of metrics alike', async () => {
    const { port } = new URL(metrics.metricsUrl ?? '');
    const answer = await sendRaw(Number(port), 'GET /metrics HTTP/1.1\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toMatch(/x-request-id: /);
  });
});

describe('A request of HTTP/1.0', () => {
  it('needs no header host', async () => {
    const { port } = new URL(gateway.url);
    expect(await sendRaw(Number(port), 'GET /health/live HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('The expectation 100-continue', () => {
  it('is met, and the request is answered', async () => {
    const { port } = new URL(gateway.url);
    const request = `${POST}connection: close\r\nexpect: 100-continue\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;
    const answer = await sendRaw(Number(port), request);
    expect(answer).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK\r\n/);
  });
});
