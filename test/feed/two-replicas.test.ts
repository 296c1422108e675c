import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../src/engine/open.js';
import type { FeedChange } from '../../src/feed/contact-feed.js';
import { LogFeed } from '../../src/feed/log-feed.js';
import { request, SAMPLE } from '../support/engine.js';
import { type TestPostgres, testPostgres } from '../support/postgres.js';

const { instanceId } = SAMPLE;

let server: TestPostgres;
beforeAll(async () => {
  server = await testPostgres();
});
afterAll(() => server.stop());

describe('Two replicas on one PostgreSQL', () => {
  it('report the changes of both in one order, and continue after the cursors of each other without a gap', async () => {
    const databaseUrl = await server.createDatabase();
    const first = await openEmbeddedConnect({ databaseUrl });
    const second = await openEmbeddedConnect({ databaseUrl });
    const feeds = [first, second].map(({ changes }) => new LogFeed(changes));
    const follow = async (feed: LogFeed | undefined, after?: string) => {
      const signal = new AbortController().signal;
      const changes = await (feed as LogFeed).changes({ instanceId, filter: { by: 'all' }, after, signal });
      return async (count: number): Promise<readonly FeedChange[]> => {
        const seen: FeedChange[] = [];
        while (seen.length < count) seen.push((await changes.next()).value as FeedChange);
        return seen;
      };
    };
    const streams = [await follow(feeds[0]), await follow(feeds[1])];
    const created = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? first : second).startTaskContact(request())),
    );
    const [atFirst = [], atSecond = []] = await Promise.all(streams.map((read) => read(40)));
    const ids = created.map(({ contactId }) => contactId).sort();
    expect(atFirst.map(({ contactId }) => contactId).sort()).toEqual(ids);
    expect(atSecond).toEqual(atFirst);
    const resumed = await follow(feeds[1], atFirst[19]?.cursor);
    expect(await resumed(20)).toEqual(atFirst.slice(20));
    for (const feed of feeds) feed.close();
    await first.close();
    await second.close();
  });
});
