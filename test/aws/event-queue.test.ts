import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventQueue } from '../../src/aws/event-queue.js';
import type { EventOutcome } from '../../src/feed/events/hint-intake.js';
import { QueueReader } from '../../src/feed/events/queue-reader.js';
import { startTestQueue, type TestQueue } from '../support/sqs.js';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' };
const before = { ...process.env };
beforeAll(() => {
  Object.assign(process.env, CREDENTIALS);
});
afterAll(() => {
  for (const name of Object.keys(CREDENTIALS)) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

/** Reads a queue, with the outcome that each event names. */
function read({ url }: TestQueue) {
  const taken: unknown[] = [];
  const reports: boolean[] = [];
  const reader = new QueueReader({
    queue: openEventQueue({ url, region: 'eu-west-2' }),
    take(event) {
      taken.push(event);
      return ((event as { readonly outcome?: EventOutcome } | undefined)?.outcome ?? 'MALFORMED') as EventOutcome;
    },
    pause: (_ms, signal) => delay(0, undefined, { signal }),
    onReadable: ({ isReadable }) => reports.push(isReadable),
  });
  return { taken, reports, [Symbol.asyncDispose]: () => reader.close() };
}

const message = (outcome: EventOutcome, id = 0) => JSON.stringify({ outcome, id });

describe('The reader of a queue of SQS', () => {
  it('waits for messages by long polling, and deletes each one after it was taken', async () => {
    await using queue = await startTestQueue();
    await using reader = read(queue);
    const bodies = Array.from({ length: 25 }, (_, id) => message('TAKEN', id));
    queue.add(...bodies);
    await queue.until(() => queue.left().length === 0);
    expect(reader.taken).toEqual(bodies.map((body) => JSON.parse(body)));
    expect(queue.calls.find(({ action }) => action === 'ReceiveMessage')?.body).toMatchObject({
      QueueUrl: queue.url,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
    });
  });

  it('deletes events that came before, are late or unknown', async () => {
    await using queue = await startTestQueue();
    await using _reader = read(queue);
    queue.add(message('DOUBLE'), message('LATE'), message('UNKNOWN'));
    await queue.until(() => queue.left().length === 0);
  });

  it('leaves what it cannot read to the dead-letter rule of the queue', async () => {
    await using queue = await startTestQueue();
    await using reader = read(queue);
    const poison = ['no JSON', message('MALFORMED'), message('FOREIGN')];
    queue.add(...poison, message('TAKEN'));
    await queue.until(() => queue.left().length === poison.length);
    expect(queue.left()).toEqual(poison);
    queue.expire();
    await queue.until(() => reader.taken.length === 7);
  });

  it('tries again while the queue cannot be read, and reports both once', async () => {
    await using queue = await startTestQueue();
    queue.fail(3);
    await using reader = read(queue);
    queue.add(message('TAKEN'));
    await queue.until(() => queue.left().length === 0);
    queue.add(message('TAKEN'));
    await queue.until(() => queue.left().length === 0);
    expect(reader.reports).toEqual([false, true]);
  });

  it('ends at once while it waits for messages', async () => {
    await using queue = await startTestQueue();
    const reader = read(queue);
    queue.add(message('TAKEN'));
    await queue.until(() => queue.left().length === 0);
    await reader[Symbol.asyncDispose]();
    expect(reader.reports).toEqual([]);
  });
});
