import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { chance, type Draw, evenly, pick } from './fuzz-documents.ts';
import type { FuzzRequest } from './fuzz.ts';

/** Bytes of the largest text: a body with it stays below MAX_BODY_BYTES. */
const LARGEST = 900_000;

const FLOW = '20000000-0000-4000-8000-000000000001';
const CREATE =
  'mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { id } errors { message } } }';
const SEARCH =
  'query ($filter: ConnectContactFilter!, $after: String) { searchConnectContacts(filter: $filter, first: 1, after: $after) { totalCount nodes { id } } }';
const RANGE = { field: 'INITIATED', from: '2020-01-01T00:00:00Z', to: '2036-01-01T00:00:00Z' };

/** What the kinds of {@link hostileRequests} know of the store. */
export interface HostileFacts {
  /** Contacts with thousands of attributes each. */
  readonly heavyIds: readonly string[];
}

type Kind = (draw: Draw, facts: HostileFacts) => FuzzRequest;

/** Kinds of requests that once stalled or filled a gateway. */
const KINDS = {
  /** One long text, in any place that takes a text. */
  long: (draw) => placed(draw, text(draw, ['x', 'é', '😀'])),
  /** A pattern that repeats, and an end that breaks it: what backtracks takes the square of its length. */
  repetitive: (draw) =>
    placed(
      draw,
      text(draw, ['a', 'aA', ' ', ',', 'Did you mean ', '%', '.', '=', '0', '&', 'é', '-']) +
        pick(draw, ['', 'b', '!', '\n']),
    ),
  /** Quotes and escapes, which messages repeat. */
  quoted: (draw) =>
    placed(draw, text(draw, ['"', "'", '\\', '\\"', '`', '“', '\n', '\\u0000']) + pick(draw, ['', '\\', '\\\n', '"'])),
  /** Lists, objects, selections and fragments within each other. */
  nested: (draw) => {
    const depth = size(draw, 20_000);
    return pick(draw, [
      () => body({ query: CREATE, variables: { input: 0 } }).replaceInput('['.repeat(depth) + ']'.repeat(depth)),
      () =>
        body({ query: CREATE, variables: { input: 0 } }).replaceInput(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
      () =>
        body({
          query: `{ connectContact(id: "a") ${'{ chain { contacts '.repeat(depth)}{ id }${' } }'.repeat(depth)} }`,
        }),
      () => body({ query: `{ connectContacts(ids: ${'['.repeat(depth)}${']'.repeat(depth)}) { id } }` }),
      () => body({ query: `{ connectContact(id: "a") { ${'... { '.repeat(depth)}id${' }'.repeat(depth)} } }` }),
    ])().request;
  },
  /** Many aliases of what is costly. */
  aliases: (draw, { heavyIds }) => {
    const count = pick(draw, [2, 10, 49, 50, 51, 500]);
    const ids = JSON.stringify(heavyIds.slice(0, 1 + draw(evenly, Math.max(1, heavyIds.length))));
    const many = (field: string) => Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ');
    return pick(draw, [
      () => body({ query: `{ connectContacts(ids: ${ids}) { ${many('attributes { key value }')} } }` }),
      () => body({ query: `{ connectContacts(ids: ${ids}) { ${many('chain { contacts { id name } }')} } }` }),
      () => body({ query: `{ ${many(`connectContacts(ids: ${ids}) { attributes { key } }`)} }` }),
      () =>
        body({
          query: `query ($filter: ConnectContactFilter!) { ${many('searchConnectContacts(filter: $filter, first: 1) { totalCount }')} }`,
          variables: { filter: filterOf(draw) },
        }),
    ])().request;
  },
  /** Searches that go through a large store. */
  stores: (draw) => body({ query: SEARCH, variables: { filter: filterOf(draw) } }).request,
  /** Large answers that the client reads slowly or not at all. */
  readers: (draw, { heavyIds }) => ({
    ...body({
      query: `{ connectContacts(ids: ${JSON.stringify(heavyIds)}) { a: attributes { key value } b: attributes { key value } } }`,
    }).request,
    reads: pick(draw, ['slowly', 'never'] as const),
  }),
} as const satisfies Readonly<Record<string, Kind>>;

/** The name of a kind of hostile requests. */
export type HostileKind = keyof typeof KINDS;

/** The names of all kinds. */
export const HOSTILE_KINDS = Object.keys(KINDS) as readonly HostileKind[];

/** Makes hostile requests of one kind. */
export function hostileRequests(kind: HostileKind, facts: HostileFacts): fc.Arbitrary<FuzzRequest> {
  return fc.gen().map((draw) => KINDS[kind](draw, facts));
}

/** Makes the bodies that fill a store: contacts with thousands of attributes, then many with short ones. */
export function* fillingBodies(heavy: number, many: number): Generator<string> {
  const task = (name: string, attributes: object[]) =>
    JSON.stringify({ query: CREATE, variables: { input: { name, flow: { contactFlowId: FLOW }, attributes } } });
  const keys = Array.from({ length: 4_000 }, (_, index) => ({ key: `k${index}`, value: '' }));
  for (let index = 0; index < heavy; index++) yield task(`Heavy ${index}`, keys);
  for (let index = 0; index < many; index++)
    yield task(`${'a'.repeat(400)} ${index}`, [{ key: 'plan', value: `p${index % 7}` }]);
}

/** A number up to `most`, small ones and large ones alike. */
function size(draw: Draw, most: number): number {
  return 1 + draw(evenly, Math.min(most, 10 ** (1 + draw(evenly, 6))));
}

function text(draw: Draw, parts: readonly string[]): string {
  const part = pick(draw, parts);
  // As JSON writes it, and twice: some requests have the text in two places.
  const bytes = Buffer.byteLength(JSON.stringify(part)) - 2;
  return part.repeat(size(draw, Math.floor(LARGEST / bytes / 2)));
}

/** A search, usually of a text that is nearly in every name. */
function filterOf(draw: Draw): object {
  const near = 'a'.repeat(draw(evenly, 128));
  return {
    timeRange: RANGE,
    ...(chance(draw, 70) && { name: pick(draw, [`${near}b`, `b${near}`, near, 'no such text']).slice(0, 128) }),
    ...(chance(draw, 30) && { attributes: [{ key: 'plan', value: pick(draw, ['p1', 'none']) }] }),
    ...(chance(draw, 20) && { tags: [{ key: 'team', value: 'none' }] }),
  };
}

/** A request with a text in one of the places that take one. */
function placed(draw: Draw, value: string): FuzzRequest {
  const header = value.replace(/[^\x20-\x7e]/g, '').slice(0, 8_000);
  const input = { name: 'x', flow: { contactFlowId: FLOW } };
  const filter = { timeRange: RANGE };
  return pick(draw, [
    () => body({ query: CREATE, variables: { input: { ...input, [value]: 1 } } }),
    () => body({ query: CREATE, variables: { input: { ...input, name: value } } }),
    () => body({ query: CREATE, variables: { input: { ...input, expiryMinutes: value } } }),
    () => body({ query: CREATE, variables: { input: { ...input, scheduledTime: value } } }),
    () => body({ query: CREATE, variables: { input: { ...input, flow: { contactFlowId: value } } } }),
    () => body({ query: CREATE, variables: { input: { ...input, attributes: [{ key: value, value }] } } }),
    () => body({ query: CREATE, variables: { input: { ...input, references: [{ name: 'n', type: value, value }] } } }),
    () => body({ query: CREATE, variables: { input: { ...input, references: [{ name: 'n', type: 'URL', value }] } } }),
    () => body({ query: CREATE, variables: { input: value } }),
    () => body({ query: SEARCH, variables: { filter: { ...filter, name: value } } }),
    () => body({ query: SEARCH, variables: { filter, after: value } }),
    () => body({ query: `{ connectContact(id: ${JSON.stringify(value)}) { id } }` }),
    () => body({ query: `{ ${value} }` }),
    () => body({ query: `# ${value}\n{ __typename }` }),
    () => body({ query: '{ __typename }', operationName: value }),
    () => body({ query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: value } } }),
    () => body({ documentId: value }),
    () => body({ query: '{ __typename }' }).withHeader('accept', header),
    () => body({ query: '{ __typename }' }).withHeader('authorization', `Bearer ${header}`),
    () => body({ query: '{ __typename }' }).withHeader('traceparent', header),
    () => body({ query: '{ __typename }' }).withHeader('origin', header),
    () => body({ query: '{ __typename }' }).withHeader('x-request-id', header),
    () => body({ query: '{ __typename }' }).withHeader('content-type', `application/json; ${header}`),
  ])().request;
}

interface Body {
  readonly request: FuzzRequest;
  withHeader(name: string, value: string): Body;
  /** Puts JSON in the place of the variable `input`, which JSON.stringify could not write at any depth. */
  replaceInput(json: string): Body;
}

function body(content: object): Body {
  return bodyOf({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(content),
  });
}

function bodyOf(request: FuzzRequest): Body {
  return {
    request,
    withHeader: (name, value) => bodyOf({ ...request, headers: { ...request.headers, [name]: value } }),
    replaceInput: (json) =>
      bodyOf({ ...request, body: String(request.body).replace('"input":0', () => `"input":${json}`) }),
  };
}
