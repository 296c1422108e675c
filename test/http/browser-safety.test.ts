import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mayCall } from '../../src/http/origins.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

const FOREIGN = 'https://evil.example.com';
const APP = 'https://app.example.com';
const CREATE = `mutation { createTaskContact(input: { name: "x", flow: { contactFlowId: "${SAMPLE.contactFlow}" } }) { errors { code } } }`;
const PATHS = [
  '/',
  '/graphql',
  '/graphiql/assets/nothing.js',
  '/health/live',
  '/health/ready',
  '/nothing',
  '/graphql/',
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ settings: { CORS_ORIGINS: APP } });
});
afterAll(() => gateway.close());

const tasks = ({ rows }: TestGateway) => rows("select id from contact where channel = 'TASK'").length;

describe('A page of another site', () => {
  it('is refused on every path, by every method', async () => {
    await using closed = await startTestGateway();
    for (const { url } of [gateway, closed]) {
      for (const path of PATHS) {
        for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
          const response = await fetch(`${url}${path}`, { method, headers: { origin: FOREIGN }, redirect: 'manual' });
          expect([method, path, response.status]).toEqual([method, path, 403]);
          expect(response.headers.get('access-control-allow-origin')).toBeNull();
        }
      }
    }
  });

  it('creates no task, in any form that a browser sends without asking first', async () => {
    const body = JSON.stringify({ query: CREATE });
    const form = new URLSearchParams({ query: CREATE });
    const multipart = new FormData();
    multipart.set('query', CREATE);
    const forms: readonly RequestInit[] = [
      { body, headers: { 'content-type': 'text/plain' } },
      { body, headers: { 'content-type': 'text/plain;application/json' } },
      { body, headers: { 'content-type': 'application/x-www-form-urlencoded, application/json' } },
      { body: form },
      { body: multipart },
      { body: new TextEncoder().encode(body) },
      { body: '' },
      {},
    ];
    for (const request of forms) {
      // No origin, as old browsers have it: the form alone must be enough to refuse.
      const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', ...request });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
    }
    const query = encodeURIComponent(CREATE);
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(`${gateway.url}/graphql?query=${query}`, { method });
      expect(response.status).toBe(405);
    }
    expect(tasks(gateway)).toBe(0);
  });

  it('is refused under a name of its own that resolves to this machine', async () => {
    const response = await gateway.post({ query: CREATE }, { origin: 'http://rebound.example.com:4000' });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringMatching(/CORS_ORIGINS/), extensions: { code: 'ORIGIN_NOT_ALLOWED' } }],
    });
    expect(tasks(gateway)).toBe(0);
  });

  it('calls and reads the answer without credentials if its origin is named', async () => {
    const preflight = await fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: APP,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type,authorization',
      'access-control-max-age': '600',
      vary: expect.stringMatching(/origin/i),
    });
    const response = await gateway.post({ query: '{ __typename }' }, { origin: APP });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
    expect(response.headers.get('access-control-allow-origin')).toBe(APP);
    expect(response.headers.get('access-control-expose-headers')).toBe('retry-after, x-request-id');
    for (const { headers } of [preflight, response]) {
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('learns nothing where no origin is named: there are no CORS headers', async () => {
    await using closed = await startTestGateway();
    for (const origin of ['http://localhost:5173', closed.url]) {
      const { headers, status } = await closed.post({ query: '{ __typename }' }, { origin });
      expect(status).toBe(200);
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });
});

describe('An origin may call', () => {
  const local = { origins: [APP], isLocal: true };
  const open = { origins: [APP], isLocal: false };
  it.each([
    ['none, as programs do', undefined, 'gateway:4000', true, true],
    ['one that is named', APP, 'gateway:4000', true, true],
    ['one that is named but for its scheme', 'http://app.example.com', 'gateway:4000', false, false],
    ['one that is named but for its port', `${APP}:8443`, 'gateway:4000', false, false],
    ['that of GraphiQL on this machine', 'http://127.0.0.1:4000', '127.0.0.1:4000', true, true],
    ['that of another port of this machine', 'http://localhost:5173', '127.0.0.1:4000', true, false],
    ['that of GraphiQL, IPv6', 'http://[::1]:4000', '[::1]:4000', true, true],
    ['that of GraphiQL behind a proxy', 'https://gateway.example.com', 'gateway.example.com', false, true],
    ['a name that begins like ours', 'http://127.0.0.1.example.com', '127.0.0.1.example.com', false, true],
    ['that of a sandboxed frame or a file', 'null', 'gateway:4000', false, false],
    ['what is none', 'nonsense', 'nonsense', false, false],
    ['an empty one', '', '', false, false],
  ])('%s', (_what, origin, host, here, beyond) => {
    expect({ here: mayCall(origin, host, local), beyond: mayCall(origin, host, open) }).toEqual({ here, beyond });
  });
});

describe('Every answer', () => {
  it('says to browsers that it runs nothing, is in no frame, and is what its type says', async () => {
    const answers = await Promise.all([
      ...PATHS.map((path) => fetch(`${gateway.url}${path}`)),
      gateway.post({ query: '{ __typename }' }),
      gateway.post('nonsense'),
      gateway.post({ query: '{' }, { accept: 'application/graphql-response+json' }),
      gateway.post({ query: '{ __typename }' }, { 'content-type': 'text/plain' }),
      gateway.post({ query: '{ __typename }' }, { accept: 'text/csv' }),
      gateway.post('x'.repeat(2_000_000)),
      gateway.post({ query: '{ __typename }' }, { origin: FOREIGN }),
      fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } }),
    ]);
    for (const { url, status, headers } of answers) {
      expect({ url, status, ...Object.fromEntries(headers) }).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cache-control': expect.stringMatching(/^no-/),
      });
    }
  });

  it('allows nothing to load for the API; GraphiQL loads only its own files', async () => {
    const policyOf = ({ headers }: Response) => headers.get('content-security-policy') ?? '';
    expect(policyOf(await gateway.post({ query: '{ __typename }' }))).not.toContain('self');
    const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } });
    if (page.ok) expect(policyOf(page)).toContain("script-src 'self'");
  });
});
