import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { PortCalls } from '../../support/port.js';

const { contactFlow, user, taskTemplate } = SAMPLE;

const SELECTION = `contact { id segmentAttributes { key value } createdBy { id username } assignmentType expiresAt initiatedAt }
  errors { code path ... on ConnectInvalidInputError { rule expected actual } ... on ConnectNotFoundError { resource id } }`;

interface Payload {
  readonly contact: { readonly id: string; readonly expiresAt: string; readonly initiatedAt: string } | null;
  readonly errors: readonly object[];
}

const calls = new PortCalls();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ wrap: calls.wrap });
});
afterAll(() => gateway.close());

async function run(field: string, type: string, input: object, selection = SELECTION): Promise<Payload> {
  const { data, errors } = await gateway.ask(
    `mutation ($input: ${type}!) { payload: ${field}(input: $input) { ${selection} } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return (data as { payload: Payload }).payload;
}

const create = (members: object, selection?: string) =>
  run(
    'createTaskContact',
    'CreateTaskContactInput',
    { name: 'task', flow: { contactFlowId: contactFlow }, ...members },
    selection,
  );
const update = (members: object) => run('updateTaskContact', 'UpdateTaskContactInput', members);
const contacts = () => gateway.rows('select * from contact order by id');

describe('What a new task has for itself', () => {
  it('is its segment attributes and its creator, served from the request', async () => {
    calls.take();
    const stated = `contact { id segmentAttributes { key value } createdBy { id } assignmentType } errors { code }`;
    const segmentAttributes = [
      { key: 'source', value: 'web' },
      { key: 'region', value: 'eu' },
    ];
    expect(await create({ segmentAttributes, createdByUserId: user }, stated)).toEqual({
      contact: {
        id: expect.any(String),
        segmentAttributes: segmentAttributes.toReversed(),
        createdBy: { id: user },
        assignmentType: null,
      },
      errors: [],
    });
    expect(calls.take()).toHaveLength(1);
  });

  it('is null where the request states none', async () => {
    expect((await create({})).contact).toMatchObject({
      segmentAttributes: null,
      createdBy: null,
      assignmentType: null,
    });
  });

  it.each<[string, object, object]>([
    [
      'a key of another alphabet',
      { segmentAttributes: [{ key: 'a:b', value: '' }] },
      {
        code: 'INVALID_INPUT',
        rule: 'api/segment-attribute-key-alphabet',
        path: ['input', 'segmentAttributes', '0', 'key'],
        expected: 'letters A to Z and a to z, digits, - and _',
        actual: '"a:b"',
      },
    ],
    [
      'a repeated key',
      {
        segmentAttributes: [
          { key: 'a', value: '' },
          { key: 'a', value: '' },
        ],
      },
      {
        code: 'INVALID_INPUT',
        rule: 'gateway/segment-attribute-key-unique',
        path: ['input', 'segmentAttributes', '1', 'key'],
        expected: 'each key once',
        actual: '"a" again',
      },
    ],
    [
      'a value that is too long',
      { segmentAttributes: [{ key: 'a', value: 'x'.repeat(1025) }] },
      {
        code: 'INVALID_INPUT',
        rule: 'api/segment-attribute-value-length',
        path: ['input', 'segmentAttributes', '0', 'value'],
        expected: '0 to 1024 characters',
        actual: '1025 characters',
      },
    ],
    [
      'a creator without an id',
      { createdByUserId: '' },
      {
        code: 'INVALID_INPUT',
        rule: 'api/user-id-length',
        path: ['input', 'createdByUserId'],
        expected: '1 to 256 characters',
        actual: '0 characters',
      },
    ],
    [
      'an unknown creator',
      { createdByUserId: UNKNOWN_ID },
      { code: 'NOT_FOUND', resource: 'USER', id: UNKNOWN_ID, path: ['input', 'createdByUserId'] },
    ],
    [
      'a self-assigned task without creator and template',
      { assignmentType: 'SELF' },
      {
        code: 'INVALID_INPUT',
        rule: 'api/self-assignment-complete',
        path: ['input'],
        expected: 'a creator and a task template beside an assignment type',
        actual: 'no creator and no task template',
      },
    ],
    [
      'a template without a flow for self-assigned tasks',
      { assignmentType: 'SELF', createdByUserId: user, flow: { taskTemplateId: taskTemplate.withFlow } },
      {
        code: 'INVALID_INPUT',
        rule: 'engine/task-template-has-self-assign-flow',
        path: ['input', 'flow', 'taskTemplateId'],
        actual: 'a template without one',
      },
    ],
  ])('is refused as %s, and nothing is stored', async (_what, members, error) => {
    const before = contacts();
    expect(await create(members)).toMatchObject({ contact: null, errors: [error] });
    expect(contacts()).toEqual(before);
  });
});

describe('updateTaskContact', () => {
  it('changes the expiry and the segment attributes of a task', async () => {
    const { contact } = await create({ segmentAttributes: [{ key: 'a', value: '1' }] });
    const changed = await update({
      contactId: contact?.id,
      expiryMinutes: 90,
      segmentAttributes: [{ key: 'b', value: '2' }],
    });
    expect(changed).toMatchObject({
      contact: {
        segmentAttributes: [
          { key: 'a', value: '1' },
          { key: 'b', value: '2' },
        ],
      },
      errors: [],
    });
    const { expiresAt = '', initiatedAt = '' } = changed.contact ?? {};
    expect(Date.parse(expiresAt) - Date.parse(initiatedAt)).toBe(90 * 60_000);
  });

  it.each<[string, object, object]>([
    [
      'an expiry of 0 minutes',
      { expiryMinutes: 0 },
      {
        rule: 'api/expiry-minutes-range',
        path: ['input', 'expiryMinutes'],
        expected: '1 to 129600 whole minutes',
        actual: '0 minutes',
      },
    ],
    [
      'a key that is too long',
      { segmentAttributes: [{ key: 'k'.repeat(129), value: '' }] },
      {
        rule: 'api/segment-attribute-key-length',
        path: ['input', 'segmentAttributes', '0', 'key'],
        expected: '1 to 128 characters',
        actual: '129 characters',
      },
    ],
    ['no member', {}, { rule: 'api/something-to-update', path: ['input'], actual: 'none of them' }],
  ])('refuses %s, and changes nothing', async (_what, members, error) => {
    const { contact } = await create({});
    const before = contacts();
    expect(await update({ contactId: contact?.id, ...members })).toMatchObject({
      contact: null,
      errors: [{ code: 'INVALID_INPUT', ...error }],
    });
    expect(contacts()).toEqual(before);
  });

  it('refuses another expiry for a task that has ended', async () => {
    const { contact } = await create({});
    await run('stopTaskContact', 'StopTaskContactInput', { contactId: contact?.id });
    const before = contacts();
    expect(await update({ contactId: contact?.id, expiryMinutes: 90 })).toMatchObject({
      contact: null,
      errors: [
        {
          code: 'INVALID_INPUT',
          rule: 'engine/expiry-ahead',
          path: ['input', 'expiryMinutes'],
          expected: 'an expiry in the future, of a task that has not ended',
          actual: 'a task that has ended',
        },
      ],
    });
    expect(contacts()).toEqual(before);
  });
});
