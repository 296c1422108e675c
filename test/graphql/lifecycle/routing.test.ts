import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOW, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';

const { contactFlow, queue, user, taskTemplate } = SAMPLE;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

/** Creates a task; returns its id. */
async function create(): Promise<string> {
  const { data } = await gateway.ask(
    `mutation { createTaskContact(input: { name: "task", flow: { contactFlowId: "${contactFlow}" } }) { contact { id } } }`,
  );
  return (data as { createTaskContact: { contact: { id: string } } }).createTaskContact.contact.id;
}

/** Creates a task that waits in a queue. */
async function waiting(): Promise<string> {
  const id = await create();
  gateway.write('update contact set queueId = ?, enqueuedAt = ? where id = ?', queue, NOW, id);
  return id;
}

const SELECTION = `contact { id state allowedActions agent { id username } queuePriority queueTimeAdjustmentSeconds }
  errors { code path message
    ... on ConnectInvalidInputError { rule expected actual }
    ... on ConnectNotFoundError { resource }
    ... on ConnectIllegalStateError { state allowedActions } }`;

/** Runs a mutation; returns its payload. */
async function run(name: string, input: object): Promise<unknown> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await gateway.ask(
    `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${SELECTION} } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data?.payload;
}

describe('assignTaskContact', () => {
  it('gives a waiting task to one agent', async () => {
    const contactId = await waiting();
    expect(await run('assignTaskContact', { contactId, userId: user })).toMatchObject({
      contact: { id: contactId, state: 'CONNECTED', agent: { id: user, username: 'sample.agent' } },
      errors: [],
    });
  });

  it('reports the state of a task that does not wait, and what it allows', async () => {
    const contactId = await create();
    expect(await run('assignTaskContact', { contactId, userId: user })).toMatchObject({
      contact: null,
      errors: [
        { code: 'ILLEGAL_STATE', state: 'INITIATED', allowedActions: ['UPDATE', 'PAUSE', 'TRANSFER', 'STOP', 'ROUTE'] },
      ],
    });
  });

  it.each([
    ['an unknown agent', { userId: UNKNOWN_ID }, { code: 'NOT_FOUND', resource: 'USER', path: ['input', 'userId'] }],
    [
      'an empty agent',
      { userId: '' },
      {
        code: 'INVALID_INPUT',
        rule: 'api/user-id-length',
        path: ['input', 'userId'],
        expected: '1 to 256 characters',
        actual: '0 characters',
      },
    ],
  ])('refuses %s, and changes nothing', async (_what, members, error) => {
    const contactId = await waiting();
    const before = gateway.rows('select * from contact where id = ?', contactId);
    expect(await run('assignTaskContact', { contactId, ...members })).toMatchObject({ contact: null, errors: [error] });
    expect(gateway.rows('select * from contact where id = ?', contactId)).toEqual(before);
  });
});

describe('updateTaskContactRouting', () => {
  it('sets the priority, or the time that counts in the queue', async () => {
    const contactId = await waiting();
    expect(await run('updateTaskContactRouting', { contactId, routing: { queuePriority: '1' } })).toMatchObject({
      contact: {
        queuePriority: '1',
        queueTimeAdjustmentSeconds: null,
        allowedActions: expect.arrayContaining(['ROUTE', 'ASSIGN']),
      },
      errors: [],
    });
    expect(
      await run('updateTaskContactRouting', { contactId, routing: { queueTimeAdjustmentSeconds: -600 } }),
    ).toMatchObject({ contact: { queuePriority: '1', queueTimeAdjustmentSeconds: -600 }, errors: [] });
  });

  it.each(['0', '9223372036854775808', 'high'])('refuses priority %s, and changes nothing', async (queuePriority) => {
    const contactId = await waiting();
    const before = gateway.rows('select * from contact where id = ?', contactId);
    expect(await run('updateTaskContactRouting', { contactId, routing: { queuePriority } })).toMatchObject({
      contact: null,
      errors: [
        {
          code: 'INVALID_INPUT',
          rule: 'api/queue-priority-range',
          path: ['input', 'routing', 'queuePriority'],
          expected: 'a whole number from 1 to 9223372036854775807, in decimal digits',
          actual: JSON.stringify(queuePriority),
        },
      ],
    });
    expect(gateway.rows('select * from contact where id = ?', contactId)).toEqual(before);
  });

  it('reports a routing of none or two members as an error of the request', async () => {
    for (const routing of [{}, { queuePriority: '1', queueTimeAdjustmentSeconds: 1 }, { queuePriority: null }]) {
      const { errors } = await gateway.ask(
        'mutation ($input: UpdateTaskContactRoutingInput!) { updateTaskContactRouting(input: $input) { contact { id } } }',
        { input: { contactId: 'x', routing } },
      );
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('reports the state of a task that has ended', async () => {
    const contactId = await create();
    await gateway.ask(`mutation { stopTaskContact(input: { contactId: "${contactId}" }) { errors { code } } }`);
    expect(await run('updateTaskContactRouting', { contactId, routing: { queuePriority: '1' } })).toMatchObject({
      contact: null,
      errors: [{ code: 'ILLEGAL_STATE', state: 'COMPLETED', allowedActions: ['UPDATE'] }],
    });
  });
});

describe('changeTaskContactTemplate', () => {
  it('reports a template whose required field the task lacks, by the field, and changes nothing', async () => {
    const contactId = await create();
    const before = gateway.rows('select * from contact where id = ?', contactId);
    const { data } = await gateway.ask(
      `mutation ($input: ChangeTaskContactTemplateInput!) { changeTaskContactTemplate(input: $input) {
        contact { id } errors { code path ... on ConnectInvalidInputError { rule templateField expected actual } }
      } }`,
      { input: { contactId, taskTemplateId: taskTemplate.withRequiredFields } },
    );
    expect(data?.changeTaskContactTemplate).toEqual({
      contact: null,
      errors: [
        {
          code: 'INVALID_INPUT',
          path: ['input', 'taskTemplateId'],
          rule: 'engine/template-required-field',
          templateField: 'Customer',
          expected: expect.any(String),
          actual: 'none for the field "Customer"',
        },
      ],
    });
    expect(gateway.rows('select * from contact where id = ?', contactId)).toEqual(before);
  });

  it.each([
    [
      'an unknown template',
      UNKNOWN_ID,
      { code: 'NOT_FOUND', resource: 'TASK_TEMPLATE', path: ['input', 'taskTemplateId'] },
    ],
    [
      'a template without an id',
      '',
      {
        code: 'INVALID_INPUT',
        rule: 'api/task-template-id-length',
        path: ['input', 'taskTemplateId'],
        expected: '1 to 500 characters',
        actual: '0 characters',
      },
    ],
  ])('refuses %s', async (_what, taskTemplateId, error) => {
    const contactId = await create();
    expect(await run('changeTaskContactTemplate', { contactId, taskTemplateId })).toMatchObject({
      contact: null,
      errors: [error],
    });
  });
});
