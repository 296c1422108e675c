import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { EventSender, type EventSenderParts } from '../../../src/feed/events/event-sender.js';
import type { ContactEvent } from '../../../src/feed/events/write-event.js';
import { openTestEngine, request, SAMPLE, type TestEngine } from '../../support/engine.js';

const { instanceId, instanceArn } = SAMPLE;

/** A target of events with a number of failures first. */
class Target {
  readonly events: ContactEvent[] = [];
  failures = 0;
  #isReached = () => {};

  readonly send = async (event: ContactEvent): Promise<void> => {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('The target is away');
    }
    this.events.push(event);
    this.#isReached();
  };

  /** Resolves when as many events have come. */
  async reached(count: number): Promise<readonly ContactEvent[]> {
    while (this.events.length < count) {
      await new Promise<void>((resolve) => {
        this.#isReached = resolve;
      });
    }
    return this.events;
  }

  types(): readonly unknown[] {
    return this.events.map(({ detail }) => detail.eventType);
  }
}

const senders: EventSender[] = [];
afterEach(async () => {
  for (const sender of senders.splice(0)) await sender.close();
});

async function start({ engine }: TestEngine, target: Target, parts: Partial<EventSenderParts> = {}) {
  const reports: unknown[] = [];
  const sender = await EventSender.start({
    log: engine.changes,
    instanceId,
    describe: (contactIds) => engine.describeContacts({ instanceId, contactIds }),
    send: target.send,
    position: engine.changes.positionOf('events', instanceId),
    pause: (_ms, signal) => delay(0, undefined, { signal }),
    now: () => 0,
    events: { onTarget: ({ accepts }) => reports.push(accepts), onLost: (event) => reports.push(event) },
    ...parts,
  });
  senders.push(sender);
  return { sender, reports };
}

async function create({ engine }: TestEngine, members = {}): Promise<string> {
  return (await engine.startTaskContact(request(members))).contactId;
}

describe('The sender of contact events', () => {
  it('sends each change of a task in order, in the form of EventBridge', async () => {
    await using test = await openTestEngine();
    const { engine } = test;
    const target = new Target();
    await start(test, target);
    const contactId = await create(test);
    const of = { instanceId, contactId };
    await engine.control('enqueue', of);
    await engine.control('connect', of);
    await engine.pauseContact(of);
    await engine.resumeContact(of);
    await engine.updateContact({ ...of, name: 'Other' });
    await engine.control('complete', of);
    await engine.control('endAfterContactWork', of);
    const types =
      'INITIATED QUEUED CONNECTED_TO_AGENT PAUSED RESUMED CONTACT_DATA_UPDATED DISCONNECTED COMPLETED'.split(' ');
    const events = await target.reached(types.length);
    expect(target.types()).toEqual(types);
    expect(new Set(events.map(({ id }) => id)).size).toBe(types.length);
    expect(events[0]).toMatchObject({
      version: '0',
      id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      source: 'aws.connect',
      'detail-type': 'Amazon Connect Contact Event',
      account: '111122223333',
      region: 'us-east-1',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      resources: [`${instanceArn}/contact/${contactId}`, instanceArn],
      detail: { contactId, instanceArn, channel: 'TASK', initiationMethod: 'API' },
    });
    expect(events[2]?.detail).toMatchObject({
      queueInfo: { queueArn: expect.stringContaining(`${instanceArn}/queue/`) },
      agentInfo: { agentArn: expect.stringContaining(`${instanceArn}/agent/`) },
    });
  });

  it('names the initial contact of a linked task, and marks a change of what the chain shares', async () => {
    await using test = await openTestEngine();
    const target = new Target();
    await start(test, target);
    const root = await create(test);
    const contactId = await create(test, { previousContactId: root });
    await test.engine.updateContactAttributes({ instanceId, contactId, attributes: [{ key: 'plan', value: 'gold' }] });
    const events = await target.reached(3);
    expect(events[1]?.detail).toMatchObject({ initialContactId: root, previousContactId: root });
    expect(events[2]?.detail).toMatchObject({ initialContactId: root, updatedProperties: ['UserDefinedAttributes'] });
  });

  it('repeats an event until the target accepts it, and reports both once', async () => {
    await using test = await openTestEngine();
    const target = new Target();
    target.failures = 6;
    const { reports } = await start(test, target);
    const ids = [await create(test), await create(test)];
    const events = await target.reached(2);
    expect(events.map(({ detail }) => detail.contactId)).toEqual(ids);
    await senders.pop()?.close();
    expect(reports).toEqual([false, true]);
  });

  it('continues after a restart behind the last event that the target accepted', async () => {
    await using test = await openTestEngine();
    const before = new Target();
    await create(test);
    const { sender } = await start(test, before);
    const first = await create(test);
    await before.reached(1);
    await sender.close();
    const second = await create(test);
    const after = new Target();
    await start(test, after);
    await after.reached(1);
    expect([before, after].map(({ events }) => events.map(({ detail }) => detail.contactId))).toEqual([
      [first],
      [second],
    ]);
  });

  it('sends the same id again for an event whose acceptance was not stored', async () => {
    await using test = await openTestEngine();
    const position = { read: async () => 0, write: async () => {} };
    const targets = [new Target(), new Target()];
    await create(test);
    const ids: unknown[] = [];
    for (const target of targets) {
      const { sender } = await start(test, target, { position });
      ids.push((await target.reached(1))[0]?.id);
      await sender.close();
    }
    expect(ids[0]).toBe(ids[1]);
  });
});
