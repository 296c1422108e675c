import { expect } from '@jest/globals';
import { API, DECISION, guideOn, modelOf, must, type Rule, should } from '../rule.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const QUOTAS = 'Amazon Connect service quotas, November 2026';
const EXPIRY = guideOn('task expiry');

/** The start and the end of tasks, as far as a test can check them without waiting. */
export const scheduleRules: readonly Rule[] = [
  must('schedule/scheduled', 'keep a task SCHEDULED until its time', API, async (world) => {
    const scheduledTime = world.in(HOUR);
    expect(await world.contact(await world.start({ scheduledTime }))).toMatchObject({
      state: 'SCHEDULED',
      scheduledTime,
    });
  }),
  must('schedule/past', 'refuse a time in the past', API, async (world) => {
    expect(await world.refusedAs({ scheduledTime: world.in(-HOUR) })).toBe('InvalidRequestException');
  }),
  must('schedule/within-6-days', 'take a time just within 6 days', API, async (world) => {
    await world.start({ scheduledTime: world.in(6 * DAY - 60_000) });
  }),
  must(
    'schedule/beyond-6-days',
    'refuse a time beyond 6 days',
    API,
    async (world) => {
      expect(await world.refusedAs({ scheduledTime: world.in(6 * DAY + 60_000) })).toBe('InvalidRequestException');
    },
    { needs: ['quotas'] },
  ),
  must(
    'schedule/within-90-days',
    'take a time just within 90 days if the quota says so',
    QUOTAS,
    async (world) => {
      await world.start({ scheduledTime: world.in(90 * DAY - 60_000) });
      expect(await world.refusedAs({ scheduledTime: world.in(90 * DAY + 60_000) })).toBe('InvalidRequestException');
    },
    { needs: ['quotas'], quotas: { scheduleAheadDays: 90 } },
  ),
  must('schedule/beyond-90-days', 'refuse a time beyond 90 days', QUOTAS, async (world) => {
    expect(await world.refusedAs({ scheduledTime: world.in(90 * DAY + 60_000) })).toBe('InvalidRequestException');
  }),
  must('schedule/reschedules-20', 'move a task 20 times, and no more', QUOTAS, async (world) => {
    const about = world.about(await world.start({ scheduledTime: world.in(HOUR) }));
    const move = (minutes: number) =>
      world.connect.updateContactSchedule({ ...about, scheduledTime: world.in(HOUR + minutes * 60_000) });
    for (let time = 1; time <= 20; time++) await move(time);
    expect(await world.refusal(move(21))).toMatchObject({
      code: 'ServiceQuotaExceededException',
      quota: 'RESCHEDULES',
    });
  }),
  must('schedule/reschedule', 'give a waiting task another time', modelOf('UpdateContactSchedule'), async (world) => {
    const id = await world.start({ scheduledTime: world.in(HOUR) });
    const scheduledTime = world.in(2 * HOUR);
    await world.connect.updateContactSchedule({ ...world.about(id), scheduledTime });
    expect(await world.contact(id)).toMatchObject({ state: 'SCHEDULED', scheduledTime });
  }),
  must(
    'schedule/reschedule-started',
    'refuse another time for a task that does not wait',
    modelOf('UpdateContactSchedule'),
    async (world) => {
      const request = { ...world.about(await world.start()), scheduledTime: world.in(HOUR) };
      expect((await world.refusal(world.connect.updateContactSchedule(request))).code).toBe('InvalidRequestException');
    },
  ),
  must(
    'schedule/reschedule-range',
    'hold another time to the same range',
    modelOf('UpdateContactSchedule'),
    async (world) => {
      const about = world.about(await world.start({ scheduledTime: world.in(HOUR) }));
      for (const scheduledTime of [world.in(-HOUR), world.in(91 * DAY)]) {
        const refusal = await world.refusal(world.connect.updateContactSchedule({ ...about, scheduledTime }));
        expect(refusal.code).toBe('InvalidRequestException');
      }
    },
  ),
  must('schedule/cancel', 'let a waiting task be stopped', guideOn('scheduled tasks'), async (world) => {
    const id = await world.start({ scheduledTime: world.in(HOUR) });
    await world.connect.stopContact(world.about(id));
    expect((await world.contact(id)).endedAt).toBeInstanceOf(Date);
  }),
  ...[0, 129_601].map((expiryMinutes) =>
    must(`expiry/${expiryMinutes}`, `refuse an expiry of ${expiryMinutes} minutes`, EXPIRY, async (world) => {
      expect(await world.refusedAs({ expiryMinutes })).toBe('InvalidParameterException');
    }),
  ),
  ...[1, 129_600].map((expiryMinutes) =>
    must(`expiry/${expiryMinutes}`, `take an expiry of ${expiryMinutes} minutes`, EXPIRY, async (world) => {
      const { initiatedAt, expiresAt } = await world.contact(await world.start({ expiryMinutes }));
      if (expiresAt) expect(expiresAt.getTime() - initiatedAt.getTime()).toBe(expiryMinutes * 60_000);
    }),
  ),
  should('expiry/from-schedule', 'count the expiry from the scheduled time', DECISION, async (world) => {
    const scheduledTime = world.in(5 * DAY);
    const { expiresAt } = await world.contact(await world.start({ scheduledTime, expiryMinutes: 1 }));
    if (expiresAt) expect(expiresAt.getTime()).toBe(scheduledTime.getTime() + 60_000);
  }),
];
