import { connect as connectSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connect } from '../../src/connect/connect.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { sendRaw } from '../support/raw-http.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const TYPENAME = { query: '{ __typename }' };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

function nested(open: string, close: string, depth: number, inside = ''): string {
  return open.repeat(depth) + inside + close.repeat(depth);
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

async function codesOf(response: Response): Promise<readonly string[]> {
  const { errors = [] } = (await response.json()) as Answer;
  for (const { message } of errors) expect(message).toBeTruthy();
  return errors.map(({ extensions }) => extensions.code);
}

describe('POST /graphql, by the GraphQL-over-HTTP draft', () => {
  it.each([
    [undefined, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/json', JSON_TYPE],
    [GRAPHQL_RESPONSE, `${GRAPHQL_RESPONSE}; charset=utf-8`],
    [`${GRAPHQL_RESPONSE}, application/json;q=0.9`, `${GRAPHQL_RESPONSE}; charset=utf-8`],
    [`application/json, ${GRAPHQL_RESPONSE};q=0.5`, JSON_TYPE],
  ])('answers a client that accepts %s with %s', async (accept, type) => {
    const response = await gateway.post(TYPENAME, accept === undefined ? {} : { accept });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('refuses a client that accepts neither, before anything is done: 406', async () => {
    const query = `mutation { createTaskContact(input: {
      name: "x", flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" }
    }) { contact { id } } }`;
    const response = await gateway.post({ query }, { accept: 'text/csv' });
    expect(response.status).toBe(406);
    expect(await codesOf(response)).toEqual(['NOT_ACCEPTABLE']);
    expect(gateway.rows("select id from contact where channel = 'TASK'")).toEqual([]);
  });

  const requestErrors = [
    ['a document that does not parse', { query: '{' }, 'GRAPHQL_PARSE_FAILED'],
    ['a document that does not validate', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'variables that do not coerce',
      { query: 'query ($id: ID!) { connectContact(id: $id) { id } }', variables: { id: null } },
      'BAD_USER_INPUT',
    ],
    [
      'an operation that is not there',
      { query: 'query A { __typename }', operationName: 'B' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'two operations, none of them named',
      { query: 'query A { __typename } query B { __typename }' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ] as const;
  it.each(requestErrors)('answers %s with 200 as plain JSON', async (_what, body, code) => {
    const response = await gateway.post(body, { accept: 'application/json' });
    expect(response.status).toBe(200);
    expect(await codesOf(response)).toEqual([code]);
  });
  it.each(requestErrors)('answers %s with 4xx as a GraphQL response', async (_what, body, code) => {
    const response = await gateway.post(body, { accept: GRAPHQL_RESPONSE });
    expect(response.status).toBe(code === 'GRAPHQL_PARSE_FAILED' ? 400 : 422);
    expect(await codesOf(response)).toEqual([code]);
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['no object', '"text"'],
    ['an empty object', '{}'],
    ['null', 'null'],
    ['a batch', '[{ "query": "{ __typename }" }, { "query": "{ __typename }" }]'],
    ['an object without query', '{ "variables": {} }'],
    ['a query that is no text', '{ "query": 1 }'],
    ['variables that are no object', '{ "query": "{ __typename }", "variables": [1] }'],
    ['a body that would change prototypes', '{ "query": "{ __typename }", "__proto__": { "x": 1 } }'],
    ['one that spells it by escapes', '{ "query": "{ __typename }", "\\u005f_pr\\u006fto__": { "x": 1 } }'],
    ['a constructor', '{ "query": "{ __typename }", "variables": { "constructor": { "prototype": { "x": 1 } } } }'],
    ['one that spells it by escapes, too', '{ "variables": { "\\u0063onstructor": { "prototype": { "x": 1 } } } }'],
    ['an empty body', ''],
    ['JSON that was cut off', '{ "query": "{ __type'],
    ['very deep JSON that was cut off', '['.repeat(100_000)],
  ])('refuses %s as malformed: 400', async (_what, body) => {
    const response = await gateway.post(body);
    expect(response.status).toBe(400);
    expect(await codesOf(response)).toHaveLength(1);
  });

  it('refuses 10 MB of body: 413', async () => {
    const response = await gateway.post({ query: '{ __typename }', variables: { text: 'x'.repeat(10_000_000) } });
    expect(response.status).toBe(413);
    expect(await codesOf(response)).toEqual(['PAYLOAD_TOO_LARGE']);
  });

  it('refuses 10 MB that come in pieces, without a length: 413', async () => {
    const piece = new TextEncoder().encode('x'.repeat(100_000));
    const body = new ReadableStream({
      start(controller) {
        for (let count = 0; count < 100; count += 1) controller.enqueue(piece);
        controller.close();
      },
    });
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body, duplex: 'half' } as const;
    const response = await fetch(`${gateway.url}/graphql`, request);
    expect(response.status).toBe(413);
    expect(await codesOf(response)).toEqual(['PAYLOAD_TOO_LARGE']);
  });

  it.each([
    ['a value that is nested 100,000 deep', nested('[', ']', 100_000)],
    ['objects that are nested 100,000 deep', nested('{"a":', '}', 100_000, '1')],
  ])('refuses %s by its nesting', async (_what, ids) => {
    const query = 'query ($ids: [ID!]!) { connectContacts(ids: $ids) { id } }';
    const response = await gateway.post(`{"query":${JSON.stringify(query)},"variables":{"ids":${ids}}}`);
    expect(response.status).toBe(200);
    expect(await codesOf(response)).toEqual(['LIMIT_EXCEEDED']);
  });

  it('refuses a subscription whose client accepts no stream', async () => {
    const response = await gateway.post({
      query: 'subscription { connectContactChanged(of: { all: true }) { kind } }',
    });
    expect(await codesOf(response)).toEqual(['BAD_REQUEST']);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'nonsense',
  ])('refuses %s, also so that no page of another site can send it: 415', async (type) => {
    const response = await gateway.post(TYPENAME, { 'content-type': type });
    expect(response.status).toBe(415);
    expect(await codesOf(response)).toEqual(['UNSUPPORTED_MEDIA_TYPE']);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'])(
    'answers %s with 405 and the methods that there are',
    async (method) => {
      const response = await fetch(`${gateway.url}/graphql`, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
      expect(await codesOf(response)).toEqual(['METHOD_NOT_ALLOWED']);
    },
  );

  it('does not run a mutation that comes by GET', async () => {
    const query = encodeURIComponent(
      'mutation { createTaskContact(input: { name: "x", flow: { contactFlowId: "x" } }) { errors { code } } }',
    );
    const response = await fetch(`${gateway.url}/graphql?query=${query}`);
    expect(response.status).toBe(405);
  });

  it('answers any other path with 404', async () => {
    for (const path of [
      '/nothing',
      '/graphql/',
      '/graphql/more',
      '/health',
      '/%2e%2e/package.json',
      '/graphiql/assets/../../package.json',
    ]) {
      const response = await fetch(`${gateway.url}${path}`);
      expect([path, response.status]).toEqual([path, 404]);
    }
  });

  it('answers HEAD as GET, without a body', async () => {
    const statuses = { '/graphql': 405, '/health/live': 200, '/health/ready': 200, '/nothing': 404 };
    for (const [path, status] of Object.entries(statuses)) {
      const response = await fetch(`${gateway.url}${path}`, { method: 'HEAD' });
      expect([path, response.status]).toEqual([path, status]);
      expect(await response.text()).toBe('');
    }
  });

  it.each([
    ['a path that is no text', '/graphiql/assets/%ff', {}, 400],
    ['a path that leads out of the page', '/graphiql/assets/..%5c..%5cpackage.json', {}, 404],
    ['a path with U+0000', '/graphiql/assets/%00', {}, 404],
    ['a path that no file system takes', `/graphiql/assets/${'a'.repeat(5000)}`, {}, 404],
    ['headers beyond 16 KiB', '/graphql', { 'x-long': 'x'.repeat(20_000) }, 431],
  ] as const)('answers %s as the fault of the request', async (_what, path, headers, status) => {
    expect((await fetch(`${gateway.url}${path}`, { headers })).status).toBe(status);
  });

  it('survives what is no HTTP at all', async () => {
    const { port } = new URL(gateway.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connectSocket(Number(port), '127.0.0.1', () => socket.write('GARBAGE\r\n\r\n'));
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect((await gateway.post(TYPENAME)).status).toBe(200);
  });
});

describe('A path that cannot be decoded', () => {
  it.each(['/%', '/graphiql/assets/%c0%ae'])(
    'is answered as anything else that is not there to be had: %s',
    async (path) => {
      const text = await sendRaw(
        Number(new URL(gateway.url).port),
        `GET ${path} HTTP/1.1\r\nhost: localhost\r\nx-request-id: bad-path\r\nconnection: close\r\n\r\n`,
      );
      expect(text).toMatch(/^HTTP\/1.1 400 /);
      expect(text).toMatch(/^x-request-id: bad-path\r$/m);
      expect(text).toMatch(/^x-content-type-options: nosniff\r$/m);
      expect(text).toContain('"code":"BAD_REQUEST","requestId":"bad-path"');
      expect(text).not.toContain('FST_');
    },
  );
});

describe('Health', () => {
  it('is live and ready while the store can be read', async () => {
    for (const [path, status] of [
      ['live', 'live'],
      ['ready', 'ready'],
    ]) {
      const response = await fetch(`${gateway.url}/health/${path}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual({ status });
    }
  });

  it('is live but not ready when the store has been closed', async () => {
    let engine: Connect | undefined;
    await using other = await startTestGateway({
      wrap(connect) {
        engine = connect;
        return connect;
      },
    });
    await engine?.close();
    expect((await fetch(`${other.url}/health/live`)).status).toBe(200);
    const response = await fetch(`${other.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'unavailable' });
    const { errors } = await other.ask('{ connectContact(id: "a") { id } }');
    expect(errors).toMatchObject([{ extensions: { code: 'CONNECT_UNAVAILABLE' } }]);
  });
});
