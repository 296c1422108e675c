import { describe, expect, it } from '@jest/globals';
import type { ChangeLog, ContactChange } from '../../src/connect/contact-change.js';
import { LogFeed } from '../../src/feed/log-feed.js';
import { NOW, SAMPLE } from '../support/engine.js';

const { instanceId } = SAMPLE;

/** A log whose reads fail as often as a test wants, and that can lose its oldest changes. */
class FaultyLog implements ChangeLog {
  readonly #followers = new Set<() => void>();
  changes: ContactChange[] = [];
  #newest = 0;
  failures = 0;

  async name(): Promise<string> {
    return 'log';
  }

  async bounds() {
    return { newest: this.#newest, oldest: this.changes[0]?.id ?? this.#newest + 1 };
  }

  async read(_instanceId: string, after: number, limit: number): Promise<readonly ContactChange[]> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('The log cannot be read');
    }
    return this.changes.filter(({ id }) => id > after).slice(0, limit);
  }

  async chainsOf(): Promise<ReadonlyMap<string, string>> {
    return new Map();
  }

  follow(onMore: () => void): () => void {
    this.#followers.add(onMore);
    return () => this.#followers.delete(onMore);
  }

  /** Adds changes without a report. */
  put(...contactIds: readonly string[]): void {
    for (const contactId of contactIds) {
      const id = ++this.#newest;
      const place = { queueId: null, userId: null };
      this.changes.push({
        id,
        contactId,
        chainId: contactId,
        isOfChain: false,
        kind: 'INITIATED',
        occurredAt: NOW,
        ...place,
      });
    }
  }

  wake(): void {
    for (const onMore of this.#followers) onMore();
  }
}

async function follow(log: FaultyLog, after?: string) {
  const pauses: number[] = [];
  let resyncs = 0;
  const feed = new LogFeed(
    log,
    () => {
      resyncs += 1;
    },
    async (ms) => void pauses.push(ms),
  );
  const changes = await feed.changes({
    instanceId,
    filter: { by: 'all' },
    after,
    signal: new AbortController().signal,
  });
  const next = async () => (await changes.next()).value;
  return { next, pauses, resyncs: () => resyncs };
}

describe('The feed over a log', () => {
  it('reads changes again after a failure, although no further change is reported', async () => {
    const log = new FaultyLog();
    const { next, pauses } = await follow(log);
    log.put('c1');
    log.failures = 2;
    log.wake();
    expect(await next()).toMatchObject({ kind: 'INITIATED', contactId: 'c1' });
    expect(pauses).toEqual([1_000, 1_000]);
  });

  it('reports a change that comes while the last page is read', async () => {
    const log = new FaultyLog();
    const { next } = await follow(log);
    for (let index = 0; index < 50; index += 1) {
      log.put(`c${index}`);
      log.wake();
      // Between the end of a read and what follows it there are some turns: the report comes in each of them.
      for (let turn = 0; turn < index % 10; turn += 1) await undefined;
    }
    const seen: unknown[] = [];
    while (seen.length < 50) seen.push((await next()).contactId);
    expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => `c${index}`));
  });

  it('asks its followers to read anew if changes left the log before they were read, and continues behind them', async () => {
    const log = new FaultyLog();
    const { next, resyncs } = await follow(log);
    log.put('c1', 'c2', 'c3');
    log.changes.splice(0, 2);
    log.wake();
    const resync = await next();
    expect(resync).toMatchObject({ kind: 'RESYNC', contactId: 'c3' });
    expect(await next()).toMatchObject({ kind: 'INITIATED', contactId: 'c3' });
    expect(resyncs()).toBe(1);
    const again = await follow(log, resync.cursor);
    expect(await again.next()).toMatchObject({ kind: 'INITIATED', contactId: 'c3' });
  });
});
