import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FeedChange, Resync } from '../../src/feed/contact-feed.js';
import { PendingChanges } from '../../src/feed/pending-changes.js';

function change(id: number, contact: number): FeedChange {
  return { kind: 'UPDATED', contactId: String(contact), occurredAt: id, cursor: String(id) };
}

function takeAll(pending: PendingChanges): readonly (FeedChange | Resync)[] {
  const taken: (FeedChange | Resync)[] = [];
  for (let next = pending.take(); next !== undefined; next = pending.take()) taken.push(next);
  return taken;
}

describe('Pending changes', () => {
  it('keep each of the first 500, in their order', () => {
    const pending = new PendingChanges();
    const changes = Array.from({ length: 500 }, (_, index) => change(index, 1));
    for (const each of changes) pending.add(each);
    expect(takeAll(pending)).toEqual(changes);
  });

  it('never lose the newest change of a contact, and keep cursors in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(20), fc.constant('take' as const)), { maxLength: 1_500 }), (steps) => {
        const pending = new PendingChanges();
        const newest = new Map<string, number>();
        const taken: (FeedChange | Resync)[] = [];
        steps.forEach((step, index) => {
          if (step === 'take') {
            const next = pending.take();
            if (next) taken.push(next);
            return;
          }
          newest.set(String(step), index);
          pending.add(change(index, step));
        });
        taken.push(...takeAll(pending));
        const cursors = taken.map(({ cursor }) => Number(cursor));
        expect(cursors).toEqual(cursors.toSorted((a, b) => a - b));
        for (const [contactId, id] of newest) expect(taken).toContainEqual(change(id, Number(contactId)));
      }),
    );
  });

  it('become one resync of more than 10,000 contacts', () => {
    const pending = new PendingChanges();
    for (let id = 0; id <= 10_000; id += 1) pending.add(change(id, id));
    expect(pending.size).toBe(1);
    expect(pending.take()).toMatchObject({ kind: 'RESYNC', cursor: '10000' });
    pending.add(change(10_001, 1));
    expect(pending.take()).toMatchObject({ kind: 'UPDATED', cursor: '10001' });
  });
});
