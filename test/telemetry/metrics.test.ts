import { describe, expect, it } from '@jest/globals';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { sendRaw } from '../support/raw-http.js';

const CREATION = { query: mutation('id state'), variables: { input: taskInput() } };

/** What is measured: each line's name and labels, and its value. */
async function read({ metricsUrl = '' }: TestGateway): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(metricsUrl);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const lines = (await response.text()).split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

const ON = { METRICS: 'on' };

describe('/metrics with METRICS=on', () => {
  it('requests, operations by root field, calls on Connect, batches and the process', async () => {
    await using gateway = await startTestGateway({ settings: ON });
    for (let count = 0; count < 3; count++) expect((await gateway.post(CREATION)).status).toBe(200);
    await gateway.ask('query ($id: ID!) { connectContact(id: $id) { state } }', { id: SAMPLE.voiceContact });
    const measured = await read(gateway);
    expect(Object.fromEntries(measured)).toMatchObject({
      'gateway_http_requests_total{method="POST",route="/graphql",status="200"}': 4,
      'gateway_graphql_operation_seconds_count{type="mutation",operation="createTaskContact"}': 3,
      'gateway_graphql_operation_seconds_count{type="query",operation="connectContact"}': 1,
      'gateway_connect_call_seconds_count{operation="StartTaskContact",outcome="OK"}': 3,
      'gateway_connect_call_seconds_count{operation="DescribeContacts",outcome="OK"}': 1,
      gateway_engine_batch_requests_count: 3,
      gateway_engine_commit_seconds_count: 3,
      gateway_engine_waiting_requests: 0,
      gateway_requests_under_way: 0,
    });
    expect(measured.get('gateway_engine_wal_bytes')).toBeGreaterThan(0);
    expect(measured.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
  });

  it('errors by code, wherever they stand', async () => {
    await using gateway = await startTestGateway({ settings: ON });
    await gateway.post('{');
    await gateway.post({ nothing: 1 });
    await gateway.post({ query: '{' });
    await gateway.post({ query: '{ connectContacts(ids: []) { nothing } }' });
    await gateway.post({ ...CREATION, variables: { input: taskInput({ expiryMinutes: 0 }) } });
    await gateway.post({ ...CREATION, variables: { input: taskInput({ flow: { contactFlowId: 'nowhere' } }) } });
    await fetch(`${gateway.url}/nowhere`);
    expect(Object.fromEntries(await read(gateway))).toMatchObject({
      'gateway_errors_total{place="http",code="BAD_REQUEST"}': 1,
      'gateway_errors_total{place="http",code="NOT_FOUND"}': 1,
      'gateway_errors_total{place="response",code="BAD_REQUEST"}': 1,
      'gateway_errors_total{place="response",code="GRAPHQL_PARSE_FAILED"}': 1,
      'gateway_errors_total{place="response",code="GRAPHQL_VALIDATION_FAILED"}': 1,
      'gateway_errors_total{place="payload",code="INVALID_INPUT"}': 1,
      'gateway_errors_total{place="payload",code="NOT_FOUND"}': 1,
      'gateway_connect_call_seconds_count{operation="StartTaskContact",outcome="ResourceNotFoundException"}': 1,
      'gateway_http_requests_total{method="GET",route="none",status="404"}': 1,
    });
  });

  it('contains nothing that a client chose, so that no client can fill it', async () => {
    await using gateway = await startTestGateway({ settings: ON });
    await gateway.post({ query: 'query Secret1 { alias1: __typename }' });
    await gateway.post({ query: 'query Secret2 { alias2: connectContact(id: "x") { id } }', operationName: 'Secret3' });
    await gateway.post({
      query: 'query Secret4 { a: connectContact(id: "x") { id } connectContacts(ids: []) { id } }',
    });
    await gateway.post({ query: '{ ... on Query { __typename } }' });
    await gateway.post({ query: 'subscription { secret7 }' });
    await fetch(`${gateway.url}/secret5?secret6`);
    const names = [...(await read(gateway)).keys()].join('\n');
    expect(names).not.toMatch(/secret|alias/i);
    for (const operation of ['meta', 'several']) expect(names).toContain(`type="query",operation="${operation}"`);
  });
});

describe('/metrics', () => {
  it('is not there without METRICS=on', async () => {
    await using gateway = await startTestGateway();
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
    expect(gateway.metricsUrl).toBeUndefined();
  });

  it('beside the API is for this machine alone, not for whom a proxy lets in nor for a name that resolves to it', async () => {
    await using gateway = await startTestGateway({ settings: ON });
    const { port } = new URL(gateway.url);
    const answered = async (name: string, value: string) => {
      const head = `GET /metrics HTTP/1.1\r\nhost: ${name === 'host' ? value : 'localhost'}\r\nconnection: close\r\n`;
      return sendRaw(Number(port), `${head}${name === 'host' ? '' : `${name}: ${value}\r\n`}\r\n`);
    };
    for (const [name, value] of [
      ['host', `rebound.example.com:${port}`],
      ['x-forwarded-for', '192.0.2.1'],
      ['forwarded', 'for=192.0.2.1'],
      ['origin', 'https://evil.example.com'],
    ] as const) {
      const text = await answered(name, value);
      expect(text).toMatch(/^HTTP\/1.1 403 /);
      expect(text).not.toContain('gateway_http');
    }
    for (const host of ['localhost', `127.0.0.1:${port}`, `[::1]:${port}`]) {
      expect(await answered('host', host)).toMatch(/^HTTP\/1.1 200 /);
    }
  });

  it('has a port of its own with METRICS_PORT, and is there no more when the gateway has ended', async () => {
    await using gateway = await startTestGateway({ settings: { ...ON, METRICS_PORT: '0' } });
    expect(gateway.metricsUrl).not.toContain(gateway.url);
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
    expect((await fetch(gateway.metricsUrl ?? '')).headers.get('x-content-type-options')).toBe('nosniff');
    await gateway.post(CREATION);
    expect((await read(gateway)).get('gateway_engine_commit_seconds_count')).toBe(1);
    await gateway.close();
    await expect(fetch(gateway.metricsUrl ?? '')).rejects.toThrow();
  });
});
