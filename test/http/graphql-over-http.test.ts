import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { sendRaw } from '../support/raw-http.js';

const JSON_TYPE = 'application/json';
const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const QUERY = 'query ($id: ID!) { connectContact(id: $id) { id } }';
/** A field that is null with an error, beside data. */
const PARTIAL = '{ connectContactFlows(first: 0) { nodes { id } } __typename }';
/** Data that is null as a whole. */
const NULL = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

/** A case of the audit: a request, and the statuses of its response by media type. */
interface Audit {
  /** Never changes, and is never used for another case. */
  readonly id: string;
  readonly name: string;
  readonly body: unknown;
  /** As application/graphql-response+json, and as application/json. */
  readonly statuses: readonly [number, number];
}

const AUDITS: readonly Audit[] = [
  {
    id: 'CTG1',
    name: 'SHOULD use 200 for data without errors',
    body: { query: QUERY, variables: { id: SAMPLE.voiceContact } },
    statuses: [200, 200],
  },
  { id: 'CTG2', name: 'SHOULD use 294 for data with errors', body: { query: PARTIAL }, statuses: [294, 200] },
  {
    id: 'CTG3',
    name: 'SHOULD use 294 for data that is null with errors',
    body: { query: NULL, variables: { r: Array.from({ length: 2_501 }, () => ({})) } },
    statuses: [294, 200],
  },
  { id: 'CTG4', name: 'SHOULD use 400 for a body that is no JSON', body: 'NONSENSE', statuses: [400, 400] },
  {
    id: 'CTG5',
    name: 'SHOULD use 422 for a request without a document',
    body: { qeury: '{ __typename }' },
    statuses: [422, 400],
  },
  {
    id: 'CTG6',
    name: 'SHOULD use 422 for variables of the wrong type',
    body: { query: QUERY, variables: [7] },
    statuses: [422, 400],
  },
  { id: 'CTG7', name: 'SHOULD use 400 for a document that does not parse', body: { query: '{' }, statuses: [400, 200] },
  {
    id: 'CTG8',
    name: 'SHOULD use 422 for a document that does not validate',
    body: { query: '{ nothing }' },
    statuses: [422, 200],
  },
  {
    id: 'CTG9',
    name: 'SHOULD use 422 for an operation that is not determined',
    body: { query: 'query A { __typename } query B { __typename }' },
    statuses: [422, 200],
  },
  {
    id: 'CTGA',
    name: 'SHOULD use 422 for variables that do not coerce',
    body: { query: QUERY, variables: { id: null } },
    statuses: [422, 200],
  },
  {
    id: 'CTGB',
    name: 'SHOULD use 422 for a document beyond a limit',
    body: { query: `{ ${'__typename '.repeat(5_001)} }` },
    statuses: [422, 200],
  },
  {
    id: 'CTGC',
    name: 'MUST treat null as absent',
    body: { query: '{ __typename }', variables: null, operationName: null, extensions: null },
    statuses: [200, 200],
  },
  {
    id: 'CTGD',
    name: 'MUST ignore properties that it does not understand',
    body: { query: '{ __typename }', more: 1 },
    statuses: [200, 200],
  },
  {
    id: 'CTGE',
    name: 'MAY treat an empty operationName as absent',
    body: { query: 'query A { __typename }', operationName: '' },
    statuses: [200, 200],
  },
  {
    id: 'CTGF',
    name: 'MUST refuse an empty operationName beside two operations',
    body: { query: 'query A { __typename } query B { __typename }', operationName: '' },
    statuses: [422, 200],
  },
];

describe('GraphQL over HTTP', () => {
  it('has audits of fixed ids', () => {
    expect(new Set(AUDITS.map(({ id }) => id)).size).toBe(AUDITS.length);
    expect(AUDITS.map(({ id, name }) => `${id} ${name}`)).toMatchSnapshot();
  });

  it.each(AUDITS)('$id: $name', async ({ body, statuses }) => {
    for (const [index, type] of [GRAPHQL_RESPONSE, JSON_TYPE].entries()) {
      const response = await gateway.post(body, { accept: type });
      expect({ type, status: response.status }).toEqual({ type, status: statuses[index] });
      expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
      expect(response.headers.get('vary')).toBe('Accept, Accept-Encoding');
    }
  });

  it('CTGE: names the reason of 294, which no list of statuses has', async () => {
    const body = JSON.stringify({ query: PARTIAL });
    const head = `POST /graphql HTTP/1.1\r\nhost: localhost\r\naccept: ${GRAPHQL_RESPONSE}\r\ncontent-type: ${JSON_TYPE}\r\nconnection: close\r\n`;
    const { port } = new URL(gateway.url);
    const answer = await sendRaw(Number(port), `${head}content-length: ${body.length}\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1\.1 294 Partial Success\r\n/);
  });

  it('CTGF: MUST name the allowed methods beside 405, also for QUERY', async () => {
    for (const method of ['QUERY', 'PUT', 'GET']) {
      const response = await fetch(`${gateway.url}/graphql`, { method });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'POST']);
    }
  });
});

describe("graphql-http's audits", () => {
  const audits = serverAudits({ url: () => `${gateway.url}/graphql`, fetchFn: fetch });

  /** Audits that the gateway leaves, with the reason. */
  const LEFT: Readonly<Record<string, string>> = {
    '5A70': 'no GET',
    D6D5: 'no GET',
    '6A70': 'no GET',
    '423L': 'the specification asks for 422 now',
    '86EE': 'the specification asks for 422 now',
  };

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s: %s', async (id, _name, audit) => {
    const { status } = await audit.fn();
    expect(status === 'ok').toBe(LEFT[id] === undefined);
    expect(status).not.toBe('error');
  });
});
