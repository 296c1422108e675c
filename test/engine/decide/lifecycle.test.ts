import { describe, expect, it } from '@jest/globals';
import type { ContactState } from '../../../src/connect/contact.js';
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
const QUEUE = '60000000-0000-4000-8000-000000000001';
const AGENT = '70000000-0000-4000-8000-000000000001';
const about = (contactId: string) => ({ instanceId, contactId });

/** A task in each state, reached by what brings a task there. */
const STATES: Readonly<Partial<Record<ContactState, (test: TestEngine) => Promise<string>>>> = {
  SCHEDULED: (test) => test.start({ scheduledTime: new Date(test.clock.now + HOUR) }),
  INITIATED: (test) => test.start(),
  PAUSED: async (test) => {
    const id = await test.start();
    await test.engine.pauseContact(about(id));
    return id;
  },
  COMPLETED: async (test) => {
    const id = await test.start();
    await test.engine.stopContact(about(id));
    return id;
  },
};
const states = Object.keys(STATES) as ContactState[];
const inState = (test: TestEngine, state: ContactState) => STATES[state]?.(test) as Promise<string>;

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

/** In which states each operation is possible (facts, section 3.2). */
const ALLOWED: Readonly<Record<OperationName, readonly ContactState[]>> = {
  updateContactAttributes: states,
  updateContact: states,
  updateContactSchedule: ['SCHEDULED'],
  stopContact: states,
  transferContact: ['INITIATED', 'PAUSED'],
  pauseContact: ['INITIATED'],
  resumeContact: ['PAUSED'],
  tagContact: states,
  untagContact: states,
};

describe('Every operation', () => {
  it.each(operations)(
    '%s tells an unknown instance, an unknown contact, a foreign ARN and an empty id apart',
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

  it.each(operations.filter((name) => !['updateContactSchedule', 'resumeContact'].includes(name)))(
    '%s takes a contact by its ARN',
    async (name) => {
      await using test = await openTestEngine();
      const id = await test.start();
      await run(test, name, about(`${SAMPLE.instanceArn}/contact/${id}`));
    },
  );

  it.each(states.flatMap((state) => operations.map((name) => [name, state, ALLOWED[name].includes(state)] as const)))(
    '%s of a task that is %s: %s',
    async (name, state, allowed) => {
      await using test = await openTestEngine();
      const id = await inState(test, state);
      expect(await test.contact(id)).toMatchObject({ state });
      if (allowed) {
        await run(test, name, about(id));
        return;
      }
      const fault = await refusal(run(test, name, about(id)));
      const apiName = ['pauseContact', 'resumeContact'].includes(name)
        ? 'ConflictException'
        : 'InvalidRequestException';
      expect(fault).toMatchObject({ code: 'IllegalState', apiName, state });
      expect(fault.message).toContain(state);
      expect(await test.contact(id)).toMatchObject({ state });
    },
  );
});

describe('UpdateContactAttributes', () => {
  it('merges into the set of the whole chain, through any member, after its end too', async () => {
    await using test = await openTestEngine();
    const root = await test.start({ attributes: [{ key: 'a', value: '1' }] });
    const next = await test.start({ previousContactId: root, attributes: [{ key: 'b', value: '1' }] });
    const copy = await test.start({ relatedContactId: root });
    await test.engine.stopContact(about(root));
    const attributes = [
      { key: 'b', value: '' },
      { key: 'c', value: '3' },
    ];
    await test.engine.updateContactAttributes({ ...about(root), attributes });
    const all = { a: '1', b: '', c: '3' };
    expect([await test.attributes(root), await test.attributes(next)]).toEqual([all, all]);
    expect(await test.attributes(copy)).toEqual({ a: '1', b: '1' });
  });

  it('holds the whole set to 32,768 bytes, also of callers who come at once', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ attributes: [{ key: 'a', value: 'x'.repeat(32_000) }] });
    const update = (key: string) =>
      test.engine.updateContactAttributes({ ...about(id), attributes: [{ key, value: 'x'.repeat(766) }] });
    const outcomes = await Promise.allSettled([update('bb'), update('cc')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await test.engine.updateContactAttributes({ ...about(id), attributes: [{ key: 'b', value: 'x'.repeat(766) }] });
    expect(test.count('select max(attributeBytes) from chain')).toBe(32_768);
    expect(await refusal(update('d'))).toMatchObject({
      code: 'InvalidParameterException',
      violations: [{ rule: 'api/attributes-bytes', path: ['attributes'] }],
    });
  });
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

  it('reports a request without a change as InvalidRequestException', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    expect(await refusal(test.engine.updateContact(about(id)))).toMatchObject({
      code: 'InvalidRequestException',
      violations: [{ rule: 'api/something-to-update', path: [] }],
    });
  });

  it('judges each member by the rules of creation, all at once', async () => {
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
      violations: [{ path: ['name'] }, { path: ['references', 0, 'type'] }, { path: ['expiryMinutes'] }],
    });
  });
});

describe('UpdateContactSchedule', () => {
  it('moves the start, and the end with it', async () => {
    await using test = await openTestEngine();
    const { now } = test.clock;
    const id = await test.start({ scheduledTime: new Date(now + HOUR), expiryMinutes: 30 });
    const scheduledTime = new Date(now + 2 * HOUR);
    await test.engine.updateContactSchedule({ ...about(id), scheduledTime });
    const expiresAt = new Date(now + 2 * HOUR + 30 * MINUTE);
    expect(await test.contact(id)).toMatchObject({ scheduledTime, expiresAt, state: 'SCHEDULED' });
    test.clock.now = scheduledTime.getTime();
    expect(await test.contact(id)).toMatchObject({ state: 'INITIATED' });
    test.clock.now = expiresAt.getTime();
    expect(await test.contact(id)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'EXPIRED' });
  });

  it.each([
    ['a second ago', -SECOND, 'api/scheduled-time-not-past'],
    ['more than 6 days ahead', 6 * DAY + SECOND, 'api/scheduled-time-ahead'],
  ])('refuses a time %s', async (_what, ahead, rule) => {
    await using test = await openTestEngine();
    const id = await inState(test, 'SCHEDULED');
    const request = { ...about(id), scheduledTime: new Date(test.clock.now + ahead) };
    expect(await refusal(test.engine.updateContactSchedule(request))).toMatchObject({
      code: 'InvalidRequestException',
      violations: [{ rule, path: ['scheduledTime'] }],
    });
  });

  it('accepts as many days ahead as the quota of the engine states', async () => {
    await using test = await openTestEngine({ quotas: { scheduleAheadDays: 90 } });
    const id = await inState(test, 'SCHEDULED');
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
    const id = await inState(test, 'SCHEDULED');
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
  it('ends a contact with reason API, and leaves one that has ended as it is', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    test.clock.now += SECOND;
    await test.engine.stopContact(about(id));
    const stopped = await test.contact(id);
    expect(stopped).toMatchObject({ state: 'COMPLETED', disconnectReason: 'API', endedAt: new Date(test.clock.now) });
    test.clock.now += SECOND;
    await test.engine.stopContact(about(id));
    expect(await test.contact(id)).toEqual(stopped);
  });

  it('frees the task’s place in the quota, once', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 1 } });
    const id = await test.start();
    expect(await refusal(test.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
    await Promise.all([test.engine.stopContact(about(id)), test.engine.stopContact(about(id))]);
    await test.start();
    expect(await refusal(test.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
    expect(test.count('select openTasks from instance')).toBe(1);
  });

  it('has no effect in the same batch as the creation', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    await Promise.all([test.start(), test.engine.stopContact(about(id)), test.start({ previousContactId: id })]);
    expect(test.count('select openTasks from instance')).toBe(2);
  });
});

describe('PauseContact and ResumeContact', () => {
  it('pause and resume, up to 10 times, also within one instant', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    for (let pause = 1; pause <= 10; pause++) {
      await test.engine.pauseContact(about(id));
      expect(await test.contact(id)).toMatchObject({ state: 'PAUSED', pauses: pause });
      await test.engine.resumeContact(about(id));
      expect(await test.contact(id)).toMatchObject({ state: 'INITIATED' });
    }
    expect(await refusal(test.engine.pauseContact(about(id)))).toMatchObject({ quota: 'PAUSES', limit: 10 });
  });

  it('lets the expiry go on', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ expiryMinutes: 1 });
    await test.engine.pauseContact(about(id));
    test.clock.now += MINUTE;
    expect(await test.contact(id)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'EXPIRED' });
    expect(await refusal(test.engine.resumeContact(about(id)))).toMatchObject({ code: 'IllegalState' });
  });

  it('takes a flow that exists', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    await test.engine.pauseContact({ ...about(id), contactFlowId: SAMPLE.contactFlow });
    const unknown = { ...about(id), contactFlowId: UNKNOWN_ID };
    expect(await refusal(test.engine.resumeContact(unknown))).toMatchObject({ resource: 'CONTACT_FLOW' });
  });

  it('is for tasks only', async () => {
    await using test = await openTestEngine({ content: contactOf('CHAT', 'chat') });
    expect(await refusal(test.engine.pauseContact(about('chat')))).toMatchObject({ code: 'IllegalState' });
  });
});

describe('TransferContact', () => {
  const transfer = (contactId: string, members: object = {}) => ({
    ...about(contactId),
    contactFlowId: SAMPLE.contactFlow,
    ...members,
  });

  it('ends the task here, and carries it on in the same chain with the same end time', async () => {
    await using test = await openTestEngine();
    const id = await test.start({
      name: 'task',
      description: 'd',
      attributes: [{ key: 'a', value: '1' }],
      expiryMinutes: 60,
    });
    const before = await test.contact(id);
    test.clock.now += SECOND;
    const { contactId, contactArn, replayed } = await test.engine.transferContact(transfer(id, { queueId: QUEUE }));
    expect(replayed).toBe(false);
    expect(contactArn).toBe(`${SAMPLE.instanceArn}/contact/${contactId}`);
    expect(await test.contact(id)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'OTHER' });
    expect(await test.contact(contactId)).toMatchObject({
      initiationMethod: 'TRANSFER',
      previousContactId: id,
      initialContactId: id,
      name: 'task',
      description: 'd',
      expiresAt: before.expiresAt,
      initiatedAt: new Date(test.clock.now),
      queue: { id: QUEUE },
      state: 'INITIATED',
    });
    expect(await test.attributes(contactId)).toEqual({ a: '1' });
    expect(test.count('select openTasks from instance')).toBe(1);
  });

  it('does not count against the 12 tasks of the chain, and is possible 11 times', async () => {
    await using test = await openTestEngine({ quotas: { chainTasks: 1 } });
    let id = await test.start();
    for (let count = 1; count <= 11; count++) id = (await test.engine.transferContact(transfer(id))).contactId;
    expect(await refusal(test.engine.transferContact(transfer(id)))).toMatchObject({ quota: 'TRANSFERS', limit: 11 });
    await test.start({ previousContactId: id });
    expect((await test.chain(id)).members).toHaveLength(13);
  });

  it.each([
    ['an unknown flow', { contactFlowId: UNKNOWN_ID }, { resource: 'CONTACT_FLOW' }],
    ['an unknown queue', { queueId: UNKNOWN_ID }, { resource: 'QUEUE' }],
    ['an unknown user', { userId: UNKNOWN_ID }, { resource: 'USER' }],
    [
      'a flow of a type that starts no task',
      { contactFlowId: '20000000-0000-4000-8000-000000000006' },
      { code: 'InvalidRequestException' },
    ],
    [
      'a queue and a user',
      { queueId: QUEUE, userId: AGENT },
      { code: 'InvalidRequestException', violations: [{ rule: 'api/only-one-transfer-target' }] },
    ],
  ])('refuses %s', async (_what, members, fault) => {
    await using test = await openTestEngine();
    const id = await test.start();
    expect(await refusal(test.engine.transferContact(transfer(id, members)))).toMatchObject(fault);
    expect(await test.contact(id)).toMatchObject({ state: 'INITIATED' });
  });

  it('is repeated by its client token, whose scope is its own, and conflicts with another request', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ clientToken: 'token' });
    const first = await test.engine.transferContact(transfer(id, { clientToken: 'token', userId: AGENT }));
    const again = await test.engine.transferContact(transfer(id, { clientToken: 'token', userId: AGENT }));
    expect(again).toEqual({ ...first, replayed: true });
    const other = transfer(id, { clientToken: 'token', queueId: QUEUE });
    expect(await refusal(test.engine.transferContact(other))).toMatchObject({ code: 'IdempotencyException' });
  });

  it('happens once for 32 callers at once', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 32 }, () => test.engine.transferContact(transfer(id))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(test.count('select openTasks from instance')).toBe(1);
  });
});
