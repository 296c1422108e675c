import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createWireServer } from '../../../src/wire/server.js';
import type { Connect } from '../../../src/connect/connect.js';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import { throttled } from '../../../src/policies/around-port/throttle.js';
import { pino } from 'pino';
import { NOW, refusal, request, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { temporaryFolder } from '../../support/process.js';

const { instanceId, voiceContact } = SAMPLE;

/** A throttled engine on a file of its own, and the clock that it goes by. */
async function openThrottled() {
  const folder = await temporaryFolder();
  const clock = { now: NOW };
  const engine = await openEmbeddedConnect({
    databaseUrl: `file:${join(folder.path, 'connect.db')}`,
    now: () => clock.now,
  });
  return {
    connect: throttled(engine, { instanceArn: (id) => engine.instanceArn(id), now: () => clock.now }),
    clock,
    async [Symbol.asyncDispose]() {
      await engine.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const startAll = (connect: Connect, count: number) =>
  Promise.allSettled(Array.from({ length: count }, () => connect.startTaskContact(request())));

describe('With throttling on', () => {
  it('StartTaskContact gets through 5 times at once, and then twice a second', async () => {
    await using test = await openThrottled();
    const outcomes = await startAll(test.connect, 7);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(await refusal(test.connect.startTaskContact(request()))).toMatchObject({
      code: 'ThrottlingException',
      retryAfterMs: 500,
    });
    test.clock.now += 500;
    await test.connect.startTaskContact(request());
    await refusal(test.connect.startTaskContact(request()));
  });

  it('stores no token of a refused call, which may succeed later', async () => {
    await using test = await openThrottled();
    await startAll(test.connect, 5);
    await refusal(test.connect.startTaskContact(request({ clientToken: 'one' })));
    test.clock.now += 500;
    expect(await test.connect.startTaskContact(request({ clientToken: 'one', name: 'other' }))).toMatchObject({
      replayed: false,
    });
  });

  it('keeps a bucket for each operation, and takes a token for other refusals too', async () => {
    await using test = await openThrottled();
    await startAll(test.connect, 5);
    for (let call = 0; call < 15; call++) {
      expect(await refusal(test.connect.stopContact({ instanceId, contactId: UNKNOWN_ID }))).toMatchObject({
        code: 'ResourceNotFoundException',
      });
    }
    expect(await refusal(test.connect.stopContact({ instanceId, contactId: UNKNOWN_ID }))).toMatchObject({
      code: 'ThrottlingException',
      retryAfterMs: 100,
    });
  });

  it('counts a read of n contacts as n calls, and reports each without a token', async () => {
    await using test = await openThrottled();
    const answers = await test.connect.describeContacts({ instanceId, contactIds: Array(17).fill(voiceContact) });
    expect(answers.slice(0, 15)).toEqual(Array(15).fill(expect.objectContaining({ channel: 'VOICE' })));
    const throttling = expect.objectContaining({ code: 'ThrottlingException', retryAfterMs: 100 });
    expect(answers.slice(15)).toEqual([throttling, throttling]);
    expect(await test.connect.describeContacts({ instanceId, contactIds: [voiceContact] })).toEqual([throttling]);
    expect(await test.connect.listChains({ instanceId, contactIds: Array(6).fill(voiceContact) })).toHaveLength(6);
  });

  it("treats an instance's id and ARN alike; unknown instances share a bucket", async () => {
    await using test = await openThrottled();
    await startAll(test.connect, 4);
    await test.connect.startTaskContact(request({ instanceId: SAMPLE.instanceArn }));
    expect(await refusal(test.connect.startTaskContact(request()))).toMatchObject({ code: 'ThrottlingException' });
    const codes = [];
    for (let call = 0; call < 6; call++) {
      codes.push((await refusal(test.connect.startTaskContact(request({ instanceId: `nowhere-${call}` })))).code);
    }
    expect(codes).toEqual([...Array(5).fill('ResourceNotFoundException'), 'ThrottlingException']);
  });

  it('does not throttle methods that are not calls of the API', async () => {
    await using test = await openThrottled();
    for (let call = 0; call < 30; call++) expect(await test.connect.ready()).toBeUndefined();
  });

  it('answers 429 with the API’s name and Retry-After', async () => {
    await using test = await openThrottled();
    await startAll(test.connect, 5);
    const app = await createWireServer({ connect: test.connect, logger: pino({ level: 'silent' }) });
    const answer = await app.inject({
      method: 'PUT',
      url: '/contact/task',
      headers: { 'content-type': 'application/json' },
      payload: { InstanceId: instanceId, ContactFlowId: SAMPLE.contactFlow, Name: 'Call back' },
    });
    await app.close();
    expect(answer.statusCode).toBe(429);
    expect(answer.headers).toMatchObject({ 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '1' });
  });
});
