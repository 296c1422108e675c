import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import type { CallbackSender } from '../../../src/http/streams/callback.js';
import { Subscriptions } from '../../../src/http/streams/subscriptions.js';

const LIMITS = { subscriptions: 10, subscriptionsPerCaller: 10 };

function open() {
  const app = fastify();
  const subscriptions = new Subscriptions(app, LIMITS);
  let completed = 0;
  const sender = {
    complete: async () => {
      completed += 1;
    },
  } as unknown as CallbackSender;
  const owner = (ended: AbortSignal) => ({ identity: undefined, ended, expired: () => ({}) });
  return { app, subscriptions, sender, owner, completed: () => completed };
}

describe('The open streams', () => {
  it('are completed when the server closes', async () => {
    const { app, subscriptions, sender, owner, completed } = open();
    subscriptions.follow(sender, owner(new AbortController().signal));
    await app.close();
    expect(completed()).toBe(1);
  });

  it('do not include one that ended before it began, nor one that has ended', async () => {
    const { app, subscriptions, sender, owner, completed } = open();
    subscriptions.follow(sender, owner(AbortSignal.abort()));
    const ended = new AbortController();
    subscriptions.follow(sender, owner(ended.signal));
    ended.abort();
    await app.close();
    expect(completed()).toBe(0);
  });

  it('leave their place to another when they end', () => {
    const { subscriptions } = open();
    const streams = Array.from({ length: 10 }, () => new AbortController());
    for (const { signal } of streams) expect(subscriptions.admit('caller', signal)).toBe(true);
    expect(subscriptions.admit('caller', new AbortController().signal)).toBe(false);
    streams[0]?.abort();
    expect(subscriptions.admit('caller', new AbortController().signal)).toBe(true);
    expect(subscriptions.count).toBe(10);
  });
});
