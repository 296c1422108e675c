import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE, NOW, openTestEngine, refusal } from '../support/engine.js';

describe('A clock that is set back', () => {
  it('never goes below the greatest instant that was stored, also when the engine is opened again', async () => {
    await using test = await openTestEngine();
    await test.start();
    for (const reopens of [false, true]) {
      test.clock.now = NOW - HOUR;
      if (reopens) await test.reopen();
      const contact = await test.contact(await test.start({ expiryMinutes: 5 }));
      expect(contact.initiatedAt).toEqual(new Date(NOW));
      expect(contact.expiresAt).toEqual(new Date(NOW + 5 * MINUTE));
    }
    test.clock.now = NOW + 1;
    expect((await test.contact(await test.start())).initiatedAt).toEqual(new Date(NOW + 1));
  });

  it('does not take a contact’s state back', async () => {
    await using test = await openTestEngine();
    const scheduled = await test.start({ scheduledTime: new Date(NOW + MINUTE) });
    const short = await test.start({ expiryMinutes: 1 });
    test.clock.now = NOW + MINUTE;
    await test.start();
    test.clock.now = NOW;
    for (const reopens of [false, true]) {
      if (reopens) await test.reopen();
      expect((await test.contact(scheduled)).state).toBe('INITIATED');
      expect(await test.contact(short)).toMatchObject({ state: 'COMPLETED', endedAt: new Date(NOW + MINUTE) });
    }
  });

  it('does not take a place back that an expired task has freed', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 1 } });
    await test.start({ expiryMinutes: 1 });
    test.clock.now = NOW + MINUTE;
    const next = await test.start({ expiryMinutes: 1 });
    test.clock.now = NOW;
    expect((await test.contact(next)).expiresAt).toEqual(new Date(NOW + 2 * MINUTE));
    await refusal(test.start());
    expect(test.count('select openTasks from instance')).toBe(1);
  });

  it('validates a ScheduledTime and the window of a ClientToken by the greatest instant', async () => {
    await using test = await openTestEngine();
    await test.start({ clientToken: 'token' });
    test.clock.now = NOW + 7 * DAY;
    const id = await test.start({ clientToken: 'token' });
    test.clock.now = NOW;
    expect(await test.start({ clientToken: 'token' })).toBe(id);
    const scheduledTime = new Date(NOW + HOUR);
    expect(await refusal(test.start({ scheduledTime }))).toMatchObject({
      violations: [{ rule: 'api/scheduled-time-not-past' }],
    });
  });
});

describe('A clock that moves on', () => {
  it('is asked once a batch: all its requests are decided by one instant', async () => {
    await using test = await openTestEngine();
    let now = NOW;
    Object.defineProperty(test.clock, 'now', { get: () => now++ });
    const { ids } = await test.startAll(Array.from({ length: 50 }, () => ({ scheduledTime: new Date(NOW + DAY) })));
    const times = test.rows('select distinct initiatedAt from contact where channel = ?', 'TASK');
    expect(ids).toHaveLength(50);
    expect(times).toHaveLength(1);
  });
});
