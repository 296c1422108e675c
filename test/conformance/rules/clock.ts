import { expect } from '@jest/globals';
import { API, DECISION, guideOn, modelOf, must, type Rule, should } from '../rule.js';
import { CONFLICT, freshToken } from './tokens.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const EXPIRY = guideOn('task expiry');
const CLOCK = { needs: ['clock'] } as const;

/** What time does; for legs that can set it. */
export const clockRules: readonly Rule[] = [
  must(
    'clock/task-starts',
    'start a scheduled task at its time',
    API,
    async (world) => {
      const scheduledTime = world.in(HOUR);
      const id = await world.start({ scheduledTime });
      world.clock.now = scheduledTime.getTime() - 1;
      expect((await world.contact(id)).state).toBe('SCHEDULED');
      world.clock.now = scheduledTime.getTime();
      expect(await world.contact(id)).toMatchObject({ state: 'INITIATED', scheduledTime });
    },
    CLOCK,
  ),
  should(
    'clock/this-second',
    'take a time in this very second, though it began before',
    DECISION,
    async (world) => {
      world.clock.now = Math.ceil(world.clock.now / 1000) * 1000 + 700;
      await world.start({ scheduledTime: world.in(0) });
      expect(await world.refusedAs({ scheduledTime: world.in(-1000) })).toBe('InvalidRequestException');
    },
    CLOCK,
  ),
  must(
    'clock/default-expiry',
    'end a task 7 days after it was initiated',
    EXPIRY,
    async (world) => {
      const id = await world.start();
      world.clock.now += 7 * DAY - 1;
      expect((await world.contact(id)).endedAt).toBeUndefined();
      world.clock.now += 1;
      expect(await world.contact(id)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'EXPIRED' });
    },
    CLOCK,
  ),
  must(
    'clock/own-expiry',
    'end a task after the minutes that it asked for',
    EXPIRY,
    async (world) => {
      const id = await world.start({ expiryMinutes: 2 });
      world.clock.now += 2 * MINUTE;
      expect(await world.contact(id)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'EXPIRED' });
    },
    CLOCK,
  ),
  should(
    'clock/chain-counts-expired',
    'count linked tasks that have expired',
    DECISION,
    async (world) => {
      const previousContactId = await world.start({ expiryMinutes: 1 });
      await world.start({ previousContactId, expiryMinutes: 1 });
      world.clock.now += HOUR;
      await world.start({ previousContactId });
      const { members } = await world.chain(previousContactId);
      expect(members.map(({ endedAt }) => endedAt !== undefined)).toEqual([true, true, false]);
      expect(await world.refusal(world.start({ previousContactId }))).toMatchObject({ quota: 'CHAIN' });
    },
    { needs: ['clock', 'quotas'], quotas: { chainTasks: 2 } },
  ),
  should(
    'clock/paused-expires',
    'let the expiry of a paused task go on',
    DECISION,
    async (world) => {
      const id = await world.start({ expiryMinutes: 1 });
      await world.connect.pauseContact(world.about(id));
      world.clock.now += MINUTE;
      expect(await world.contact(id)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'EXPIRED' });
      const resume = await world.refusal(world.connect.resumeContact(world.about(id)));
      expect(resume.fault.code).toBe('IllegalState');
    },
    CLOCK,
  ),
  must(
    'clock/stop',
    'end a task at the time of its stop, once',
    modelOf('StopContact'),
    async (world) => {
      const id = await world.start();
      world.clock.now = world.in(MINUTE).getTime();
      const endedAt = new Date(world.clock.now);
      await world.connect.stopContact(world.about(id));
      const stopped = await world.contact(id);
      expect(stopped).toMatchObject({ state: 'COMPLETED', disconnectReason: 'API', endedAt });
      world.clock.now += MINUTE;
      await world.connect.stopContact(world.about(id));
      expect(await world.contact(id)).toEqual(stopped);
    },
    CLOCK,
  ),
  must(
    'clock/reschedule',
    'move the start of a waiting task, and its end with it',
    modelOf('UpdateContactSchedule'),
    async (world) => {
      const id = await world.start({ scheduledTime: world.in(HOUR), expiryMinutes: 30 });
      const scheduledTime = world.in(2 * HOUR);
      await world.connect.updateContactSchedule({ ...world.about(id), scheduledTime });
      const expiresAt = new Date(scheduledTime.getTime() + 30 * MINUTE);
      expect(await world.contact(id)).toMatchObject({ scheduledTime, expiresAt, state: 'SCHEDULED' });
      world.clock.now = scheduledTime.getTime();
      expect(await world.contact(id)).toMatchObject({ state: 'INITIATED' });
      world.clock.now = expiresAt.getTime();
      expect(await world.contact(id)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'EXPIRED' });
    },
    CLOCK,
  ),
  should(
    'clock/transfer-keeps-end',
    'keep the end time when a task is transferred',
    DECISION,
    async (world) => {
      const id = await world.start({ expiryMinutes: 2 });
      world.clock.now += MINUTE;
      const next = await world.transfer(id);
      expect((await world.contact(next)).initiatedAt).toEqual(new Date(world.clock.now));
      world.clock.now += MINUTE;
      expect((await world.contact(next)).state).toBe('COMPLETED');
    },
    CLOCK,
  ),
  must(
    'clock/expired-frees-place',
    'free the place of an expired task',
    guideOn('service quotas'),
    async (world) => {
      await world.start({ expiryMinutes: 1 });
      expect(await world.refusal(world.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
      world.clock.now += MINUTE;
      await world.start();
    },
    { needs: ['clock', 'quotas'], quotas: { activeTasks: 1 } },
  ),
  should(
    'clock/token-7-days',
    'know a token for 7 days, to the millisecond',
    DECISION,
    async (world) => {
      const members = { clientToken: freshToken(world) };
      const id = await world.start(members);
      world.clock.now += 7 * DAY - 1;
      expect(await world.start(members)).toBe(id);
      world.clock.now += 1;
      const next = await world.start(members);
      expect(next).not.toBe(id);
      // A window of its own, which the repeats before did not move.
      world.clock.now += 7 * DAY - 1;
      expect(await world.start(members)).toBe(next);
    },
    CLOCK,
  ),
  should(
    'clock/token-freed',
    'free a token after 7 days for any other request',
    DECISION,
    async (world) => {
      const clientToken = freshToken(world);
      await world.start({ clientToken });
      world.clock.now += 7 * DAY;
      const id = await world.start({ clientToken, name: 'Other' });
      expect((await world.contact(id)).name).toBe('Other');
      expect(await world.refusedAs({ clientToken })).toMatch(CONFLICT);
    },
    CLOCK,
  ),
  should(
    'clock/repeat-after-schedule',
    'answer a repeat when its scheduled time has passed, and when its task has expired',
    DECISION,
    async (world) => {
      const members = { clientToken: freshToken(world), scheduledTime: world.in(10 * MINUTE), expiryMinutes: 1 };
      const id = await world.start(members);
      world.clock.now = members.scheduledTime.getTime();
      expect((await world.contact(id)).state).toBe('INITIATED');
      expect(await world.start(members)).toBe(id);
      world.clock.now += HOUR;
      expect((await world.contact(id)).state).toBe('COMPLETED');
      expect(await world.start(members)).toBe(id);
    },
    CLOCK,
  ),
  should(
    'clock/back',
    'go on by the greatest instant when the clock is set back',
    DECISION,
    async (world) => {
      const first = await world.contact(await world.start());
      for (const by of [-HOUR, 2 * HOUR, -30 * MINUTE, -5 * HOUR]) {
        const before = await world.contact(await world.start({ previousContactId: first.id }));
        world.clock.now += by;
        const after = await world.contact(await world.start({ previousContactId: first.id }));
        expect(after.initiatedAt.getTime()).toBeGreaterThanOrEqual(before.initiatedAt.getTime());
      }
      const times = (await world.chain(first.id)).members.map(({ initiatedAt }) => initiatedAt.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    },
    CLOCK,
  ),
  should(
    'clock/back-keeps-states',
    'take no state back when the clock is set back',
    DECISION,
    async (world) => {
      const begun = await world.start({ scheduledTime: world.in(MINUTE) });
      const expired = await world.start({ expiryMinutes: 1 });
      world.clock.now += HOUR;
      await world.start();
      expect((await world.contact(begun)).state).toBe('INITIATED');
      world.clock.now -= HOUR;
      expect((await world.contact(begun)).state).toBe('INITIATED');
      expect((await world.contact(expired)).state).toBe('COMPLETED');
    },
    CLOCK,
  ),
];
