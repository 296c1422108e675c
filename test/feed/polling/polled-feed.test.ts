import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Contact } from '../../../src/connect/contact.js';
import type { FeedChange } from '../../../src/feed/contact-feed.js';
import { LogFeed } from '../../../src/feed/log-feed.js';
import { MemoryChangeLog } from '../../../src/feed/memory-change-log.js';
import { PolledFeed } from '../../../src/feed/polling/polled-feed.js';
import { NOW, SAMPLE, SECOND } from '../../support/engine.js';
import { ManualClock } from '../../support/manual-clock.js';

const { instanceId } = SAMPLE;

function contact(id: string, members: Partial<Contact> = {}): Contact {
  return {
    instanceId,
    id,
    arn: `${SAMPLE.instanceArn}/contact/${id}`,
    channel: 'TASK',
    initiationMethod: 'API',
    initiatedAt: new Date(NOW),
    state: 'INITIATED',
    ...members,
  };
}

function open({ perSecond = 2 } = {}) {
  const clock = new ManualClock();
  const log = new MemoryChangeLog();
  const contacts = new Map<string, Contact | Error>();
  const reads: string[] = [];
  const forgotten: string[] = [];
  const feed = new PolledFeed({
    feed: new LogFeed(log),
    add: (instance, change) => log.add(instance, change),
    read: async (_instance, id) => {
      reads.push(id);
      const found = contacts.get(id);
      if (found instanceof Error) throw found;
      return found ?? null;
    },
    forget: ({ contactId }) => forgotten.push(contactId),
    clock,
    wallClock: clock.now,
    perSecond,
  });
  const follow = async (...ids: string[]) => {
    const ended = new AbortController();
    const changes = await feed.changes({
      instanceId,
      filter: { by: 'contacts', contactIds: new Set(ids) },
      signal: ended.signal,
    });
    return {
      next: async () => (await changes.next()).value as FeedChange,
      end: () => ended.abort(),
    };
  };
  return { clock, contacts, reads, forgotten, feed, follow };
}

describe('The feed that reads contacts again and again', () => {
  it('reports what changed between two readings by its own time, and drops the contact from the caches', async () => {
    const { clock, contacts, forgotten, follow, feed } = open();
    contacts.set('c1', contact('c1'));
    const stream = await follow('c1');
    await clock.advance(SECOND);
    const enqueuedAt = new Date(NOW + SECOND);
    const connectedToAgentAt = new Date(NOW + 3 * SECOND);
    contacts.set('c1', contact('c1', { state: 'CONNECTED', enqueuedAt, connectedToAgentAt }));
    await clock.advance(5 * SECOND);
    expect([await stream.next(), await stream.next()]).toMatchObject([
      { kind: 'QUEUED', contactId: 'c1', occurredAt: enqueuedAt.getTime() },
      { kind: 'CONNECTED', contactId: 'c1', occurredAt: connectedToAgentAt.getTime() },
    ]);
    expect(forgotten).toEqual(['c1']);
    feed.close();
  });

  it('reports the begin of a scheduled task, its end, and a change of its data', async () => {
    const { clock, contacts, follow, feed } = open();
    const scheduledTime = new Date(NOW + SECOND);
    const states: readonly Partial<Contact>[] = [
      { state: 'SCHEDULED', scheduledTime },
      { state: 'INITIATED', scheduledTime },
      { state: 'INITIATED', scheduledTime, name: 'Other', updatedAt: new Date(NOW + 7 * SECOND) },
      { state: 'COMPLETED', scheduledTime, name: 'Other', endedAt: new Date(NOW + 12 * SECOND) },
    ];
    const stream = await follow('c1');
    for (const state of states) {
      contacts.set('c1', contact('c1', state));
      await clock.advance(5 * SECOND);
    }
    const kinds: string[] = [];
    while (kinds.at(-1) !== 'COMPLETED') kinds.push((await stream.next()).kind);
    expect(kinds).toEqual(['INITIATED', 'UPDATED', 'DISCONNECTED', 'COMPLETED']);
    feed.close();
  });

  it('reads each contact once in 5 seconds for all its followers, and no contact that has none', async () => {
    const { clock, contacts, reads, follow } = open();
    contacts.set('c1', contact('c1'));
    const streams = await Promise.all(Array.from({ length: 20 }, () => follow('c1')));
    await clock.advance(11 * SECOND);
    expect(reads).toEqual(['c1', 'c1', 'c1']);
    for (const stream of streams) stream.end();
    await clock.advance(60 * SECOND);
    expect(reads).toHaveLength(3);
    expect(clock.isAwaited).toBe(false);
  });

  it('keeps to its rate, and reads all contacts in turn', async () => {
    const { clock, reads, follow, feed } = open({ perSecond: 2 });
    const ids = Array.from({ length: 40 }, (_, index) => `c${index}`);
    await follow(...ids);
    await clock.advance(20 * SECOND - 1);
    expect([...reads].sort()).toEqual([...ids].sort());
    await clock.advance(20 * SECOND);
    expect(reads).toHaveLength(80);
    feed.close();
  });

  it('goes on after a read that failed', async () => {
    const { clock, contacts, reads, follow, feed } = open();
    contacts.set('c1', new Error('Throttled'));
    await follow('c1');
    await clock.advance(6 * SECOND);
    await setImmediate();
    expect(reads).toHaveLength(2);
    feed.close();
  });
});
