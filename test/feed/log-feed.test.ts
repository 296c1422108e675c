import { describe, expect, it } from '@jest/globals';
import type { ChangeFilter } from '../../src/feed/change-filter.js';
import type { FeedChange, Resync } from '../../src/feed/contact-feed.js';
import { LogFeed } from '../../src/feed/log-feed.js';
import { DAY, HOUR, MINUTE, openTestEngine, request, SAMPLE, SECOND, type TestEngine } from '../support/engine.js';

const { instanceId } = SAMPLE;
const ALL: ChangeFilter = { by: 'all' };

/** A stream of an engine's changes, read one by one. */
async function follow({ engine }: TestEngine, filter: ChangeFilter = ALL, after?: string) {
  const feed = new LogFeed(engine.changes);
  const ended = new AbortController();
  const changes = await feed.changes({ instanceId, filter, after, signal: ended.signal });
  const next = async (): Promise<FeedChange | Resync> => (await changes.next()).value as FeedChange;
  return {
    next,
    async kinds(count: number): Promise<readonly string[]> {
      const kinds: string[] = [];
      while (kinds.length < count) kinds.push((await next()).kind);
      return kinds;
    },
    end: () => ended.abort(),
    changes,
  };
}

async function create({ engine }: TestEngine, members = {}): Promise<string> {
  return (await engine.startTaskContact(request(members))).contactId;
}

describe('The feed of the engine', () => {
  it("reports the whole life of a task by the names of Connect's contact events", async () => {
    await using test = await openTestEngine();
    const { engine } = test;
    const stream = await follow(test);
    const contactId = await create(test);
    const of = { instanceId, contactId };
    await engine.control('enqueue', of);
    await engine.control('connect', of);
    await engine.pauseContact(of);
    await engine.resumeContact(of);
    await engine.updateContact({ ...of, name: 'Other' });
    await engine.control('complete', of);
    await engine.control('endAfterContactWork', of);
    const kinds = 'INITIATED QUEUED CONNECTED PAUSED RESUMED UPDATED DISCONNECTED COMPLETED'.split(' ');
    expect(await stream.kinds(kinds.length)).toEqual(kinds);
    stream.end();
  });

  it('reports what follows from time alone: a scheduled task begins, and a task expires', async () => {
    await using test = await openTestEngine();
    const { engine, clock } = test;
    await engine.changes.look();
    const scheduledTime = new Date(clock.now + HOUR);
    const contactId = await create(test, { scheduledTime, expiryMinutes: 5 });
    const stream = await follow(test, { by: 'contacts', contactIds: new Set([contactId]) });
    clock.now += HOUR + SECOND;
    await engine.changes.look();
    await engine.changes.look();
    expect(await stream.next()).toMatchObject({ kind: 'INITIATED', contactId });
    clock.now += 5 * MINUTE;
    // A write stores the ends of expired tasks. It must neither hide nor repeat the change.
    const other = await create(test);
    await engine.changes.look();
    await engine.changes.look();
    expect(await stream.kinds(2)).toEqual(['DISCONNECTED', 'COMPLETED']);
    await engine.updateContact({ instanceId, contactId, name: 'After its end' });
    await engine.updateContact({ instanceId, contactId: other, name: 'Not followed' });
    expect(await stream.next()).toMatchObject({ kind: 'UPDATED', contactId });
    stream.end();
  });

  it('continues after a cursor, also in another process and with changes that time made meanwhile', async () => {
    await using test = await openTestEngine();
    const stream = await follow(test);
    await create(test, { name: 'First' });
    const { cursor } = await stream.next();
    stream.end();
    const second = await create(test, { expiryMinutes: 1 });
    await test.engine.changes.look();
    await test.reopen();
    test.clock.now += 2 * MINUTE;
    await test.engine.changes.look();
    const resumed = await follow(test, ALL, cursor);
    expect([await resumed.next(), await resumed.next()]).toMatchObject([
      { kind: 'INITIATED', contactId: second },
      { kind: 'DISCONNECTED', contactId: second },
    ]);
    resumed.end();
  });

  it('reports RESYNC where changes are no longer kept', async () => {
    await using test = await openTestEngine();
    await test.engine.changes.look();
    const stream = await follow(test);
    await create(test);
    const { cursor } = await stream.next();
    stream.end();
    await create(test);
    test.clock.now += 2 * DAY;
    await test.engine.changes.look();
    const resumed = await follow(test, ALL, cursor);
    expect(await resumed.next()).toMatchObject({ kind: 'RESYNC' });
    const newest = await create(test);
    expect(await resumed.next()).toMatchObject({ kind: 'INITIATED', contactId: newest });
    resumed.end();
  });

  it('reports a change of shared attributes for each followed contact of the chain', async () => {
    await using test = await openTestEngine();
    const root = await create(test);
    const linked = await create(test, { previousContactId: root });
    const stream = await follow(test, { by: 'contacts', contactIds: new Set([linked]) });
    await test.engine.updateContactAttributes({
      instanceId,
      contactId: root,
      attributes: [{ key: 'a', value: 'b' }],
    } as never);
    expect(await stream.next()).toMatchObject({ kind: 'UPDATED', contactId: linked });
    stream.end();
  });

  it('reports the contacts of a queue and of a user', async () => {
    await using test = await openTestEngine();
    const byQueue = await follow(test, { by: 'queue', queueId: SAMPLE.queue });
    const byUser = await follow(test, { by: 'user', userId: SAMPLE.user });
    const contactId = await create(test);
    await test.engine.control('enqueue', { instanceId, contactId, queueId: SAMPLE.queue });
    await test.engine.control('connect', { instanceId, contactId, userId: SAMPLE.user });
    expect(await byQueue.kinds(2)).toEqual(['QUEUED', 'CONNECTED']);
    expect(await byUser.kinds(1)).toEqual(['CONNECTED']);
    byQueue.end();
    byUser.end();
  });
});
