import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { SAMPLE } from '../support/engine.js';
import { type Fault, seededFaults, startFaultProxy } from '../support/fault-proxy.js';
import { hasEnded, items, type SeenJob, start, until } from '../support/jobs.js';
import { endpointOf, type Program, startEmulator, startProgram, temporaryFolder, urlOf } from '../support/process.js';

/** Asks a gateway in another process. */
const asking =
  (url: string) =>
  async (query: string, variables: object = {}) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query, variables });
    return (await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).json()) as object;
  };

/** Resolves when the database holds a number of tasks. */
async function tasksReach(file: string, number: number): Promise<void> {
  while (tasks(file).length < number) await new Promise((resolve) => setImmediate(resolve));
}

function tasks(file: string): readonly string[] {
  using database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const rows = database.prepare("select name from contact where channel = 'TASK' and name like 'Task %' order by name");
  return rows.all().map(({ name }) => String(name));
}

const expected = (count: number) =>
  items(count)
    .map(({ task }) => task.name)
    .sort();

async function kill({ child, exit }: Program): Promise<void> {
  child.kill('SIGKILL');
  await exit;
}

async function end({ child, exit }: Program): Promise<void> {
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
}

describe('A job of 600 items', () => {
  it('creates each task once although the gateway is killed three times', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'connect.db');
    const settings = { DATABASE_URL: `file:${file}`, LOG_LEVEL: 'error', METRICS: 'off' };
    let gateway = startProgram(settings);
    await using _running = { [Symbol.asyncDispose]: () => kill(gateway) };
    let url = await urlOf(gateway);
    const { job } = await start(asking(url), { items: items(600) });
    const { id } = job as SeenJob;
    for (const reached of [50, 200, 400]) {
      await tasksReach(file, reached);
      await kill(gateway);
      gateway = startProgram(settings);
      url = await urlOf(gateway);
    }
    expect(await until(url, id, hasEnded)).toMatchObject({ state: 'COMPLETED', created: 600, failed: 0 });
    expect(tasks(file)).toEqual(expected(600));
    await end(gateway);
  }, 120_000);
});

/** Faults of the service, each for a part of the calls. */
const FAULTS: readonly (readonly [number, Fault])[] = [
  [0.1, { kind: 'fail', passed: true }],
  [0.05, { kind: 'hang', passed: true }],
  [0.05, { kind: 'drop' }],
];

describe('A job before a service that fails after creating', () => {
  it('creates each task once although the gateway is killed twice', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'service.db');
    const emulator = startEmulator({ DATABASE_URL: `file:${file}` });
    await using proxy = await startFaultProxy(await endpointOf(emulator));
    proxy.plan = seededFaults(11, FAULTS);
    const settings = {
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_CONNECT: proxy.url,
      CONNECT_ADAPTER: 'aws',
      CONNECT_INSTANCE_ID: SAMPLE.instanceId,
      CONNECT_RATES: 'StartTaskContact=100/20',
      CONNECT_CALL_TIMEOUT_MS: '300',
      DATABASE_URL: `file:${join(folder.path, 'gateway.db')}`,
      LOG_LEVEL: 'error',
    };
    let gateway = startProgram(settings);
    await using _running = {
      [Symbol.asyncDispose]: async () => {
        await kill(gateway);
        await kill(emulator);
      },
    };
    let url = await urlOf(gateway);
    const { job } = await start(asking(url), { items: items(200) });
    const { id } = job as SeenJob;
    for (const reached of [40, 120]) {
      await tasksReach(file, reached);
      await kill(gateway);
      gateway = startProgram(settings);
      url = await urlOf(gateway);
    }
    expect(await until(url, id, hasEnded)).toMatchObject({ state: 'COMPLETED', created: 200, failed: 0 });
    expect(tasks(file)).toEqual(expected(200));
    await end(gateway);
    await end(emulator);
  }, 120_000);
});
