import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { PortCalls } from '../../support/port.js';

const FLOW = '20000000-0000-4000-8000-000000000001';
const QUEUE = '60000000-0000-4000-8000-000000000001';
const TEMPLATE = '40000000-0000-4000-8000-000000000001';
const AGENT = '70000000-0000-4000-8000-000000000001';
const INSTANCE_ARN = 'arn:aws:connect:us-east-1:111122223333:instance/10000000-0000-4000-8000-000000000001';
const ERRORS = `errors { __typename code message path
  ... on ConnectInvalidInputError { rule }
  ... on ConnectNotFoundError { resource id }
  ... on ConnectQuotaExceededError { quota }
  ... on ConnectIllegalStateError { state allowedActions } }`;

/** Each mutation of a contact, with what its input takes beside the contact's id. */
const MUTATIONS = {
  updateTaskContact: ['UpdateTaskContactInput', { name: 'other' }],
  rescheduleTaskContact: [
    'RescheduleTaskContactInput',
    { scheduledTime: new Date(Date.now() + 3_600_000).toISOString() },
  ],
  pauseTaskContact: ['PauseTaskContactInput', {}],
  resumeTaskContact: ['ResumeTaskContactInput', {}],
  transferTaskContact: ['TransferTaskContactInput', { contactFlowId: FLOW, target: { queueId: QUEUE } }],
  stopTaskContact: ['StopTaskContactInput', {}],
  assignTaskContact: ['AssignTaskContactInput', { userId: AGENT }],
  changeTaskContactTemplate: ['ChangeTaskContactTemplateInput', { taskTemplateId: TEMPLATE }],
  updateTaskContactRouting: ['UpdateTaskContactRoutingInput', { routing: { queuePriority: '1' } }],
  tagTaskContact: ['TagTaskContactInput', { tags: [{ key: 'k', value: 'v' }] }],
  untagTaskContact: ['UntagTaskContactInput', { keys: ['k'] }],
} as const;
type Name = keyof typeof MUTATIONS;
const names = Object.keys(MUTATIONS) as Name[];

const calls = new PortCalls();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ wrap: calls.wrap });
});
afterAll(() => gateway.close());

interface Payload {
  readonly contact: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly Readonly<Record<string, unknown>>[];
}

async function create(members = ''): Promise<string> {
  const { data } = await gateway.run<{ created: { contact: { id: string } } }, object>(
    parse(`mutation { created: createTaskContact(input: {
      name: "task", flow: { contactFlowId: "${FLOW}" } ${members}
    }) { contact { id } } }`),
    {},
  );
  return data?.created.contact.id ?? '';
}

async function run(name: Name, input: object, selection = 'id'): Promise<Payload> {
  const [type, members] = MUTATIONS[name];
  const { data, errors } = await gateway.run<{ payload: Payload }, object>(
    parse(`mutation ($input: ${type}!) { payload: ${name}(input: $input) { contact { ${selection} } ${ERRORS} } }`),
    { input: { ...members, ...input } },
  );
  expect(errors).toBeUndefined();
  return data?.payload as Payload;
}

describe('Each mutation of a contact', () => {
  it.each(names)('%s reports an unknown contact and an unserved instance, with paths', async (name) => {
    expect(await run(name, { contactId: 'unknown' })).toMatchObject({
      contact: null,
      errors: [{ code: 'NOT_FOUND', resource: 'CONTACT', id: 'unknown', path: ['input', 'contactId'] }],
    });
    calls.take();
    expect(await run(name, { contactId: 'x', instanceId: 'other' })).toMatchObject({
      contact: null,
      errors: [{ code: 'NOT_FOUND', resource: 'INSTANCE', path: ['input', 'instanceId'] }],
    });
    expect(calls.take()).toEqual([]);
  });

  it.each(names)('%s validates its input before any call', async (name) => {
    calls.take();
    expect(await run(name, { contactId: '' })).toMatchObject({
      contact: null,
      errors: [{ code: 'INVALID_INPUT', rule: 'api/contact-id-length', path: ['input', 'contactId'] }],
    });
    expect(calls.take()).toEqual([]);
  });

  it.each(names.filter((name) => !['rescheduleTaskContact', 'resumeTaskContact', 'assignTaskContact'].includes(name)))(
    '%s costs one call when only the contact’s key is selected',
    async (name) => {
      const contactId = await create();
      calls.take();
      const { contact, errors } = await run(name, { contactId });
      expect(errors).toEqual([]);
      expect(contact).toEqual({ id: name === 'transferTaskContact' ? expect.any(String) : contactId });
      expect(calls.take()).toHaveLength(1);
    },
  );

  it('reports a state that does not allow it, and what that state allows', async () => {
    const contactId = await create();
    await run('stopTaskContact', { contactId });
    for (const name of [
      'pauseTaskContact',
      'resumeTaskContact',
      'transferTaskContact',
      'rescheduleTaskContact',
      'assignTaskContact',
      'updateTaskContactRouting',
      'changeTaskContactTemplate',
    ] as const) {
      expect(await run(name, { contactId })).toMatchObject({
        contact: null,
        errors: [
          {
            __typename: 'ConnectIllegalStateError',
            code: 'ILLEGAL_STATE',
            state: 'COMPLETED',
            allowedActions: ['UPDATE'],
          },
        ],
      });
    }
  });
});

describe('The life of a task', () => {
  it('shows in the payloads, as it is afterwards', async () => {
    const state = 'state allowedActions';
    const scheduledTime = new Date(Date.now() + 60_000).toISOString();
    const contactId = await create(`, scheduledTime: "${scheduledTime}"`);
    const moved = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
    expect((await run('rescheduleTaskContact', { contactId, scheduledTime: moved }, state)).contact).toEqual({
      state: 'INITIATED',
      allowedActions: ['UPDATE', 'PAUSE', 'TRANSFER', 'STOP', 'ROUTE'],
    });
    expect((await run('pauseTaskContact', { contactId }, state)).contact).toMatchObject({ state: 'PAUSED' });
    expect((await run('resumeTaskContact', { contactId }, state)).contact).toMatchObject({ state: 'INITIATED' });
    expect(await run('updateTaskContact', { contactId, name: 'new', description: 'd' }, 'name description')).toEqual({
      contact: { name: 'new', description: 'd' },
      errors: [],
    });
    expect((await run('tagTaskContact', { contactId }, 'tags { key value }')).contact).toEqual({
      tags: [{ key: 'k', value: 'v' }],
    });
    expect((await run('untagTaskContact', { contactId }, 'tags { key }')).contact).toEqual({ tags: [] });
    const carriedOn = await run(
      'transferTaskContact',
      { contactId },
      'id name previousContact { id state } queue { id arn } enqueuedAt',
    );
    expect(carriedOn.contact).toMatchObject({
      name: 'new',
      previousContact: { id: contactId, state: 'COMPLETED' },
      queue: { id: QUEUE, arn: `${INSTANCE_ARN}/queue/${QUEUE}` },
      enqueuedAt: null,
    });
    expect(
      (await run('stopTaskContact', { contactId: carriedOn.contact?.id }, 'state disconnectReason')).contact,
    ).toEqual({
      state: 'COMPLETED',
      disconnectReason: 'API',
    });
  });

  it('updates the attributes of the whole chain through any of its contacts', async () => {
    const root = await create(', attributes: [{ key: "a", value: "1" }]');
    const next = await create(`, link: { previousContactId: "${root}" }`);
    const { data, errors } = await gateway.ask(
      `mutation ($input: UpdateConnectSharedAttributesInput!) { updateConnectSharedAttributes(input: $input) {
        chain { id sharedAttributes { key value } contacts { attributes { key } } } ${ERRORS} } }`,
      {
        input: {
          contactId: next,
          attributes: [
            { key: 'a', value: '2' },
            { key: 'b', value: '' },
          ],
        },
      },
    );
    expect(errors).toBeUndefined();
    const keys = [{ key: 'a' }, { key: 'b' }];
    expect(data).toEqual({
      updateConnectSharedAttributes: {
        chain: {
          id: root,
          sharedAttributes: [
            { key: 'a', value: '2' },
            { key: 'b', value: '' },
          ],
          contacts: [{ attributes: keys }, { attributes: keys }],
        },
        errors: [],
      },
    });
  });

  it('transfers by token once', async () => {
    const contactId = await create();
    const input = { contactId, contactFlowId: FLOW, target: { userId: AGENT }, clientToken: `transfer ${contactId}` };
    const ask = (given: object) =>
      gateway.ask(
        'mutation ($input: TransferTaskContactInput!) { transferTaskContact(input: $input) { contact { id } replayed errors { code path } } }',
        { input: given },
      );
    const first = await ask(input);
    const again = await ask(input);
    expect(first.data).toMatchObject({ transferTaskContact: { replayed: false, errors: [] } });
    expect(again.data).toMatchObject({
      transferTaskContact: {
        replayed: true,
        contact: (first.data as never as { transferTaskContact: { contact: object } }).transferTaskContact.contact,
      },
    });
    expect((await ask({ ...input, target: { queueId: QUEUE } })).data).toMatchObject({
      transferTaskContact: {
        contact: null,
        errors: [{ code: 'IDEMPOTENCY_CONFLICT', path: ['input', 'clientToken'] }],
      },
    });
  });
});

describe('What is wrong', () => {
  it('is reported at once, in its place', async () => {
    const contactId = await create();
    const { errors } = await run('updateTaskContact', {
      contactId,
      name: 'x'.repeat(513),
      references: [{ name: 'a', type: 'URL', value: 'nowhere' }],
    });
    expect(errors).toMatchObject([
      { rule: 'api/name-length', path: ['input', 'name'] },
      { rule: 'engine/reference-url', path: ['input', 'references', '0', 'value'] },
    ]);
    expect((await run('updateTaskContact', { contactId, name: null })).errors).toMatchObject([
      { rule: 'api/something-to-update', path: ['input'] },
    ]);
    expect((await run('tagTaskContact', { contactId, tags: [] })).errors).toMatchObject([
      { rule: 'api/tag-count', path: ['input', 'tags'] },
    ]);
    expect((await run('transferTaskContact', { contactId, target: { queueId: 'unknown' } })).errors).toMatchObject([
      { resource: 'QUEUE', path: ['input', 'target', 'queueId'] },
    ]);
    expect(
      (await run('rescheduleTaskContact', { contactId: '', scheduledTime: '2020-01-01T00:00:00Z' })).errors,
    ).toMatchObject([
      { rule: 'api/contact-id-length' },
      { rule: 'api/scheduled-time-not-past', path: ['input', 'scheduledTime'] },
    ]);
  });

  it('transfers to a queue, to an agent, or without a target where the flow leads', async () => {
    for (const target of [{ queueId: QUEUE }, { userId: AGENT }, null, undefined]) {
      const contactId = await create();
      const input = { contactId, contactFlowId: FLOW, ...(target !== undefined && { target }) };
      const { data } = await gateway.run<{ payload: Payload }, object>(
        parse(`mutation ($input: TransferTaskContactInput!) {
          payload: transferTaskContact(input: $input) { contact { previousContact { id } } ${ERRORS} }
        }`),
        { input },
      );
      expect(data?.payload).toMatchObject({ contact: { previousContact: { id: contactId } }, errors: [] });
    }
  });

  it('reports a target of none or two as an error of the request', async () => {
    for (const target of [{}, { queueId: QUEUE, userId: AGENT }, { queueId: null }]) {
      const { errors } = await gateway.ask(
        'mutation ($input: TransferTaskContactInput!) { transferTaskContact(input: $input) { contact { id } } }',
        { input: { contactId: 'x', contactFlowId: FLOW, target } },
      );
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});

describe('The quota of reschedules', () => {
  it('reports RESCHEDULES and its limit at the 21st new time of a task', async () => {
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const contactId = await create(`scheduledTime: "${inMinutes(60)}"`);
    for (let time = 1; time <= 20; time++) {
      const moved = await run('rescheduleTaskContact', { contactId, scheduledTime: inMinutes(60 + time) });
      expect(moved.errors).toEqual([]);
    }
    const { data } = await gateway.run<{ payload: Payload }, object>(
      parse(`mutation ($input: RescheduleTaskContactInput!) {
        payload: rescheduleTaskContact(input: $input) {
          contact { id }
          errors { code message ... on ConnectQuotaExceededError { quota limit } }
        }
      }`),
      { input: { contactId, scheduledTime: inMinutes(90) } },
    );
    expect(data?.payload).toEqual({
      contact: null,
      errors: [
        {
          code: 'QUOTA_EXCEEDED',
          quota: 'RESCHEDULES',
          limit: 20,
          message: expect.stringContaining('rescheduled the maximum number of times (20)'),
        },
      ],
    });
  });
});
