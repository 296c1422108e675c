import { DAY_MS, SCHEDULE_AHEAD_DAYS, SERVICE_SCHEDULE_AHEAD_DAYS } from '../../connect/limits.js';
import type { RuleFacts } from '../../connect/violation.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';
import { plural } from '../text.js';

/** A task is scheduled for the present or later. {@link scheduleRules} states the instant in its limit. */
export const scheduledTimeNotPast: RuleFacts = {
  id: 'api/scheduled-time-not-past',
  limit: 'a time that is not in the past',
  source: 'StartTaskContact, ScheduledTime: the scheduled time cannot be in the past',
};

/**
 * A task is scheduled for a bounded number of days ahead. {@link scheduleRules} states number and instant in its limit.
 */
export const scheduledTimeAhead: RuleFacts = {
  id: 'api/scheduled-time-ahead',
  limit: `a time that is at most ${SCHEDULE_AHEAD_DAYS} days ahead (${SERVICE_SCHEDULE_AHEAD_DAYS} before a real instance)`,
  source:
    "StartTaskContact, ScheduledTime: it must be within up to 6 days in future; 90 days since What's New of 29 May 2026",
};

/**
 * Makes the rules of a scheduled time at an instant. Both are compared in whole seconds, as the API counts, because a
 * client that cuts fractions must not be refused for "now".
 *
 * @param now milliseconds since the epoch
 * @param aheadDays maximum number of days until the task starts
 * @param toleranceSeconds seconds that a time may lie outside the bounds. Default: 0. A check that is not the last one needs
 *   a tolerance, because its clock may differ from the last one's
 */
export function scheduleRules(now: number, aheadDays: number, toleranceSeconds = 0): readonly Rule<Date>[] {
  const aheadSeconds = (aheadDays * DAY_MS) / 1000;
  const nowSeconds = Math.floor(now / 1000);
  const secondsAhead = (time: Date) => Math.floor(time.getTime() / 1000) - nowSeconds;
  return [
    {
      ...scheduledTimeNotPast,
      limit: `a time that is not before ${iso(nowSeconds)}`,
      check: (time) => (secondsAhead(time) >= -toleranceSeconds ? NO_FINDINGS : finding(shown(time))),
    },
    {
      ...scheduledTimeAhead,
      limit: `a time that is not after ${iso(nowSeconds + aheadSeconds)}, ${plural(aheadDays, 'day')} ahead`,
      // Written so that an invalid date passes: the rule above has refused it.
      check: (time) => (secondsAhead(time) > aheadSeconds + toleranceSeconds ? finding(shown(time)) : NO_FINDINGS),
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
