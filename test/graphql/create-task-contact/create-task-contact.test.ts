import { describe, expect, it } from '@jest/globals';
import type { CreateTaskContactInput } from '../../generated/operations.js';
import { createdId, createTask, taskInput } from '../../support/create-task-contact.js';
import { DAY, HOUR, MINUTE, NOW, SAMPLE, SECOND } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { PortCalls, tellingIdAlone } from '../../support/port.js';

const iso = (instant: number) => new Date(instant).toISOString();
const arnOf = (contactId: string) => `${SAMPLE.instanceArn}/contact/${contactId}`;

const OTHERS = 'state arn initiatedAt expiresAt updatedAt allowedActions';

describe('What the request states is served from it, without a read', () => {
  const STATED =
    'id instanceId name description channel initiationMethod scheduledTime references { name type value } previousContact { id } relatedContact { id }';
  const members = {
    description: 'About the order',
    references: [{ name: 'Order', type: 'NUMBER', value: '4711' }],
    scheduledTime: iso(NOW + HOUR),
  } satisfies Partial<CreateTaskContactInput>;
  const nothing = { previousContact: null, relatedContact: null };
  const voiceContact = { id: SAMPLE.voiceContact };

  it.each([
    ['no link', {}, nothing],
    [
      'a previous contact',
      { link: { previousContactId: SAMPLE.voiceContact } },
      { ...nothing, previousContact: voiceContact },
    ],
    [
      'a related contact',
      { link: { relatedContactId: SAMPLE.voiceContact } },
      { ...nothing, relatedContact: voiceContact },
    ],
  ] as const)('serves it with %s', async (_what, link, links) => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ now: () => NOW, wrap: calls.wrap });
    const { payload } = await createTask(gateway, { ...members, ...link }, STATED);
    expect(payload.contact).toEqual({
      id: expect.any(String),
      instanceId: SAMPLE.instanceId,
      name: 'Call back',
      description: 'About the order',
      channel: 'TASK',
      initiationMethod: 'API',
      scheduledTime: iso(NOW + HOUR),
      references: members.references,
      ...links,
    });
    expect(calls.takeMethods()).toEqual(['startTaskContact']);
  });

  it('serves omitted members as null or empty', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { payload } = await createTask(gateway, {}, STATED);
    expect(payload.contact).toMatchObject({ description: null, scheduledTime: null, references: [], ...nothing });
    expect(calls.takeMethods()).toEqual(['startTaskContact']);
  });

  it('any number of other fields costs one read where the service reports the new id alone', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: (connect) => calls.wrap(tellingIdAlone(connect)) });
    await createTask(gateway, {}, `${STATED} state`);
    expect(calls.takeMethods()).toEqual(['startTaskContact', 'describeContacts']);
    await createTask(gateway, {}, `${STATED} ${OTHERS}`);
    expect(calls.takeMethods()).toEqual(['startTaskContact', 'describeContacts']);
  });

  it('reads nothing if the engine returns the contact, which a query reports alike', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ now: () => NOW, wrap: calls.wrap });
    const { payload } = await createTask(gateway, members, `${STATED} ${OTHERS}`);
    expect(calls.takeMethods()).toEqual(['startTaskContact']);
    const query = `query ($id: ID!) { connectContact(id: $id) { ${STATED} ${OTHERS} } }`;
    const { data } = await gateway.ask(query, { id: payload.contact?.id });
    expect(data?.connectContact).toEqual(payload.contact);
  });

  it('serves the chain of an unlinked task', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { payload } = await createTask(gateway, {}, 'id chain { id linkedTaskLimit attributeBytesLimit }');
    expect(payload.contact?.chain).toEqual({
      id: payload.contact?.id,
      linkedTaskLimit: 12,
      attributeBytesLimit: 32_768,
    });
    expect(calls.takeMethods()).toEqual(['startTaskContact']);
  });
});

describe('What the request does not state for certain is read', () => {
  /** Gives the sample's template default values. */
  function fillTemplate(gateway: TestGateway): void {
    const field = { required: false, readOnly: false, invisible: false };
    const fields = [
      { ...field, name: 'Name', type: 'NAME', defaultValue: 'Name of the template' },
      { ...field, name: 'Description', type: 'DESCRIPTION', defaultValue: 'Description of the template' },
      { ...field, name: 'Source', type: 'TEXT', defaultValue: 'web' },
    ];
    gateway.write('update taskTemplate set fields = ? where id = ?', JSON.stringify(fields), TEMPLATE);
  }
  const TEMPLATE = SAMPLE.taskTemplate.withFlow;
  const flow = { taskTemplateId: TEMPLATE };
  const SELECTION = 'name description references { name value }';

  it('reads a name, a description and references that the template fills', async () => {
    await using gateway = await startTestGateway();
    fillTemplate(gateway);
    const { payload } = await createTask(gateway, { flow, name: '' }, SELECTION);
    expect(payload.contact).toEqual({
      name: 'Name of the template',
      description: 'Description of the template',
      references: [{ name: 'Source', value: 'web' }],
    });
  });

  it('serves a name and a description that the request states', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    fillTemplate(gateway);
    const given = { name: 'Given', description: 'Given too' };
    const { payload } = await createTask(gateway, { flow, ...given }, 'name description');
    expect(payload.contact).toEqual(given);
    expect(calls.takeMethods()).toEqual(['startTaskContact']);
  });

  it('reads a link that came as an ARN, because a contact reports ids', async () => {
    await using gateway = await startTestGateway();
    const selection = 'previousContact { id channel } relatedContact { id channel }';
    const voice = { id: SAMPLE.voiceContact, channel: 'VOICE' };
    const link = arnOf(SAMPLE.voiceContact);
    const joined = await createTask(gateway, { link: { previousContactId: link } }, selection);
    expect(joined.payload.contact).toEqual({ previousContact: voice, relatedContact: null });
    const copied = await createTask(gateway, { link: { relatedContactId: link } }, selection);
    expect(copied.payload.contact).toEqual({ previousContact: null, relatedContact: voice });
  });
});

describe('A client token', () => {
  const clientToken = 'order-4711';

  it('answers a repeat with the first contact, and says so', async () => {
    await using gateway = await startTestGateway();
    const first = (await createTask(gateway, { clientToken })).payload;
    const repeat = (await createTask(gateway, { clientToken })).payload;
    expect(first).toEqual({ contact: { id: expect.any(String) }, replayed: false, errors: [] });
    expect(repeat).toEqual({ contact: first.contact, replayed: true, errors: [] });
    expect(gateway.rows('select count(*) as tasks from contact where channel = ?', 'TASK')).toEqual([{ tasks: 1 }]);
  });

  it('answers a minute later too, when the scheduled time has passed', async () => {
    let now = NOW;
    await using gateway = await startTestGateway({ now: () => now });
    const members = { clientToken, scheduledTime: iso(NOW + 30 * SECOND) };
    const first = (await createTask(gateway, members, 'id state')).payload;
    expect(first).toMatchObject({ contact: { state: 'SCHEDULED' }, replayed: false });
    now += MINUTE;
    const repeat = (await createTask(gateway, members, 'id state scheduledTime')).payload;
    expect(repeat).toEqual({
      contact: { id: first.contact?.id, state: 'INITIATED', scheduledTime: members.scheduledTime },
      replayed: true,
      errors: [],
    });
  });

  it('is refused as late with a time that has passed and no first contact', async () => {
    await using gateway = await startTestGateway({ now: () => NOW });
    const { payload } = await createTask(gateway, { clientToken, scheduledTime: iso(NOW - SECOND) });
    expect(payload.errors).toMatchObject([
      { rule: 'api/scheduled-time-not-past', path: ['input', 'scheduledTime'], actual: iso(NOW - SECOND) },
    ]);
  });

  it('reports the contact as it is, where the repeat differs by what does not count', async () => {
    await using gateway = await startTestGateway({ now: () => Date.UTC(2026, 5, 1) });
    const at = (time: string) => createTask(gateway, { clientToken, scheduledTime: time }, 'scheduledTime');
    await at('2026-06-01T10:00:00.100Z');
    const { payload } = await at('2026-06-01T10:00:00.900Z');
    expect(payload).toMatchObject({ replayed: true, contact: { scheduledTime: '2026-06-01T10:00:00.100Z' } });
  });

  it('is a conflict with another input', async () => {
    await using gateway = await startTestGateway();
    await createdId(gateway, { clientToken });
    const { payload } = await createTask(gateway, { clientToken, name: 'Another task' });
    expect(payload).toEqual({
      contact: null,
      replayed: null,
      errors: [
        {
          __typename: 'ConnectConflictError',
          code: 'IDEMPOTENCY_CONFLICT',
          message: expect.stringContaining('used before'),
          path: ['input', 'clientToken'],
        },
      ],
    });
  });

  it('is case-sensitive', async () => {
    await using gateway = await startTestGateway();
    const ids = [await createdId(gateway, { clientToken: 'a' }), await createdId(gateway, { clientToken: 'A' })];
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    ['none', {}],
    ['null', { clientToken: null }],
    ['an empty one', { clientToken: '' }],
  ])('%s repeats nothing: two requests are two tasks', async (_what, members) => {
    await using gateway = await startTestGateway();
    expect(await createdId(gateway, members)).not.toBe(await createdId(gateway, members));
  });
});

describe('Null counts as absent', () => {
  it('holds for every optional member', async () => {
    await using gateway = await startTestGateway({ now: () => NOW });
    const nulls = {
      instanceId: null,
      description: null,
      attributes: null,
      references: null,
      link: null,
      scheduledTime: null,
      expiryMinutes: null,
      clientToken: null,
    };
    const { payload } = await createTask(
      gateway,
      nulls,
      'instanceId description scheduledTime expiresAt references { name } attributes { key } previousContact { id } relatedContact { id }',
    );
    expect(payload).toEqual({
      contact: {
        instanceId: SAMPLE.instanceId,
        description: null,
        scheduledTime: null,
        expiresAt: iso(NOW + 7 * DAY),
        references: [],
        attributes: [],
        previousContact: null,
        relatedContact: null,
      },
      replayed: false,
      errors: [],
    });
  });
});

describe('An id that names nothing', () => {
  const nowhere = 'nowhere';

  it.each([
    ['instanceId', { instanceId: nowhere }, ['input', 'instanceId'], 'INSTANCE'],
    ['contactFlowId', { flow: { contactFlowId: nowhere } }, ['input', 'flow', 'contactFlowId'], 'CONTACT_FLOW'],
    ['quickConnectId', { flow: { quickConnectId: nowhere } }, ['input', 'flow', 'quickConnectId'], 'QUICK_CONNECT'],
    ['taskTemplateId', { flow: { taskTemplateId: nowhere } }, ['input', 'flow', 'taskTemplateId'], 'TASK_TEMPLATE'],
    ['previousContactId', { link: { previousContactId: nowhere } }, ['input', 'link', 'previousContactId'], 'CONTACT'],
    ['relatedContactId', { link: { relatedContactId: nowhere } }, ['input', 'link', 'relatedContactId'], 'CONTACT'],
  ] as const)('%s is reported with its path and kind', async (_member, members, path, resource) => {
    await using gateway = await startTestGateway();
    const { payload } = await createTask(gateway, members);
    expect(payload).toEqual({
      contact: null,
      replayed: null,
      errors: [
        {
          __typename: 'ConnectNotFoundError',
          code: 'NOT_FOUND',
          message: expect.stringContaining('not found'),
          path,
          resource,
          id: nowhere,
        },
      ],
    });
  });

  it.each([
    ['a flow', { contactFlowId: nowhere }, [{ code: 'NOT_FOUND', path: ['input', 'flow', 'contactFlowId'] }]],
    [
      'the fields of a template',
      { taskTemplateId: SAMPLE.taskTemplate.withRequiredFields },
      [
        {
          code: 'INVALID_INPUT',
          path: ['input', 'references'],
          rule: 'engine/template-required-field',
          templateField: expect.any(String),
        },
      ],
    ],
  ])('is reported at once with %s, because neither depends on the other', async (_what, flow, first) => {
    await using gateway = await startTestGateway();
    const { data } = await gateway.ask(
      `mutation ($input: CreateTaskContactInput!) {
        createTaskContact(input: $input) {
          errors { code path ... on ConnectInvalidInputError { rule templateField } }
        }
      }`,
      { input: { ...taskInput(), flow, link: { previousContactId: nowhere } } },
    );
    expect((data as { createTaskContact: unknown }).createTaskContact).toEqual({
      errors: [...first, { code: 'NOT_FOUND', path: ['input', 'link', 'previousContactId'] }],
    });
  });

  it('costs no call for an instance that is not served', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    await createTask(gateway, { instanceId: nowhere });
    expect(calls.take()).toEqual([]);
  });
});

describe('Names that JavaScript uses itself are names like any other', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

  it('accepts them as attribute keys, reference names and client tokens', async () => {
    await using gateway = await startTestGateway();
    const attributes = names.map((key) => ({ key, value: 'v' }));
    const references = names.map((name) => ({ name, type: 'STRING' as const, value: 'v' }));
    const ids = new Set<string>();
    for (const clientToken of names) ids.add(await createdId(gateway, { attributes, references, clientToken }));
    expect(ids.size).toBe(names.length);
    const { data } = await gateway.ask(
      '{ connectContact(id: "%") { attributes { key value } references { name type value } } }'.replace(
        '%',
        [...ids][0] ?? '',
      ),
    );
    expect(data?.connectContact).toEqual({
      attributes: attributes.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      references,
    });
  });

  it.each(names)('finds no flow by the id %s', async (contactFlowId) => {
    await using gateway = await startTestGateway();
    const { payload } = await createTask(gateway, { flow: { contactFlowId } });
    expect(payload.errors).toMatchObject([{ code: 'NOT_FOUND', id: contactFlowId }]);
  });
});

describe('Several creations in one request', () => {
  it('run in order, and each reports what those before it have done', async () => {
    await using gateway = await startTestGateway();
    const first = await createdId(gateway);
    const fields = ['a', 'b', 'c'].map(
      (key) => `${key}: createTaskContact(input: {
        name: "${key}", flow: { contactFlowId: "${SAMPLE.contactFlow}" }, link: { previousContactId: "${first}" },
        attributes: [{ key: "${key}", value: "v" }]
      }) { contact { chain { linkedTaskCount sharedAttributes { key } } previousContact { attributes { key } } } }`,
    );
    const { data } = await gateway.ask(`mutation { ${fields.join('\n')} }`);
    const reported = (linkedTaskCount: number, ...keys: string[]) => {
      const attributes = keys.map((key) => ({ key }));
      return {
        contact: { chain: { linkedTaskCount, sharedAttributes: attributes }, previousContact: { attributes } },
      };
    };
    expect(data).toEqual({ a: reported(1, 'a'), b: reported(2, 'a', 'b'), c: reported(3, 'a', 'b', 'c') });
  });

  it('are each refused or done on their own', async () => {
    await using gateway = await startTestGateway();
    const { data } = await gateway.ask(
      `mutation ($good: CreateTaskContactInput!, $bad: CreateTaskContactInput!) {
        a: createTaskContact(input: $good) { contact { name } errors { code } }
        b: createTaskContact(input: $bad) { contact { name } errors { code } }
        c: createTaskContact(input: $good) { contact { name } errors { code } }
      }`,
      { good: taskInput(), bad: taskInput({ expiryMinutes: 0 }) },
    );
    const done = { contact: { name: 'Call back' }, errors: [] };
    expect(data).toEqual({ a: done, b: { contact: null, errors: [{ code: 'INVALID_INPUT' }] }, c: done });
  });
});
