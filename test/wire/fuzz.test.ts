import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkDatabase } from '../../src/engine/maintenance.js';
import { OPERATIONS } from '../../src/wire/operations.js';
import { HOUR, NOW, SAMPLE } from '../support/engine.js';
import { rawRequest, sendRaw } from '../support/raw-http.js';
import { send, startTestWire, type TestWire } from '../support/wire.js';
import { type FuzzRequest, OPEN_TASK, requestTo } from '../support/wire-arbitraries.js';

const { instanceId, contactFlow, voiceContact } = SAMPLE;

/** Requests to each operation. */
const RUNS = 100;

let wire: TestWire;
beforeAll(async () => {
  wire = await startTestWire({ quotas: { activeTasks: 1_000_000 } });
});
afterAll(async () => await wire[Symbol.asyncDispose]());

/** What shows the inside: files, modules, statements, JavaScript's own words. */
const INSIDE =
  /node_modules|\.[jt]s:\d|file:\/\/|SQLITE|SqliteError|kysely|\bselect\b.*\bfrom\b|TypeError|RangeError|\[object |is not a function|Cannot read/i;

/** Sends a request as it is, and sees that its answer is one of the API. */
async function expectAnswer({ method, target, body }: FuzzRequest, task: string): Promise<void> {
  const named = Buffer.from(body.toString('latin1').replaceAll(OPEN_TASK, task), 'latin1');
  const text = await sendRaw(wire.port, rawRequest(method, target.replaceAll(OPEN_TASK, task), named));
  const end = text.indexOf('\r\n\r\n');
  const head = text.slice(0, end);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];
  const json = JSON.parse(text.slice(end + 4)) as Readonly<Record<string, unknown>>;
  expect(header('content-type')).toMatch(/^application\/json/);
  expect(header('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  if (status === 200) {
    expect(header('x-amzn-errortype')).toBeUndefined();
    return;
  }
  expect([400, 402, 404, 409, 410, 413, 429]).toContain(status);
  expect(json).toEqual({
    __type: expect.stringMatching(/^[A-Z]\w+Exception$/),
    Message: expect.stringMatching(/\S/),
    ...(json.__type === 'PropertyValidationException' && { PropertyList: expect.any(Array) }),
  });
  expect(header('x-amzn-errortype')).toBe(json.__type);
  expect(json.Message).not.toMatch(INSIDE);
}

describe('Whatever comes to an operation gets an answer of the API:', () => {
  it.each(OPERATIONS.map((operation) => [operation.name, operation] as const))('%s', async (_name, operation) => {
    const waits = operation.name === 'UpdateContactSchedule';
    const task = await wire.test.start(waits ? { scheduledTime: new Date(NOW + HOUR) } : {});
    const answered = (request: FuzzRequest) => expectAnswer(request, task);
    await fc.assert(fc.asyncProperty(requestTo(operation), answered), { numRuns: RUNS });
  });
});

describe('After all of that', () => {
  it('serves afterwards', async () => {
    const task = { InstanceId: instanceId, Name: 'Call back', ContactFlowId: contactFlow };
    expect(await send(wire.url, 'PUT', '/contact/task', JSON.stringify(task))).toMatchObject({ status: 200 });
    expect(await send(wire.url, 'GET', `/contacts/${instanceId}/${voiceContact}`)).toMatchObject({ status: 200 });
  });

  it('leaves the database in order', async () => {
    await wire.test.close();
    expect(await checkDatabase(`file:${wire.test.file}`)).toEqual([]);
  });
});
