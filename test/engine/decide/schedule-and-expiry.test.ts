import { describe, expect, it } from '@jest/globals';
import { DAY, MINUTE, NOW, openTestEngine, refusal, SECOND } from '../../support/engine.js';

/** The whole second that NOW lies in. */
const THIS_SECOND = Math.floor(NOW / SECOND) * SECOND;

describe('ScheduledTime', () => {
  it.each([
    ['this very second, though it began before', THIS_SECOND],
    ['later in this second', THIS_SECOND + 999],
    ['the last second within 6 days', THIS_SECOND + 6 * DAY],
    ['the end of that second', THIS_SECOND + 6 * DAY + 999],
  ])('accepts %s', async (_what, time) => {
    await using test = await openTestEngine();
    const id = await test.start({ scheduledTime: new Date(time) });
    expect(await test.contact(id)).toMatchObject({ scheduledTime: new Date(time), initiatedAt: new Date(NOW) });
  });

  it.each([
    ['cannot be in the past', THIS_SECOND - 1, 'api/scheduled-time-not-past'],
    ['cannot be long ago', 0, 'api/scheduled-time-not-past'],
    ['must be within up to 6 days in future', THIS_SECOND + 6 * DAY + SECOND, 'api/scheduled-time-ahead'],
    ['cannot be no date', Number.NaN, 'api/scheduled-time-not-past'],
  ])('%s', async (_what, time, rule) => {
    await using test = await openTestEngine();
    const error = await refusal(test.start({ scheduledTime: new Date(time) }));
    expect(error).toMatchObject({
      code: 'InvalidRequestException',
      violations: [{ rule, path: ['scheduledTime'] }],
    });
    expect(error.message).toContain('scheduledTime');
  });

  it('keeps the state SCHEDULED until that instant, from which on it is INITIATED', async () => {
    await using test = await openTestEngine();
    const scheduledTime = new Date(NOW + 10 * MINUTE);
    const id = await test.start({ scheduledTime });
    expect(await test.contact(id)).toMatchObject({ state: 'SCHEDULED', scheduledTime });
    test.clock.now = NOW + 10 * MINUTE - 1;
    expect(await test.contact(id)).toMatchObject({ state: 'SCHEDULED', scheduledTime });
    test.clock.now = NOW + 10 * MINUTE;
    expect(await test.contact(id)).toMatchObject({ state: 'INITIATED', scheduledTime, initiatedAt: new Date(NOW) });
  });
});

describe('A task expires', () => {
  it('7 days after it was initiated, unless something else is asked for', async () => {
    await using test = await openTestEngine();
    expect((await test.contact(await test.start())).expiresAt).toEqual(new Date(NOW + 7 * DAY));
  });

  it.each([1, 135, 129_600])('%i minutes after it was initiated, where that is asked for', async (expiryMinutes) => {
    await using test = await openTestEngine();
    const id = await test.start({ expiryMinutes });
    expect((await test.contact(id)).expiresAt).toEqual(new Date(NOW + expiryMinutes * MINUTE));
  });

  it('counted from its scheduled time, so that it cannot end before it begins', async () => {
    await using test = await openTestEngine();
    const scheduledTime = new Date(NOW + 5 * DAY);
    const short = await test.start({ scheduledTime, expiryMinutes: 1 });
    const usual = await test.start({ scheduledTime });
    expect((await test.contact(short)).expiresAt).toEqual(new Date(NOW + 5 * DAY + MINUTE));
    expect((await test.contact(usual)).expiresAt).toEqual(new Date(NOW + 12 * DAY));
    test.clock.now = NOW + 5 * DAY - 1;
    expect((await test.contact(short)).state).toBe('SCHEDULED');
    test.clock.now = NOW + 5 * DAY;
    expect((await test.contact(short)).state).toBe('INITIATED');
    test.clock.now = NOW + 5 * DAY + MINUTE;
    expect((await test.contact(short)).state).toBe('COMPLETED');
  });

  it('is COMPLETED with the DisconnectReason EXPIRED at that very instant', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ expiryMinutes: 1 });
    const end = new Date(NOW + MINUTE);
    test.clock.now = end.getTime() - 1;
    const before = await test.contact(id);
    expect(before).toMatchObject({ state: 'INITIATED', updatedAt: new Date(NOW) });
    expect(before).not.toHaveProperty('endedAt');
    expect(before).not.toHaveProperty('disconnectReason');
    test.clock.now = end.getTime();
    expect(await test.contact(id)).toEqual({
      ...before,
      state: 'COMPLETED',
      disconnectReason: 'EXPIRED',
      endedAt: end,
      updatedAt: end,
    });
  });

  it('is reported alike before and after its end is stored', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ expiryMinutes: 1 });
    test.clock.now = NOW + DAY;
    const derived = await test.contact(id);
    expect(test.rows('select endedAt from contact where id = ?', id)).toEqual([{ endedAt: null }]);
    await test.start();
    expect(test.rows('select endedAt from contact where id = ?', id)).toEqual([{ endedAt: NOW + MINUTE }]);
    expect(await test.contact(id)).toEqual(derived);
    expect((await test.chain(id)).members).toEqual([derived]);
  });

  it('never when it is no task', async () => {
    await using test = await openTestEngine();
    test.clock.now = NOW + 700 * DAY;
    const contact = await test.contact('50000000-0000-4000-8000-000000000001');
    expect(contact).toMatchObject({ channel: 'VOICE', state: 'COMPLETED', disconnectReason: 'CUSTOMER_DISCONNECT' });
  });
});
