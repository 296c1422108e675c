import { describe, expect, it } from '@jest/globals';
import {
  DAY,
  HOUR,
  MINUTE,
  openTestEngine,
  refusal,
  SAMPLE,
  SECOND,
  type TestEngine,
  UNKNOWN_ID,
} from '../../support/engine.js';
import { contactOf } from '../../support/resources.js';

const { instanceId } = SAMPLE;
const about = (contactId: string) => ({ instanceId, contactId });

const startScheduled = (test: TestEngine) => test.start({ scheduledTime: new Date(test.clock.now + HOUR) });

/** Every operation on one contact, with what it takes beside the ids. */
const OPERATIONS = {
  updateContactAttributes: { attributes: [{ key: 'k', value: 'v' }] },
  updateContact: { name: 'other' },
  updateContactSchedule: { scheduledTime: new Date(Date.UTC(2026, 5, 1, 13)) },
  stopContact: {},
  transferContact: { contactFlowId: SAMPLE.contactFlow },
  pauseContact: {},
  resumeContact: {},
  tagContact: { tags: [{ key: 'k', value: 'v' }] },
  untagContact: { keys: ['k'] },
} as const;
type OperationName = keyof typeof OPERATIONS;
const operations = Object.keys(OPERATIONS) as OperationName[];
const run = (test: TestEngine, name: OperationName, members: object): Promise<unknown> =>
  (test.engine[name] as (request: object) => Promise<unknown>)({ ...OPERATIONS[name], ...members });

describe('Every operation', () => {
  it.each(operations)(
    '%s distinguishes an unknown instance, an unknown contact, a foreign ARN and an empty id',
    async (name) => {
      await using test = await openTestEngine();
      const id = await test.start();
      expect(await refusal(run(test, name, { instanceId: 'other', contactId: id }))).toMatchObject({
        resource: 'INSTANCE',
      });
      expect(await refusal(run(test, name, about(UNKNOWN_ID)))).toMatchObject({ resource: 'CONTACT', id: UNKNOWN_ID });
      const foreign = `${SAMPLE.instanceArn}/queue/${id}`;
      expect(await refusal(run(test, name, about(foreign)))).toMatchObject({
        code: 'InvalidParameterException',
        violations: [{ rule: 'gateway/arn-of-this-instance', path: ['contactId'] }],
      });
      expect(await refusal(run(test, name, about('')))).toMatchObject({
        code: 'InvalidParameterException',
        violations: [{ rule: 'api/contact-id-length', path: ['contactId'] }],
      });
    },
  );
});

describe('UpdateContact', () => {
  it('changes what it names and leaves the rest', async () => {
    await using test = await openTestEngine();
    const references = [
      { name: 'a', type: 'STRING', value: '1' },
      { name: 'b', type: 'STRING', value: '1' },
    ];
    const id = await test.start({ name: 'old', description: 'stays', references });
    test.clock.now += SECOND;
    await test.engine.updateContact({
      ...about(id),
      name: 'new',
      references: [
        { name: 'b', type: 'URL', value: 'https://example.com' },
        { name: 'c', type: 'NUMBER', value: '3' },
      ],
      expiryMinutes: 5,
    });
    const contact = await test.contact(id);
    expect(contact).toMatchObject({
      name: 'new',
      description: 'stays',
      references: [
        { name: 'a', type: 'STRING', value: '1' },
        { name: 'b', type: 'URL', value: 'https://example.com' },
        { name: 'c', type: 'NUMBER', value: '3' },
      ],
      updatedAt: new Date(test.clock.now),
    });
    expect(contact.expiresAt?.getTime()).toBe(contact.initiatedAt.getTime() + 5 * MINUTE);
  });

  it('bounds the bytes of all references that the task has afterwards', async () => {
    await using test = await openTestEngine();
    const reference = (name: string, length: number) => ({ name, type: 'STRING', value: 'v'.repeat(length) });
    const id = await test.start({ references: [reference('a', 2000), reference('b', 1000)] });
    const update = (length: number) =>
      test.engine.updateContact({ ...about(id), references: [reference('c', length)] });
    expect(await refusal(update(1094))).toMatchObject({
      code: 'InvalidRequestException',
      violations: [{ rule: 'api/references-bytes', path: ['references'], actual: '4097 bytes' }],
    });
    await update(1093);
    await test.engine.updateContact({ ...about(id), references: [reference('a', 1000), reference('d', 999)] });
  });

  it('reports a request without a change as InvalidRequestException', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    expect(await refusal(test.engine.updateContact(about(id)))).toMatchObject({
      code: 'InvalidRequestException',
      violations: [{ rule: 'api/something-to-update', path: [] }],
    });
  });

  it('validates each member by the rules of creation, all at once', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    const fault = await refusal(
      test.engine.updateContact({
        ...about(id),
        name: 'x'.repeat(513),
        references: [{ name: 'a', type: 'ATTACHMENT', value: 'x' }],
        expiryMinutes: 0,
      }),
    );
    expect(fault).toMatchObject({
      code: 'InvalidParameterException',
      violations: [{ path: ['name'] }, { path: ['expiryMinutes'] }],
      others: [{ code: 'InvalidRequestException', violations: [{ path: ['references', 0, 'type'] }] }],
    });
  });
});

describe('UpdateContactSchedule', () => {
  it.each([
    ['a second ago', -SECOND, 'api/scheduled-time-not-past'],
    ['more than 6 days ahead', 6 * DAY + SECOND, 'api/scheduled-time-ahead'],
  ])('refuses a time %s', async (_what, ahead, rule) => {
    await using test = await openTestEngine();
    const id = await startScheduled(test);
    const request = { ...about(id), scheduledTime: new Date(test.clock.now + ahead) };
    expect(await refusal(test.engine.updateContactSchedule(request))).toMatchObject({
      code: 'InvalidRequestException',
      violations: [{ rule, path: ['scheduledTime'] }],
    });
  });

  it('accepts as many days ahead as the quota of the engine states', async () => {
    await using test = await openTestEngine({ quotas: { scheduleAheadDays: 90 } });
    const id = await startScheduled(test);
    const move = (ahead: number) =>
      test.engine.updateContactSchedule({ ...about(id), scheduledTime: new Date(test.clock.now + ahead) });
    await move(90 * DAY);
    expect(await refusal(move(90 * DAY + SECOND))).toMatchObject({
      violations: [{ rule: 'api/scheduled-time-ahead', path: ['scheduledTime'] }],
    });
    await test.start({ scheduledTime: new Date(test.clock.now + 90 * DAY) });
  });

  it('moves a task 20 times, and refuses the 21st time without a change', async () => {
    await using test = await openTestEngine();
    const id = await startScheduled(test);
    const move = (minutes: number) =>
      test.engine.updateContactSchedule({
        ...about(id),
        scheduledTime: new Date(test.clock.now + minutes * MINUTE),
      });
    for (let time = 1; time <= 20; time++) await move(60 + time);
    expect(await refusal(move(99))).toMatchObject({
      code: 'ServiceQuotaExceededException',
      quota: 'RESCHEDULES',
      limit: 20,
    });
    expect(await test.contact(id)).toMatchObject({ scheduledTime: new Date(test.clock.now + 80 * MINUTE) });
    await test.reopen();
    expect(await refusal(move(99))).toMatchObject({ quota: 'RESCHEDULES' });
  });
});

describe('StopContact', () => {
  it('has no effect in the same batch as the creation', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    await Promise.all([test.start(), test.engine.stopContact(about(id)), test.start({ previousContactId: id })]);
    expect(test.count('select openTasks from instance')).toBe(2);
  });
});

describe('PauseContact and ResumeContact', () => {
  it('is for tasks only', async () => {
    await using test = await openTestEngine({ content: contactOf('CHAT', 'chat') });
    expect(await refusal(test.engine.pauseContact(about('chat')))).toMatchObject({ code: 'IllegalState' });
  });
});

describe('TransferContact', () => {
  it('reports whether a client token repeats it', async () => {
    await using test = await openTestEngine();
    const request = { ...about(await test.start()), contactFlowId: SAMPLE.contactFlow, clientToken: 'token' };
    const first = await test.engine.transferContact(request);
    expect(first.replayed).toBe(false);
    expect(await test.engine.transferContact(request)).toEqual({ ...first, replayed: true });
  });
});
