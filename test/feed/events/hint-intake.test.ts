import { describe, expect, it } from '@jest/globals';
import type { ContactChange } from '../../../src/connect/contact-change.js';
import { HintIntake } from '../../../src/feed/events/hint-intake.js';
import { NOW, SAMPLE, SECOND } from '../../support/engine.js';
import { ManualClock } from '../../support/manual-clock.js';

const { instanceId, instanceArn } = SAMPLE;

function open() {
  const clock = new ManualClock();
  const changes: Omit<ContactChange, 'id'>[] = [];
  const forgotten: string[] = [];
  const reports: unknown[] = [];
  const intake = new HintIntake({
    instanceIds: new Set([instanceId]),
    add: (_instance, change) => changes.push(change),
    forget: ({ contactId }) => forgotten.push(contactId),
    clock,
    wallClock: clock.now,
    events: { onEvent: (event) => reports.push(event) },
  });
  let events = 0;
  return {
    clock,
    changes,
    forgotten,
    reports,
    intake,
    kinds: () => changes.map(({ kind }) => kind),
    take(
      eventType: string,
      { contactId = 'c1', at = NOW, id = `event-${events++}`, arn = instanceArn as string } = {},
    ) {
      const envelope = {
        id,
        source: 'aws.connect',
        'detail-type': 'Amazon Connect Contact Event',
        time: new Date(at).toISOString(),
        detail: { eventType, contactId, instanceArn: arn },
      };
      return intake.take(envelope, 'WEBHOOK');
    },
  };
}

describe('The intake of contact events', () => {
  it('drops the contact from the caches, then adds a change', () => {
    const { take, changes, forgotten } = open();
    expect(take('QUEUED')).toBe('TAKEN');
    expect(forgotten).toEqual(['c1']);
    expect(changes).toEqual([
      {
        contactId: 'c1',
        chainId: 'c1',
        isOfChain: false,
        kind: 'QUEUED',
        occurredAt: NOW,
        queueId: null,
        userId: null,
      },
    ]);
  });

  it('drops an event that came before, by its id', () => {
    const { take, changes } = open();
    expect(take('INITIATED', { id: 'same' })).toBe('TAKEN');
    expect(take('INITIATED', { id: 'same' })).toBe('DOUBLE');
    expect(changes).toHaveLength(1);
  });

  it('drops an event that is older than the newest one of its contact, but not one of the same time', async () => {
    const { take, clock, kinds } = open();
    take('QUEUED', { at: NOW });
    expect(take('INITIATED', { at: NOW - SECOND })).toBe('LATE');
    expect(take('CONNECTED_TO_AGENT', { at: NOW })).toBe('TAKEN');
    expect(take('INITIATED', { contactId: 'c2', at: NOW - SECOND })).toBe('TAKEN');
    await clock.run();
    expect(kinds().sort()).toEqual(['CONNECTED', 'INITIATED', 'QUEUED']);
  });

  it('takes no event of an instance that is not served', () => {
    const { take, changes, forgotten } = open();
    expect(take('INITIATED', { arn: instanceArn.replace(instanceId, 'other') })).toBe('FOREIGN');
    expect([changes, forgotten]).toEqual([[], []]);
  });

  it('drops a contact from the caches once a second, and adds the events within it together', async () => {
    const { take, clock, kinds, forgotten } = open();
    for (const type of ['INITIATED', 'QUEUED', 'CONNECTED_TO_AGENT']) take(type);
    take('INITIATED', { contactId: 'c2' });
    expect([kinds(), forgotten]).toEqual([
      ['INITIATED', 'INITIATED'],
      ['c1', 'c2'],
    ]);
    await clock.advance(SECOND);
    expect([kinds().slice(2), forgotten.slice(2)]).toEqual([['QUEUED', 'CONNECTED'], ['c1']]);
    take('PAUSED');
    expect(kinds()).toHaveLength(4);
    await clock.run();
    expect([kinds().at(-1), forgotten.slice(3)]).toEqual(['PAUSED', ['c1']]);
  });

  it('adds what waits when it closes', () => {
    const { take, intake, clock, kinds } = open();
    take('INITIATED');
    take('QUEUED');
    intake.close();
    expect(kinds()).toEqual(['INITIATED', 'QUEUED']);
    expect(clock.isAwaited).toBe(false);
  });

  it('reports each event with its kind, outcome and lag', () => {
    const { take, reports } = open();
    take('INITIATED', { at: NOW - 3 * SECOND });
    take('VOICEMAIL');
    expect(reports).toEqual([
      { source: 'WEBHOOK', kind: 'INITIATED', outcome: 'TAKEN', lagMs: 3 * SECOND },
      { source: 'WEBHOOK', kind: undefined, outcome: 'UNKNOWN', lagMs: undefined },
    ]);
  });
});
