import { describe, expect, it } from '@jest/globals';
import type { Connect } from '../../../src/connect/connect.js';
import { InternalServiceError } from '../../../src/connect/errors.js';
import type { TaskTemplate } from '../../../src/connect/task-template.js';
import { catalogCached } from '../../../src/policies/around-port/catalog-cache.js';
import { openTestAws } from '../../support/aws.js';
import { MINUTE, NOW, refusal, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { Gate } from '../../support/gate.js';
import { portWith } from '../../support/port.js';

const { instanceId, contactFlow, quickConnect, taskTemplate } = SAMPLE;

/** A port whose template changes at each read, or is what a test says. */
function changingTemplate() {
  const clock = { now: NOW };
  const state = {
    reads: 0,
    answer: undefined as TaskTemplate | null | Error | undefined,
    gate: undefined as Gate | undefined,
  };
  const signals: (AbortSignal | undefined)[] = [];
  const read = new Map<number, Gate>();
  const port = portWith({} as Connect, {
    async getTaskTemplates({ taskTemplateIds }, options) {
      const nth = ++state.reads;
      signals.push(options?.signal);
      const { answer, gate } = state;
      await Promise.race([
        gate?.opened,
        new Promise((_, reject) => options?.signal?.addEventListener('abort', reject, { once: true })),
      ]);
      read.get(nth)?.open();
      return taskTemplateIds.map((id) =>
        answer === undefined ? ({ instanceId, id, name: `v${nth}` } as TaskTemplate) : answer,
      ) as TaskTemplate[];
    },
    async close() {},
  });
  const cache = catalogCached(port, { ttlMs: MINUTE, now: () => clock.now });
  return {
    ...cache,
    clock,
    state,
    signals,
    async named() {
      const [answer] = await cache.connect.getTaskTemplates({ instanceId, taskTemplateIds: ['t'] });
      if (answer instanceof Error) throw answer;
      return answer?.name;
    },
    /** Resolves when the nth read was answered, and its answer taken in. */
    async answered(nth: number) {
      const gate = new Gate();
      read.set(nth, gate);
      await gate.opened;
      await new Promise(setImmediate);
    },
  };
}

describe('The catalogue', () => {
  it('is read once a minute for all callers', async () => {
    await using aws = await openTestAws();
    const clock = { now: NOW };
    const { connect } = catalogCached(aws.connect, { ttlMs: MINUTE, now: () => clock.now });
    const readAll = () =>
      Promise.all([
        connect.listContactFlows({ instanceId, maxResults: 25 }),
        connect.listQueues({ instanceId, maxResults: 25 }),
        connect.listUsers({ instanceId, maxResults: 25 }),
        connect.describeQueues({ instanceId, queueIds: [SAMPLE.queue, SAMPLE.otherQueue] }),
        connect.describeUsers({ instanceId, userIds: [SAMPLE.user] }),
        connect.listQuickConnects({ instanceId, maxResults: 25 }),
        connect.listTaskTemplates({ instanceId, maxResults: 25 }),
        connect.describeContactFlows({ instanceId, contactFlowIds: [contactFlow] }),
        connect.describeQuickConnects({ instanceId, quickConnectIds: [quickConnect.queue, quickConnect.user] }),
        connect.getTaskTemplates({ instanceId, taskTemplateIds: [taskTemplate.withFlow] }),
      ]);
    const [first, ...others] = await Promise.all([readAll(), readAll(), readAll()]);
    expect(others).toEqual([first, first]);
    clock.now += MINUTE - 1;
    expect(await readAll()).toEqual(first);
    expect(aws.calls()).toHaveLength(12);
    await connect.listContactFlows({ instanceId, maxResults: 10 });
    await connect.getTaskTemplates({ instanceId, taskTemplateIds: [UNKNOWN_ID] });
    await connect.getTaskTemplates({ instanceId, taskTemplateIds: [UNKNOWN_ID] });
    expect(aws.calls()).toEqual(['ListContactFlows', 'GetTaskTemplate', 'GetTaskTemplate']);
  });

  it('is reported as it was after a minute, while it is read again once in the background', async () => {
    const { clock, state, named, answered } = changingTemplate();
    expect(await named()).toBe('v1');
    clock.now += MINUTE;
    state.gate = new Gate();
    expect(await Promise.all([named(), named()])).toEqual(['v1', 'v1']);
    const second = answered(2);
    state.gate.open();
    await second;
    expect(await named()).toBe('v2');
    expect(state.reads).toBe(2);
  });

  it('is waited for if no caller asked for 5 minutes', async () => {
    const { clock, named } = changingTemplate();
    await named();
    clock.now += 5 * MINUTE;
    expect(await named()).toBe('v2');
  });

  it('stays as it was while it cannot be read, until its time is over', async () => {
    const { clock, state, named } = changingTemplate();
    await named();
    state.answer = new InternalServiceError();
    for (let minute = 1; minute < 5; minute++) {
      clock.now += MINUTE;
      expect(await named()).toBe('v1');
      await new Promise(setImmediate);
    }
    expect(state.reads).toBe(5);
    clock.now += MINUTE;
    expect(await refusal(named())).toMatchObject({ code: 'InternalServiceException' });
  });

  it('forgets what is gone', async () => {
    const { clock, state, named } = changingTemplate();
    await named();
    state.answer = null;
    clock.now += MINUTE;
    expect(await named()).toBe('v1');
    await new Promise(setImmediate);
    expect(await named()).toBeUndefined();
  });

  it('is read again for a caller that needs a newer one, and then serves all callers', async () => {
    const cache = changingTemplate();
    const newer = async () => (await cache.template(instanceId, 't', {}, 2_000))?.name;
    await cache.named();
    cache.clock.now += 2_000;
    expect(await newer()).toBe('v1');
    cache.clock.now += 1;
    expect(await Promise.all([newer(), newer()])).toEqual(['v2', 'v2']);
    expect(await cache.named()).toBe('v2');
  });

  it('reports a template that was made here at once', async () => {
    await using aws = await openTestAws();
    const { connect } = catalogCached(aws.connect, { ttlMs: MINUTE, now: () => NOW });
    const list = async () => (await connect.listTaskTemplates({ instanceId })).items.map(({ name }) => name);
    expect(await list()).not.toContain('New');
    const fields = [{ name: 'Title', type: 'NAME', required: true, readOnly: false, invisible: false }] as const;
    await connect.createTaskTemplate({ instanceId, name: 'New', contactFlowId: contactFlow, fields });
    expect(await list()).toContain('New');
  });

  it('stops reading when the gateway closes', async () => {
    const { connect, clock, state, signals, named } = changingTemplate();
    await named();
    clock.now += MINUTE;
    state.gate = new Gate();
    await named();
    await new Promise(setImmediate);
    await connect.close();
    expect(signals[1]?.aborted).toBe(true);
  });
});
