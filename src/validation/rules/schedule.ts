import { SCHEDULE_AHEAD_SECONDS } from '../../connect/limits.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';

/**
 * The rules of a scheduled time, seen from an instant. Both sides are compared in whole seconds, as the API counts: a
 * client that cuts fractions must not be refused for "now".
 *
 * @param now milliseconds since the epoch
 * @param toleranceSeconds how far outside the bounds a time may lie. Omitted: 0. Whoever is not the last to check gives
 *   some, since its clock may differ from the last checker's
 */
export function scheduleRules(now: number, toleranceSeconds = 0): readonly Rule<Date>[] {
  const nowSeconds = Math.floor(now / 1000);
  const secondsAhead = (time: Date) => Math.floor(time.getTime() / 1000) - nowSeconds;
  return [
    {
      id: 'api/scheduled-time-not-past',
      limit: `a time that is not before ${iso(nowSeconds)}`,
      source: 'StartTaskContact, ScheduledTime: the scheduled time cannot be in the past',
      check: (time) => (secondsAhead(time) >= -toleranceSeconds ? NO_FINDINGS : finding(shown(time))),
    },
    {
      id: 'api/scheduled-time-within-6-days',
      limit: `a time that is not after ${iso(nowSeconds + SCHEDULE_AHEAD_SECONDS)}, 6 days ahead`,
      source: 'StartTaskContact, ScheduledTime: it must be within up to 6 days in future',
      // Written so that an invalid date passes: the rule above has refused it.
      check: (time) =>
        secondsAhead(time) > SCHEDULE_AHEAD_SECONDS + toleranceSeconds ? finding(shown(time)) : NO_FINDINGS,
    },
  ];
}

/** A time in words. A Date holds nothing past the year 275760: what lies beyond arrives as an invalid one. */
function shown(time: Date): string {
  return Number.isNaN(time.getTime()) ? 'no date at all' : time.toISOString();
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
