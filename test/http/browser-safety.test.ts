import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mayCall } from '../../src/http/origins.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

const FOREIGN = 'https://evil.example.com';
const APP = 'https://app.example.com';
const LOCAL_APP = 'http://localhost:5173';
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

/** The preflight that a browser sends before a call with JSON and a token. */
const sendPreflight = (url: string, origin: string) =>
  fetch(`${url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization',
    },
  });

const corsHeaders = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith('access-control-'));

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
    const preflight = await sendPreflight(gateway.url, APP);
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

  it('gets no CORS headers from a gateway beyond loopback that lists no origin, and the refusal names CORS_ORIGINS', async () => {
    await using open = await startTestGateway({ settings: { HOST: '0.0.0.0', AUTH: 'none' } });
    const own = await open.post({ query: '{ __typename }' }, { origin: open.url });
    expect(own.status).toBe(200);
    const preflight = await sendPreflight(open.url, LOCAL_APP);
    const call = await open.post({ query: CREATE }, { origin: LOCAL_APP });
    for (const { headers } of [own, preflight, call]) expect(corsHeaders(headers)).toEqual([]);
    for (const refused of [preflight, call]) {
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({
        errors: [
          {
            message: `Pages of ${LOCAL_APP} may not call the gateway. Start the gateway with CORS_ORIGINS=${LOCAL_APP}, or add the origin to the list there.`,
            extensions: { code: 'ORIGIN_NOT_ALLOWED' },
          },
        ],
      });
    }
    expect(tasks(open)).toBe(0);
  });
});

describe('A web app on another port of this machine', () => {
  it.each([LOCAL_APP, 'http://127.0.0.1:3000', 'https://[::1]:8443'])(
    'calls a gateway on loopback without a setting, and reads the answer: %s',
    async (origin) => {
      await using local = await startTestGateway();
      const preflight = await sendPreflight(local.url, origin);
      expect(preflight.status).toBe(204);
      expect(Object.fromEntries(preflight.headers)).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type,authorization',
        vary: expect.stringMatching(/origin/i),
      });
      const response = await local.post({ query: CREATE }, { origin });
      expect(await response.json()).toEqual({ data: { createTaskContact: { errors: [] } } });
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'retry-after, x-request-id',
      });
      for (const { headers } of [preflight, response]) {
        expect(headers.get('access-control-allow-credentials')).toBeNull();
      }
    },
  );

  it('is refused if it sends anything but JSON, and the browser asks before it sends JSON', async () => {
    await using local = await startTestGateway();
    const body = JSON.stringify({ query: CREATE });
    const response = await local.post(body, { origin: LOCAL_APP, 'content-type': 'text/plain' });
    expect(response.status).toBe(415);
    expect(tasks(local)).toBe(0);
  });

  it('changes nothing for requests without an origin: OPTIONS is 405, and answers have no CORS headers', async () => {
    await using local = await startTestGateway();
    const options = await fetch(`${local.url}/graphql`, { method: 'OPTIONS' });
    expect(options.status).toBe(405);
    const response = await local.post({ query: '{ __typename }' });
    for (const { headers } of [options, response]) expect(corsHeaders(headers)).toEqual([]);
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
