import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { type Bucket, takeTokens } from '../../src/connect/token-bucket.js';
import { Caller, create } from '../support/callers.js';
import { SAMPLE } from '../support/engine.js';
import { type Fault, seededFaults, startFaultProxy, throttledFaults } from '../support/fault-proxy.js';
import { endpointOf, startEmulator, startProgram, temporaryFolder, urlOf } from '../support/process.js';
import { startTestWire } from '../support/wire.js';

const RATE = { perSecond: 20, burst: 5 };
const DROPPED: Fault = { kind: 'drop' };

/** Every kind of fault, each for a part of the calls. */
const FAULTS: readonly (readonly [number, Fault])[] = [
  [0.1, { kind: 'fail', passed: true }],
  [0.05, { kind: 'fail', passed: false }],
  [0.05, { kind: 'hang', passed: true }],
  [0.05, { kind: 'hang', passed: false }],
  [0.1, { kind: 'cut' }],
  [0.1, DROPPED],
  [0.1, { kind: 'delay', ms: 100 }],
];

/** The emulator, a proxy before it, and a gateway before that: processes of their own, in real time. */
async function startAll() {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'connect.db');
  const emulator = startEmulator({ DATABASE_URL: `file:${file}` });
  const endpoint = await endpointOf(emulator);
  const proxy = await startFaultProxy(endpoint);
  const gateway = startProgram({
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_EC2_METADATA_DISABLED: 'true',
    CONNECT_ADAPTER: 'aws',
    CONNECT_INSTANCE_ID: SAMPLE.instanceId,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_CONNECT: proxy.url,
    CONNECT_RATES: `StartTaskContact=${RATE.perSecond}/${RATE.burst}`,
    CONNECT_CALL_TIMEOUT_MS: '300',
    LOG_LEVEL: 'error',
  });
  const url = await urlOf(gateway);
  return {
    url,
    proxy,
    tasks() {
      using database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
      return database.prepare("select name from contact where channel = 'TASK' order by name").all();
    },
    async [Symbol.asyncDispose]() {
      gateway.child.kill('SIGTERM');
      expect(await gateway.exit).toBe(0);
      await proxy[Symbol.asyncDispose]();
      emulator.child.kill('SIGTERM');
      await emulator.exit;
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('Before a service that throttles, fails, hangs and breaks off', () => {
  it('makes each of 40 creations from 4 callers once, or reports an unknown outcome that its token settles', async () => {
    await using all = await startAll();
    let bucket: Bucket | undefined;
    const take = () => {
      const taken = takeTokens(bucket, RATE, 1, Date.now());
      bucket = taken.bucket;
      return taken.retryAfterMs;
    };
    all.proxy.plan = throttledFaults(take, seededFaults(7, FAULTS));
    const callers = Array.from({ length: 4 }, (_, place) => new Caller(all.url, place));
    const inputs = Array.from({ length: 40 }, (_, index) => ({
      name: `Task ${String(index).padStart(2, '0')}`,
      flow: { contactFlowId: SAMPLE.contactFlow },
      clientToken: `token-${index}`,
    }));
    const createAll = (wanted: typeof inputs) =>
      Promise.all(wanted.map((input, index) => create(callers[index % 4] as Caller, input)));
    const outcomes = await createAll(inputs);
    expect(outcomes.filter((outcome) => outcome !== 'CREATED' && outcome !== 'OUTCOME_UNKNOWN')).toEqual([]);
    const unknown = inputs.filter((_, index) => outcomes[index] === 'OUTCOME_UNKNOWN');
    all.proxy.plan = () => undefined;
    expect(await createAll(unknown)).toEqual(unknown.map(() => 'CREATED'));
    expect(all.tasks()).toEqual(inputs.map(({ name }) => ({ name })));
    // The plan did its work.
    expect(all.proxy.calls.length).toBeGreaterThan(inputs.length + 5);
    for (const caller of callers) caller[Symbol.dispose]();
  });
});

describe('The proxy of faults', () => {
  const post = (url: string) =>
    fetch(`${url}/contact/task`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ InstanceId: SAMPLE.instanceId, Name: 'Task', ContactFlowId: SAMPLE.contactFlow }),
      signal: AbortSignal.timeout(300),
    });

  it.each<[string, Fault | undefined, number | 'none', number]>([
    ['passes on', undefined, 200, 1],
    ['passes on late', { kind: 'delay', ms: 20 }, 200, 1],
    ['throttles', { kind: 'throttle', retryAfterMs: 400 }, 429, 0],
    ['fails after the creation', { kind: 'fail', passed: true }, 500, 1],
    ['fails before it', { kind: 'fail', passed: false }, 500, 0],
    ['hangs after the creation', { kind: 'hang', passed: true }, 'none', 1],
    ['hangs before it', { kind: 'hang', passed: false }, 'none', 0],
    ['breaks the answer off', { kind: 'cut' }, 'none', 1],
    ['drops the connection', DROPPED, 'none', 0],
  ])('%s', async (_what, fault, status, made) => {
    await using wire = await startTestWire();
    await using proxy = await startFaultProxy(wire.url, () => fault);
    const answer = await post(proxy.url)
      .then(async (response) => {
        await response.text();
        return response.status;
      })
      .catch(() => 'none');
    expect(answer).toBe(status);
    expect(proxy.calls).toMatchObject([{ index: 0, operation: 'StartTaskContact' }]);
    expect(wire.test.count("select count(*) from contact where channel = 'TASK'")).toBe(made);
  });

  it('plans the same for the same seed, in the shares that it was set to', () => {
    const plan = seededFaults(1, [
      [0.1, DROPPED],
      [0.2, { kind: 'cut' }],
    ]);
    const again = seededFaults(1, [
      [0.1, DROPPED],
      [0.2, { kind: 'cut' }],
    ]);
    const kinds = Array.from({ length: 10_000 }, (_, index) => plan({ index, operation: '', at: 0 })?.kind);
    expect(kinds).toEqual(kinds.map((_, index) => again({ index, operation: '', at: 0 })?.kind));
    expect(kinds.filter((kind) => kind === 'drop').length / 10_000).toBeCloseTo(0.1, 1);
    expect(kinds.filter((kind) => kind === 'cut').length / 10_000).toBeCloseTo(0.2, 1);
  });
});
