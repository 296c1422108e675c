import { Buffer } from 'node:buffer';
import { globSync, readFileSync } from 'node:fs';
import { type Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import fc from 'fast-check';
import { getIntrospectionQuery, type GraphQLSchema, parse } from 'graphql';
import { resolveRelativeTimes } from '../../web/relative-times.js';
import { chance, type Draw, damage, evenly, pick, writeBomb, writeOperation } from './fuzz-documents.ts';

/** A request of any kind to the gateway: mostly GraphQL, good and broken. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** Bytes that are sent as they stand, in place of all the above. */
  readonly raw?: string | undefined;
  /** How the answer is read. Default: at once. */
  readonly reads?: 'slowly' | 'never';
}

/** What came back. */
export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

const READY = globSync('schema/operations/*.graphql').map((file) => ({
  query: readFileSync(file, 'utf8'),
  variables: JSON.parse(
    resolveRelativeTimes(readFileSync(file.replace('.graphql', '.variables.json'), 'utf8'), new Date()),
  ) as Record<string, unknown>,
}));

const MANIFEST = JSON.parse(readFileSync('schema/persisted-documents.json', 'utf8')) as {
  readonly operations: readonly { readonly id: string }[];
};

/** The schema that the fuzzed requests are written for. */
export function fuzzSchema(): GraphQLSchema {
  return buildSubgraphSchema(parse(readFileSync('schema/subgraph.graphql', 'utf8')));
}

/** Makes requests. */
export function fuzzRequests(schema: GraphQLSchema): fc.Arbitrary<FuzzRequest> {
  return fc.gen().map((draw) => makeRequest(draw, schema));
}

function makeRequest(draw: Draw, schema: GraphQLSchema): FuzzRequest {
  const isUsual = chance(draw, 85);
  return {
    method: isUsual
      ? 'POST'
      : pick(draw, ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY']),
    path: isUsual
      ? '/graphql'
      : pick(draw, [
          '/graphql',
          '/graphql?query=%7B__typename%7D',
          '/graphql?query=mutation%7Ba%7D&variables=%7B&extensions=%5B',
          `/graphql?${'a=1&'.repeat(500)}`,
          '/',
          '/health/live',
          '/health/ready',
          '/graphiql/assets/%2e%2e%2fpackage.json',
          '/graphiql/assets/%00',
          '/graphiql/assets/%ff',
          '/__proto__',
          '//graphql',
          '/graphql/%',
        ]),
    headers: makeHeaders(draw),
    body: chance(draw, 97) ? makeBody(draw, schema) : undefined,
    raw: chance(draw, 1) ? makeRaw(draw) : undefined,
  };
}

function makeHeaders(draw: Draw): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (chance(draw, 7)) {
    headers['content-type'] = pick(draw, [
      'text/plain',
      'application/json; charset=utf-16',
      'application/json;;;',
      'multipart/form-data',
      '',
      ';',
      'application/graphql',
    ]);
  }
  if (chance(draw, 12)) {
    headers.accept = pick(draw, [
      '*/*',
      'application/graphql-response+json',
      'application/json;q=0',
      'text/html',
      'multipart/mixed; deferSpec=20220824',
      ',;q=,*',
      'application/json;q=x',
      '',
    ]);
  }
  const others: Readonly<Record<string, readonly string[]>> = {
    'x-graphql-cost': ['1', '0', 'x'],
    'x-request-timeout-ms': ['1000', '-1', 'NaN', '1e9'],
    origin: ['null', 'https://evil.example.com', 'http://127.0.0.1', '://'],
    authorization: ['Bearer x.y.z', 'Basic Og==', 'Bearer'],
    'content-encoding': ['gzip', 'br', 'x'],
    traceparent: ['00-0-0-0', 'x'],
    'x-apollo-operation-name': ['\u00ff'],
    cookie: ['a=b; __proto__=1'],
    'x-request-id': ['a'.repeat(300), '\u00e9'],
    expect: ['100-continue', 'x'],
    'accept-encoding': ['gzip, br'],
  };
  for (const [name, values] of Object.entries(others)) if (chance(draw, 4)) headers[name] = pick(draw, values);
  return headers;
}

function makeBody(draw: Draw, schema: GraphQLSchema): string | Uint8Array {
  const kind = draw(evenly, 100);
  if (kind < 45) return toBody(draw, writeOperation(draw, schema));
  if (kind < 55) return toBody(draw, pick(draw, READY));
  if (kind < 70) {
    const { query, variables } = chance(draw, 50) ? pick(draw, READY) : writeOperation(draw, schema);
    return toBody(draw, { query: damage(draw, query), variables });
  }
  if (kind < 78) return toBody(draw, { query: writeBomb(draw), variables: {} });
  if (kind < 82) {
    const { query } = pick(draw, READY);
    return toBody(draw, { query, variables: draw(fc.jsonValue, { maxDepth: 6 }) });
  }
  if (kind < 84) return toBody(draw, { query: getIntrospectionQuery(), variables: {} });
  if (kind < 88) {
    const sha256Hash = chance(draw, 60) ? pick(draw, MANIFEST.operations).id : draw(fc.string);
    const variables = pick(draw, READY).variables;
    return chance(draw, 50)
      ? JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } }, variables })
      : JSON.stringify({ documentId: sha256Hash, variables });
  }
  if (kind < 90)
    return JSON.stringify({
      query: 'query ($a: [ID!]!) { connectContacts(ids: $a) { id } }',
      variables: { a: 0 },
    }).replace(':0', `:${'['.repeat(5_000)}${']'.repeat(5_000)}`);
  if (kind < 92) return draw(fc.uint8Array, { maxLength: 200 });
  if (kind < 94) return draw(fc.string, { unit: 'binary', maxLength: 200 });
  if (kind < 97) return JSON.stringify(draw(fc.jsonValue, { maxDepth: 4 }));
  return damage(draw, toBody(draw, pick(draw, READY)));
}

function toBody(draw: Draw, { query, variables }: { readonly query: string; readonly variables: unknown }): string {
  const body: Record<string, unknown> = { query, variables };
  if (chance(draw, 10)) body.operationName = pick<unknown>(draw, ['Q', 'Q0', '', null, 1, 'toString', {}]);
  if (chance(draw, 5)) body.extensions = pick<unknown>(draw, [null, {}, [], 'x', { persistedQuery: null }, { a: 1 }]);
  const text = JSON.stringify(body);
  return chance(draw, 2) ? `[${text},${text}]` : text;
}

/** What is hardly HTTP; each of it ends, so that the gateway does not wait for more. */
function makeRaw(draw: Draw): string {
  return pick(draw, [
    'GARBAGE\r\n\r\n',
    'POST /graphql HTTP/9.9\r\n\r\n',
    'POST /graphql HTTP/1.1\r\n\r\n',
    'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n',
    'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /graphql HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n\r\nzz\r\n',
    'GET http://other.example.com/graphql HTTP/1.1\r\nhost: b\r\nconnection: close\r\n\r\n',
    'GET /health/live HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n',
    `GET / HTTP/1.1\r\nhost: a\r\n${'x: y\r\n'.repeat(3_000)}\r\n`,
    '\u0016\u0003\u0001\u0002',
  ]);
}

/** Sends a request, and takes whatever comes. */
export function sendFuzz(url: string, agent: Agent, sent: FuzzRequest): Promise<FuzzAnswer> {
  const { hostname, port } = new URL(url);
  if (sent.raw !== undefined) return sendRaw(Number(port), sent.raw);
  if (sent.reads !== undefined) return readBadly(url, sent, sent.reads);
  return new Promise((resolve, reject) => {
    const { method, path, headers, body } = sent;
    const bytes = body === undefined ? undefined : Buffer.from(body as string);
    const sending = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        agent,
        headers: { ...headers, ...(bytes && { 'content-length': String(bytes.length) }) },
      },
      async (response) => {
        try {
          const text = Buffer.concat(await response.toArray()).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        } catch (error) {
          reject(error as Error);
        }
      },
    );
    sending.on('error', reject);
    sending.end(bytes);
  });
}

/** Milliseconds for which a bad reader holds its connection. */
const HELD_MS = 100;

/** Sends a request and reads no more than the beginning of its answer, or a part now and then; then hangs up. */
async function readBadly(
  url: string,
  { path, headers, body }: FuzzRequest,
  how: 'slowly' | 'never',
): Promise<FuzzAnswer> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  const bytes = Buffer.from(body as string);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-length: ${bytes.length}\r\n${lines.join('')}\r\n`,
  );
  socket.write(bytes);
  let text = '';
  for (let part = 0; part < 4; part++) {
    if (how === 'slowly') text += String(socket.read() ?? '').slice(0, 1_000);
    await setTimeout(HELD_MS / 4);
  }
  socket.destroy();
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), headers: {}, text: '' };
}

function sendRaw(port: number, raw: string): Promise<FuzzAnswer> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(raw, 'latin1'));
    socket.on('data', (data) => {
      text += data.toString();
    });
    // It may be cut where it stands: the gateway must only still be there for the next one.
    socket.on('error', () => {});
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), headers: {}, text }));
  });
}

/** Words that only the inside knows: places of code, SQL and its drivers, the SDK, and how engines word a crash. */
const LEAKS =
  /node_modules|file:\/\/|\.[jt]s:\d+|\\n\s+at |\bselect .+ from\b|\binsert into\b|sqlite|kysely|SQLSTATE|\$metadata|@aws-sdk|smithy|cannot read propert|is not a function|is not iterable|undefined \(|TypeError|RangeError|\/(?:home|tmp|work|usr|root)\//i;

/** Every code that an answer may have. */
const CODES = new Set([
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'BAD_CURSOR',
  'ANSWER_TOO_LARGE',
  'LIMIT_EXCEEDED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_DOCUMENT_REQUIRED',
  'NOT_FOUND',
  'QUOTA_EXCEEDED',
  'THROTTLED',
  'CONFLICT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'PAYLOAD_TOO_LARGE',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'ORIGIN_NOT_ALLOWED',
]);

/** The codes that an answer has. */
export function codesOf({ text }: FuzzAnswer): readonly unknown[] {
  try {
    const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: unknown } }[] };
    return errors.map(({ extensions }) => extensions?.code);
  } catch {
    return [];
  }
}

/** What is wrong with an answer; undefined where nothing is. */
export function problemOf({ raw, reads, body }: FuzzRequest, answer: FuzzAnswer): string | undefined {
  const { status, headers, text } = answer;
  // One whose page is not built says 503 to browsers: that is no failure of the request.
  if (status >= 500 && !text.startsWith('GraphiQL has not been built'))
    return `status ${status}: ${text.slice(0, 300)}`;
  const leak = LEAKS.exec(text)?.[0];
  const sent = typeof body === 'string' ? body : Buffer.from(body ?? []).toString();
  const isSchema = text.includes('__schema') || text.includes('"sdl"');
  if (leak !== undefined && !isSchema && !sent.toLowerCase().includes(leak.toLowerCase())) {
    return `it shows the inside, ${JSON.stringify(leak)}: ${text.slice(0, 500)}`;
  }
  if (raw !== undefined || reads !== undefined) return undefined;
  const unknown = codesOf(answer).filter((code) => typeof code !== 'string' || !CODES.has(code));
  if (unknown.length > 0) return `a code that is none, ${JSON.stringify(unknown)}: ${text.slice(0, 500)}`;
  if (headers['x-content-type-options'] !== 'nosniff' && status !== 431 && status !== 417 && status !== 400) {
    return `status ${status} without the security headers`;
  }
  return undefined;
}
