import { describe, expect, it } from '@jest/globals';
import type { StartTaskContactRequest } from '../../../src/connect/start-task-contact.js';
import { openTestEngine, refusal, SAMPLE } from '../../support/engine.js';
import {
  contactFlow,
  field,
  OTHER_INSTANCE,
  otherInstance,
  quickConnect,
  taskTemplate,
} from '../../support/resources.js';

const flow = (last: number) => `20000000-0000-4000-8000-00000000000${last}`;
const { quickConnect: quickConnects, taskTemplate: templates } = SAMPLE;
const NAME = field('Name', 'NAME', { required: true });

const CONTENT = {
  instances: [otherInstance()],
  contactFlows: [contactFlow('elsewhere', { instanceId: OTHER_INSTANCE.id })],
  quickConnects: [
    quickConnect('to-flow', { type: 'FLOW', contactFlowId: flow(1) }),
    quickConnect('to-archived-flow', { contactFlowId: flow(4) }),
    quickConnect('to-lost-flow', { contactFlowId: 'gone' }),
  ],
  taskTemplates: [
    taskTemplate('with-unpublished-flow', [NAME], flow(5)),
    taskTemplate('with-lost-flow', [NAME], 'gone'),
  ],
};

describe('StartTaskContact runs', () => {
  it.each<[string, Partial<StartTaskContactRequest>, Record<string, string | null>]>([
    ['a flow by ContactFlowId', { contactFlowId: flow(1) }, { contactFlowId: flow(1) }],
    ['a queue transfer flow by ContactFlowId', { contactFlowId: flow(2) }, { contactFlowId: flow(2) }],
    ['an agent transfer flow by ContactFlowId', { contactFlowId: flow(3) }, { contactFlowId: flow(3) }],
    [
      'the flow that is defined on a queue quick connect',
      { quickConnectId: quickConnects.queue },
      { contactFlowId: flow(2), quickConnectId: quickConnects.queue },
    ],
    [
      'the flow that is defined on an agent quick connect',
      { quickConnectId: quickConnects.user },
      { contactFlowId: flow(3), quickConnectId: quickConnects.user },
    ],
    [
      'the flow of a flow quick connect',
      { quickConnectId: 'to-flow' },
      { contactFlowId: flow(1), quickConnectId: 'to-flow' },
    ],
    [
      'the flow that a task template has configured to run it',
      { taskTemplateId: templates.withFlow },
      { contactFlowId: flow(1), taskTemplateId: templates.withFlow },
    ],
  ])('%s', async (_what, members, ran) => {
    await using test = await openTestEngine({ content: CONTENT });
    const id = await test.start(members);
    expect(test.rows('select contactFlowId, quickConnectId, taskTemplateId from contact where id = ?', id)).toEqual([
      { contactFlowId: null, quickConnectId: null, taskTemplateId: null, ...ran },
    ]);
  });
});

describe('StartTaskContact refuses', () => {
  it.each<[string, Partial<StartTaskContactRequest>, object]>([
    [
      'a flow of another instance',
      { contactFlowId: 'elsewhere' },
      notFound('CONTACT_FLOW', 'elsewhere', 'contactFlowId'),
    ],
    [
      'a quick connect whose flow is archived',
      { quickConnectId: 'to-archived-flow' },
      invalid('engine/flow-starts-tasks', 'quickConnectId', 'a flow of type CONTACT_FLOW, ARCHIVED, PUBLISHED'),
    ],
    [
      'a quick connect whose flow is gone',
      { quickConnectId: 'to-lost-flow' },
      notFound('CONTACT_FLOW', 'gone', 'quickConnectId'),
    ],
    [
      'a task template whose flow was never published',
      { taskTemplateId: 'with-unpublished-flow' },
      invalid('engine/flow-starts-tasks', 'taskTemplateId', 'a flow of type CONTACT_FLOW, ACTIVE, SAVED'),
    ],
    [
      'a task template whose flow is gone',
      { taskTemplateId: 'with-lost-flow' },
      notFound('CONTACT_FLOW', 'gone', 'taskTemplateId'),
    ],
  ])('%s', async (_what, members, expected) => {
    await using test = await openTestEngine({ content: CONTENT });
    const error = await refusal(test.start(members));
    expect(error).toMatchObject(expected);
    expect(error.message).toContain(Object.keys(members)[0]);
    expect(test.count('select count(*) from contact where channel = ?', 'TASK')).toBe(0);
  });
});

function notFound(resource: string, id: string, member: string) {
  return { code: 'ResourceNotFoundException', resource, id, member };
}

function invalid(rule: string, member: string, actual: string) {
  return { code: 'InvalidRequestException', violations: [{ rule, path: [member], actual }] };
}

describe('A task that its creator takes', () => {
  const createdByUserId = '70000000-0000-4000-8000-000000000001';

  it('is refused by a template without a flow for such tasks, whatever other flow it has', async () => {
    await using test = await openTestEngine({ content: CONTENT });
    const taskTemplateId = templates.withFlow;
    const start = test.start({ taskTemplateId, createdByUserId, assignmentType: 'SELF' });
    expect(await refusal(start)).toMatchObject({
      code: 'InvalidRequestException',
      violations: [
        {
          rule: 'engine/task-template-has-self-assign-flow',
          path: ['taskTemplateId'],
          actual: 'a template without one',
        },
      ],
    });
  });
});
