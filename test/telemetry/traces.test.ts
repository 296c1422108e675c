import { spawnSync } from 'node:child_process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { openAwsConnect } from '../../src/aws/open.js';
import { exportedTraces, Traces } from '../../src/telemetry/traces.js';
import { type CollectedSpan, startCollector } from '../support/collector.js';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway } from '../support/gateway.js';
import { type MemoryLog, memoryLog } from '../support/log.js';
import { startTestWire } from '../support/wire.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`;
const SECRETS = { name: 'Secret name', description: 'secret', attributes: [{ key: 'secret', value: 'secret' }] };
const CREATION = {
  query: mutation('id'),
  variables: { input: taskInput({ ...SECRETS, clientToken: 'secret' }) },
};

function named(spans: readonly CollectedSpan[], name: string): CollectedSpan {
  const found = spans.find((span) => span.name === name);
  if (found === undefined) throw new Error(`No span ${name} among ${spans.map((span) => span.name).join(', ')}`);
  return found;
}

describe('With OTEL_EXPORTER_OTLP_ENDPOINT, a trace', () => {
  it('goes on where the client began it, down to the batch of the engine; and it is handed over at the end', async () => {
    await using collector = await startCollector();
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`, METRICS: 'on' };
    const gateway = await startTestGateway({ settings });
    expect((await gateway.post(CREATION, { traceparent: TRACEPARENT })).status).toBe(200);
    await gateway.close();

    const spans = collector.spans();
    const [http, operation, call, batch] = [
      'POST /graphql',
      'mutation createTaskContact',
      'Connect/StartTaskContact',
      'engine batch',
    ].map((name) => named(spans, name)) as [CollectedSpan, CollectedSpan, CollectedSpan, CollectedSpan];
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    expect(http.parentSpanId).toBe('b7ad6b7169203331');
    expect(operation.parentSpanId).toBe(http.spanId);
    expect(call.parentSpanId).toBe(operation.spanId);
    expect(batch.parentSpanId).toBe(call.spanId);
    expect(http.attributes).toMatchObject({ 'http.route': '/graphql', 'http.response.status_code': 200 });
    expect(batch.attributes).toMatchObject({ 'gateway.batch.requests': 1 });
    expect(collector.text()).toContain('connect-task-gateway');
    expect(collector.text()).not.toMatch(/secret/i);
  });

  it('reports codes of errors, and links a batch to all requests that it is for', async () => {
    await using collector = await startCollector();
    const gateway = await startTestGateway({
      settings: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: '1' },
    });
    await Promise.all(
      Array.from({ length: 20 }, () => gateway.post({ ...CREATION, variables: { input: taskInput() } })),
    );
    await gateway.post({ query: '{ secret }' });
    await gateway.post({ ...CREATION, variables: { input: taskInput({ flow: { contactFlowId: 'secret' } }) } });
    await fetch(`${gateway.url}/health/ready`);
    await gateway.close();

    const spans = collector.spans();
    expect(named(spans, 'graphql').attributes).toEqual({ 'error.type': 'GRAPHQL_VALIDATION_FAILED' });
    const calls = spans.filter(({ name }) => name === 'Connect/StartTaskContact');
    expect(calls).toHaveLength(21);
    expect(calls.at(-1)?.attributes).toMatchObject({ 'error.type': 'ResourceNotFoundException' });
    const batches = spans.filter(({ name }) => name === 'engine batch');
    const reported = batches.flatMap(({ parentSpanId, links }) => [parentSpanId, ...links.map(({ spanId }) => spanId)]);
    expect(reported.sort()).toEqual(calls.map(({ spanId }) => spanId).sort());
    expect(spans.filter(({ name }) => name.startsWith('POST'))).toHaveLength(22);
    expect(collector.text()).not.toMatch(/secret/i);
  });

  it('is of those requests alone that the client wants traced, where OTEL_TRACES_SAMPLER_ARG is 0', async () => {
    await using collector = await startCollector();
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: '0' };
    const gateway = await startTestGateway({ settings });
    await gateway.post(CREATION);
    await gateway.post(CREATION, { traceparent: TRACEPARENT.replace(/01$/, '00') });
    await gateway.post(CREATION, { traceparent: TRACEPARENT });
    await gateway.close();
    expect(collector.spans().filter(({ name }) => name === 'POST /graphql')).toHaveLength(1);
  });

  it('delays nothing without a collector; the log reports it', async () => {
    const log = memoryLog();
    const gateway = await startTestGateway({
      settings: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_TRACES_SAMPLER_ARG: '1' },
      logger: log.logger,
    });
    expect((await gateway.post(CREATION)).status).toBe(200);
    await gateway.close();
    expect(log.at('warn')).toContain('Traces could not be exported');
  });
});

describe('A collector that cannot be reached', () => {
  const URL_OF_NOTHING = 'http://127.0.0.1:1/v1/traces';
  const linesOf = (log: MemoryLog) =>
    log
      .at('warn')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { readonly lostSpans: number; readonly failures: number });

  /** Ends as many spans as are exported at once. */
  const trace = (traces: Traces) => {
    for (let count = 0; count < 512; count++) {
      traces.request({ method: 'POST', route: '/graphql', headers: {} }).ended(200);
    }
  };

  it('is logged at once, then at most once a minute with the number of failures and lost spans', async () => {
    const log = memoryLog();
    let elapsed = 0;
    const traces = exportedTraces({ url: URL_OF_NOTHING, share: 1, isParentBased: true }, log.logger, () => elapsed);
    trace(traces);
    while (linesOf(log).length < 1) await nextTurn();
    expect(linesOf(log)).toMatchObject([{ msg: 'Traces could not be exported', url: URL_OF_NOTHING, lostSpans: 512 }]);
    trace(traces);
    trace(traces);
    elapsed = 60_000;
    await traces.close();
    const [, second, ...others] = linesOf(log);
    expect(others).toEqual([]);
    expect(second?.lostSpans).toBeGreaterThanOrEqual(512);
  });
});

describe('OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES', () => {
  it('name the resource of each span', () => {
    const script = `
      import { Traces } from './dist/telemetry/traces.js';
      import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
      const exporter = new InMemorySpanExporter();
      const traces = new Traces(new SimpleSpanProcessor({ exporter }));
      traces.request({ method: 'POST', route: '/graphql', headers: {} }).ended(200);
      console.log(JSON.stringify(exporter.getFinishedSpans()[0].resource.attributes));`;
    const env = { PATH: process.env.PATH, OTEL_SERVICE_NAME: 'tasks', OTEL_RESOURCE_ATTRIBUTES: 'team=crm,zone=a' };
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env });
    expect(JSON.parse(stdout)).toMatchObject({ 'service.name': 'tasks', team: 'crm', zone: 'a' });
  });
});

describe('A sampler that is not parent-based', () => {
  it.each([
    [1, 1],
    [0, 0],
  ])('traces with the share %d %d of a request whose traceparent says otherwise', (share, count) => {
    const exporter = new InMemorySpanExporter();
    const traces = new Traces(new SimpleSpanProcessor({ exporter }), { share, isParentBased: false });
    const traceparent = share === 1 ? TRACEPARENT.replace(/01$/, '00') : TRACEPARENT;
    traces.request({ method: 'POST', route: '/graphql', headers: { traceparent } }).ended(200);
    expect(exporter.getFinishedSpans()).toHaveLength(count);
  });
});

describe('A trace before a real instance', () => {
  it('is handed on in the headers of each call, which are signed', async () => {
    const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' };
    const came: unknown[] = [];
    await using wire = await startTestWire({
      credentials,
      plugin: async (app) => {
        app.addHook('onRequest', async ({ headers }) => {
          came.push([headers.traceparent, String(headers.authorization).includes('traceparent')]);
        });
      },
    });
    const exporter = new InMemorySpanExporter();
    const traces = new Traces(new SimpleSpanProcessor({ exporter }));
    const connect = await openAwsConnect({
      region: 'us-east-1',
      endpoint: wire.url,
      callTimeoutMs: 20_000,
      chainTasks: 12,
      observer: traces,
      client: { credentials },
    });
    const record = traces.request({ method: 'POST', route: '/graphql', headers: { traceparent: TRACEPARENT } });
    const [contact] = await record.run(() =>
      connect.describeContacts({ instanceId: SAMPLE.instanceId, contactIds: [SAMPLE.voiceContact] }),
    );
    expect(contact).toMatchObject({ id: SAMPLE.voiceContact });
    const [span] = exporter.getFinishedSpans();
    expect(span?.name).toBe('Connect/DescribeContact');
    expect(came).toEqual([[`00-${TRACE}-${span?.spanContext().spanId}-01`, true]]);
    await connect.close();
    await traces.close();
  });
});
