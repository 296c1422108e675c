import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scheduleRules } from '../../../src/validation/rules/schedule.js';

const DAYS_6 = 518_400;

/** An instant in milliseconds, from 2000 to 2100. */
const instant = fc.integer({ min: 946_684_800_000, max: 4_102_444_800_000 });
const fraction = fc.integer({ min: 0, max: 999 });

/** The rules that a time breaks, which lies so many whole seconds after now's second, plus a fraction. */
function broken(now: number, seconds: number, milliseconds: number, days = 6): string[] {
  const time = new Date((Math.floor(now / 1000) + seconds) * 1000 + milliseconds);
  return scheduleRules(now, days)
    .filter((rule) => rule.check(time).length > 0)
    .map(({ id }) => id);
}

describe('StartTaskContact.ScheduledTime', () => {
  it('accepts now, to the second: fractions of either side do not count', () => {
    fc.assert(
      fc.property(instant, fraction, (now, part) => {
        expect(broken(now, 0, part)).toEqual([]);
        expect(broken(now, -1, part)).toEqual(['api/scheduled-time-not-past']);
      }),
    );
  });

  it('accepts 6 days ahead, to the second', () => {
    fc.assert(
      fc.property(instant, fraction, (now, part) => {
        expect(broken(now, DAYS_6, part)).toEqual([]);
        expect(broken(now, DAYS_6 + 1, part)).toEqual(['api/scheduled-time-ahead']);
      }),
    );
  });

  it('accepts as many days ahead as the setting states, to the second', () => {
    fc.assert(
      fc.property(instant, fraction, fc.integer({ min: 0, max: 36_500 }), (now, part, days) => {
        expect(broken(now, days * 86_400, part, days)).toEqual([]);
        expect(broken(now, days * 86_400 + 1, part, days)).toEqual(['api/scheduled-time-ahead']);
      }),
    );
  });

  it('accepts any time between', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: DAYS_6 }), fraction, (now, seconds, part) => {
        expect(broken(now, seconds, part)).toEqual([]);
      }),
    );
  });

  it('refuses any time outside', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 4_000_000_000 }), fraction, (now, seconds, part) => {
        expect(broken(now, -seconds, part)).toEqual(['api/scheduled-time-not-past']);
        expect(broken(now, DAYS_6 + seconds, part)).toEqual(['api/scheduled-time-ahead']);
      }),
    );
  });

  it('is refused where it is no date at all', () => {
    const found = scheduleRules(0, 6).flatMap((rule) => rule.check(new Date(Number.NaN)));
    expect(found).toEqual([{ path: [], actual: 'no date at all' }]);
  });

  it('is reported with the bounds and the received time, all in UTC', () => {
    const [notPast, within] = scheduleRules(Date.UTC(2026, 0, 31, 23, 59, 59, 999), 6);
    expect(notPast?.limit).toBe('a time that is not before 2026-01-31T23:59:59.000Z');
    expect(within?.limit).toBe('a time that is not after 2026-02-06T23:59:59.000Z, 6 days ahead');
    const late = new Date('2026-02-07T01:00:00.250+01:00');
    expect(within?.check(late)).toEqual([{ path: [], actual: '2026-02-07T00:00:00.250Z' }]);
  });
});
