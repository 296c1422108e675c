import { expect } from '@jest/globals';
import { DECISION, guideOn, modelOf, must, type Rule, should } from '../rule.js';

const UPDATE = modelOf('UpdateContact');
const PAUSE = guideOn('pausing tasks');
const TRANSFER = modelOf('TransferContact');

/** What is done with a task after its creation. */
export const lifeCycleRules: readonly Rule[] = [
  must('life-cycle/stop', 'end a task that is stopped', modelOf('StopContact'), async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    expect(await world.contact(id)).toMatchObject({ state: 'COMPLETED', endedAt: expect.any(Date) });
  }),
  should('life-cycle/stop-reason', 'tell API as the reason of a stopped task’s end', DECISION, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    expect((await world.contact(id)).disconnectReason).toBe('API');
  }),
  should('life-cycle/stop-twice', 'let an ended task be stopped again, without a change', DECISION, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    const ended = await world.contact(id);
    await world.connect.stopContact(world.about(id));
    expect(await world.contact(id)).toEqual(ended);
  }),
  must(
    'life-cycle/stop-frees-place',
    'free the place of a stopped task',
    guideOn('service quotas'),
    async (world) => {
      const id = await world.start();
      expect(await world.refusal(world.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
      await world.connect.stopContact(world.about(id));
      await world.start();
    },
    { needs: ['quotas'], quotas: { activeTasks: 1 } },
  ),
  must(
    'life-cycle/scheduled-counts',
    'count a scheduled task as active',
    guideOn('service quotas'),
    async (world) => {
      await world.start({ scheduledTime: world.in(3_600_000) });
      expect(await world.refusal(world.start())).toMatchObject({
        code: 'ServiceQuotaExceededException',
        quota: 'ACTIVE_TASKS',
      });
    },
    { needs: ['quotas'], quotas: { activeTasks: 1 } },
  ),
  must('life-cycle/update', 'change name and description, and leave the rest', UPDATE, async (world) => {
    const id = await world.start({ name: 'old', description: 'stays' });
    await world.connect.updateContact({ ...world.about(id), name: 'new' });
    expect(await world.contact(id)).toMatchObject({ name: 'new', description: 'stays' });
  }),
  must('life-cycle/update-nothing', 'refuse an update that changes nothing', UPDATE, async (world) => {
    const update = world.connect.updateContact(world.about(await world.start()));
    expect((await world.refusal(update)).code).toBe('InvalidRequestException');
  }),
  must('life-cycle/update-ended', 'update a task that has ended', UPDATE, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    await world.connect.updateContact({ ...world.about(id), name: 'late' });
    expect((await world.contact(id)).name).toBe('late');
  }),
  must('life-cycle/update-lengths', 'hold an update to the lengths of a creation', UPDATE, async (world) => {
    const update = world.connect.updateContact({ ...world.about(await world.start()), description: 'd'.repeat(4097) });
    expect((await world.refusal(update)).code).toBe('InvalidParameterException');
  }),
  must('life-cycle/pause', 'pause a task, and resume it', PAUSE, async (world) => {
    const id = await world.start();
    await world.connect.pauseContact(world.about(id));
    expect((await world.contact(id)).state).toBe('PAUSED');
    await world.connect.resumeContact(world.about(id));
    expect((await world.contact(id)).state).not.toBe('PAUSED');
  }),
  must('life-cycle/pause-scheduled', 'not pause a task that waits for its time', PAUSE, async (world) => {
    const pause = world.connect.pauseContact(world.about(await world.start({ scheduledTime: world.in(3_600_000) })));
    expect((await world.refusal(pause)).code).toBe('ConflictException');
  }),
  must('life-cycle/pause-ended', 'not pause a task that has ended', PAUSE, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    expect((await world.refusal(world.connect.pauseContact(world.about(id)))).code).toBe('ConflictException');
  }),
  should('life-cycle/resume-running', 'not resume a task that is not paused', DECISION, async (world) => {
    const resume = world.connect.resumeContact(world.about(await world.start()));
    expect((await world.refusal(resume)).code).toBe('ConflictException');
  }),
  must(
    'life-cycle/pauses-10',
    'pause a task 10 times, and no more',
    'Service model, TotalPauseCount',
    async (world) => {
      const about = world.about(await world.start());
      for (let time = 0; time < 10; time++) {
        await world.connect.pauseContact(about);
        await world.connect.resumeContact(about);
      }
      expect(await world.refusal(world.connect.pauseContact(about))).toMatchObject({ quota: 'PAUSES' });
    },
  ),
  must('life-cycle/transfer', 'carry a task on as a new contact of the same chain', TRANSFER, async (world) => {
    const id = await world.start({ name: 'Carried', attributes: [{ key: 'k', value: 'v' }] });
    const next = await world.transfer(id);
    expect(await world.contact(next)).toMatchObject({
      initiationMethod: 'TRANSFER',
      initialContactId: id,
      previousContactId: id,
    });
    expect((await world.contact(id)).endedAt).toBeInstanceOf(Date);
    expect(await world.attributes(next)).toEqual({ k: 'v' });
  }),
  must(
    'life-cycle/transfer-to-queue',
    'carry a task on to a queue',
    TRANSFER,
    async (world) => {
      const next = await world.transfer(await world.start(), { queueId: world.id('queue') });
      await world.contact(next);
    },
    { needs: ['queue'] },
  ),
  must(
    'life-cycle/transfer-both',
    'refuse a transfer to both a queue and an agent',
    TRANSFER,
    async (world) => {
      const target = { queueId: world.id('queue'), userId: world.id('user') };
      expect((await world.refusal(world.transfer(await world.start(), target))).code).toBe('InvalidRequestException');
    },
    { needs: ['queue', 'user'] },
  ),
  must('life-cycle/transfer-ended', 'refuse to transfer a task that has ended', TRANSFER, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    expect((await world.refusal(world.transfer(id))).code).toBe('InvalidRequestException');
  }),
  must(
    'life-cycle/transfers-11',
    'transfer a task 11 times, and no more',
    guideOn('feature specifications'),
    async (world) => {
      let id = await world.start();
      for (let time = 0; time < 11; time++) id = await world.transfer(id);
      expect(await world.refusal(world.transfer(id))).toMatchObject({
        code: 'ServiceQuotaExceededException',
        quota: 'TRANSFERS',
      });
    },
  ),
];
