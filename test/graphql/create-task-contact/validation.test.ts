import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CreateTaskContactInput } from '../../generated/operations.js';
import { createTask, type Payload } from '../../support/create-task-contact.js';
import { DAY, NOW, SAMPLE, SECOND } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';

type Members = Partial<CreateTaskContactInput>;

const iso = (instant: number) => new Date(instant).toISOString();
const violation = (path: readonly string[], rule: string, limit: string, actual: string) => ({
  __typename: 'ConnectInvalidInputError',
  code: 'INVALID_INPUT',
  message: expect.stringContaining(`Expected ${limit}, but got ${actual}.`),
  path: ['input', ...path],
  rule,
  expected: limit,
  actual,
});

let gateway: TestGateway;
/** What is stored before a test. */
let stored: unknown;
const everything = () =>
  ['contact', 'chain', 'clientToken', 'batch'].map((table) => gateway.rows(`select * from ${table} order by 1, 2`));

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => NOW });
  stored = everything();
});
afterAll(() => gateway.close());

/** Creates by an input that must be refused, and nothing stored. */
async function refuse(members: Members): Promise<Payload['errors']> {
  const { payload, errors } = await createTask(gateway, members);
  expect(errors).toBeUndefined();
  expect(payload).toMatchObject({ contact: null, replayed: null });
  expect(everything()).toEqual(stored);
  return payload.errors;
}

describe('Every violation is reported at once, with path, rule, limit and actual', () => {
  it('reports violations of all members', async () => {
    const errors = await refuse({
      instanceId: 'i'.repeat(101),
      name: 'n'.repeat(513),
      description: 'd'.repeat(4097),
      flow: { contactFlowId: 'f'.repeat(501) },
      link: { previousContactId: 'p'.repeat(257) },
      attributes: [
        { key: 'order.id', value: 'v' },
        { key: '', value: 'v'.repeat(32_768) },
      ],
      references: [
        { name: 'Order', type: 'URL', value: 'order 4711' },
        { name: '', type: 'NUMBER', value: 'v'.repeat(4097) },
      ],
      scheduledTime: iso(NOW + 7 * DAY),
      expiryMinutes: 129_601,
    });
    const expected = [
      violation(['instanceId'], 'api/instance-id-length', '1 to 100 characters', '101 characters'),
      violation(['name'], 'api/name-length', '0 to 512 characters', '513 characters'),
      violation(['flow', 'contactFlowId'], 'api/contact-flow-id-length', '0 to 500 characters', '501 characters'),
      violation(['description'], 'api/description-length', '0 to 4096 characters', '4097 characters'),
      violation(['attributes', '1', 'key'], 'api/attribute-key-length', '1 to 32767 characters', '0 characters'),
      violation(
        ['attributes', '0', 'key'],
        'api/attribute-key-alphabet',
        'letters A to Z and a to z, digits, - and _',
        '"order.id"',
      ),
      violation(
        ['attributes', '1', 'value'],
        'api/attribute-value-length',
        '0 to 32767 characters',
        '32768 characters',
      ),
      violation(
        ['attributes'],
        'api/attributes-bytes',
        'at most 32768 UTF-8 bytes over all keys and values',
        '32777 bytes',
      ),
      violation(['references', '1', 'name'], 'api/reference-name-length', '1 to 4096 characters', '0 characters'),
      violation(['references', '1', 'value'], 'api/reference-value-length', '0 to 4096 characters', '4097 characters'),
      violation(['references', '0', 'value'], 'engine/reference-url', 'an absolute http or https URL', '"order 4711"'),
      violation(
        ['references', '1', 'value'],
        'engine/reference-number',
        'a decimal number such as -12.50',
        `"${'v'.repeat(40)}"…`,
      ),
      violation(
        ['link', 'previousContactId'],
        'api/previous-contact-id-length',
        '1 to 256 characters',
        '257 characters',
      ),
      violation(['expiryMinutes'], 'api/expiry-minutes-range', '1 to 129600 whole minutes', '129601 minutes'),
      violation(
        ['scheduledTime'],
        'api/scheduled-time-ahead',
        `a time that is not after ${iso(Math.floor(NOW / SECOND) * SECOND + 6 * DAY)}, 6 days ahead`,
        iso(NOW + 7 * DAY),
      ),
    ];
    expect(errors).toEqual(expect.arrayContaining(expected));
    expect(errors).toHaveLength(expected.length);
  });

  it('100 of them, and how many more there are', async () => {
    const attributes = Array.from({ length: 150 }, (_, index) => ({ key: `a.${index}`, value: '' }));
    const errors = await refuse({ attributes });
    expect(errors).toHaveLength(101);
    expect(errors[99]).toMatchObject({ path: ['input', 'attributes', '99', 'key'] });
    expect(errors[100]).toEqual({
      __typename: 'ConnectInvalidInputError',
      code: 'INVALID_INPUT',
      message: '50 more violations are not listed. Fix these first.',
      path: null,
      rule: null,
      expected: null,
      actual: null,
    });
  });
});

describe('Inside the inputs that take exactly one member, the member is validated too', () => {
  it.each([
    ['an empty contactFlowId', { flow: { contactFlowId: '' } }, ['flow', 'contactFlowId'], 'gateway/id-not-empty'],
    [
      'a contactFlowId of 501 characters',
      { flow: { contactFlowId: '𝄞'.repeat(501) } },
      ['flow', 'contactFlowId'],
      'api/contact-flow-id-length',
    ],
    ['an empty quickConnectId', { flow: { quickConnectId: '' } }, ['flow', 'quickConnectId'], 'gateway/id-not-empty'],
    [
      'an empty taskTemplateId',
      { flow: { taskTemplateId: '' } },
      ['flow', 'taskTemplateId'],
      'api/task-template-id-length',
    ],
    [
      'a taskTemplateId of 501 characters',
      { flow: { taskTemplateId: 't'.repeat(501) } },
      ['flow', 'taskTemplateId'],
      'api/task-template-id-length',
    ],
    [
      'an empty previousContactId',
      { link: { previousContactId: '' } },
      ['link', 'previousContactId'],
      'api/previous-contact-id-length',
    ],
    [
      'a relatedContactId of 257 characters',
      { link: { relatedContactId: 'r'.repeat(257) } },
      ['link', 'relatedContactId'],
      'api/related-contact-id-length',
    ],
  ] as const)('%s', async (_what, members, path, rule) => {
    expect(await refuse(members)).toMatchObject([{ rule, path: ['input', ...path] }]);
  });
});

describe('Text that no store can keep is refused wherever it stands', () => {
  const places: readonly [string, (text: string) => Members, readonly string[]][] = [
    ['instanceId', (instanceId) => ({ instanceId }), ['instanceId']],
    ['name', (name) => ({ name }), ['name']],
    ['description', (description) => ({ description }), ['description']],
    ['contactFlowId', (contactFlowId) => ({ flow: { contactFlowId } }), ['flow', 'contactFlowId']],
    ['quickConnectId', (quickConnectId) => ({ flow: { quickConnectId } }), ['flow', 'quickConnectId']],
    ['taskTemplateId', (taskTemplateId) => ({ flow: { taskTemplateId } }), ['flow', 'taskTemplateId']],
    ['previousContactId', (previousContactId) => ({ link: { previousContactId } }), ['link', 'previousContactId']],
    ['relatedContactId', (relatedContactId) => ({ link: { relatedContactId } }), ['link', 'relatedContactId']],
    ['an attribute value', (value) => ({ attributes: [{ key: 'k', value }] }), ['attributes', '0', 'value']],
    [
      'a reference name',
      (name) => ({ references: [{ name, type: 'STRING', value: '' }] }),
      ['references', '0', 'name'],
    ],
    [
      'a reference value',
      (value) => ({ references: [{ name: 'n', type: 'STRING', value }] }),
      ['references', '0', 'value'],
    ],
    ['clientToken', (clientToken) => ({ clientToken }), ['clientToken']],
  ];
  const texts = [
    ['U+0000', 'ab\0c', 'U+0000 at index 2'],
    ['a high surrogate alone', 'a\ud800c', 'a lone surrogate at index 1'],
    ['a low surrogate alone', '\udc00', 'a lone surrogate at index 0'],
  ] as const;

  describe.each(texts)('%s', (_what, text, actual) => {
    it.each(places)('refuses it in %s', async (_place, membersOf, path) => {
      const limit = 'text without U+0000 and without lone surrogates';
      expect(await refuse(membersOf(text))).toEqual([violation(path, 'gateway/storable-text', limit, actual)]);
    });

    it('refuses it in an attribute key, whose alphabet has neither', async () => {
      expect(await refuse({ attributes: [{ key: text, value: '' }] })).toMatchObject([
        { path: ['input', 'attributes', '0', 'key'], rule: 'api/attribute-key-alphabet' },
      ]);
    });
  });

  it('refuses it in a literal of the operation', async () => {
    const { data } = await gateway.ask(
      `mutation { createTaskContact(input: { name: "a\\u0000", flow: { contactFlowId: "f" } }) {
        contact { id } errors { path ... on ConnectInvalidInputError { rule } }
      } }`,
    );
    expect(data).toEqual({
      createTaskContact: { contact: null, errors: [{ path: ['input', 'name'], rule: 'gateway/storable-text' }] },
    });
    expect(everything()).toEqual(stored);
  });
});

describe('A repeated key or name is an error', () => {
  it('refuses repeated attributes, however often they occur', async () => {
    const attributes = ['a', 'b', 'a', 'a'].map((key) => ({ key, value: '' }));
    const again = (index: string) =>
      violation(['attributes', index, 'key'], 'gateway/attribute-key-unique', 'each key once', '"a" again');
    expect(await refuse({ attributes })).toEqual([again('2'), again('3')]);
  });

  it('refuses repeated references, also of another type', async () => {
    const references = [
      { name: 'Order', type: 'STRING', value: 'a' },
      { name: 'Order', type: 'NUMBER', value: '1' },
    ] as const;
    expect(await refuse({ references: [...references] })).toEqual([
      violation(['references', '1', 'name'], 'gateway/reference-name-unique', 'each name once', '"Order" again'),
    ]);
  });
});

describe('At the boundaries', () => {
  const rest = (key: string, bytes: number) => ({ key, value: 'é'.repeat((bytes - key.length) / 2) });
  const boundaries: readonly [string, Members, Members, object][] = [
    [
      'Name: 0 to 512 characters',
      { name: '𝄞'.repeat(512) },
      { name: '𝄞'.repeat(513) },
      { path: ['input', 'name'], actual: '513 characters' },
    ],
    [
      'Description: 0 to 4096 characters',
      { description: 'é'.repeat(4096) },
      { description: 'é'.repeat(4097) },
      { path: ['input', 'description'], actual: '4097 characters' },
    ],
    [
      'Attributes: up to 32,768 UTF-8 bytes across all key-value pairs',
      { attributes: [rest('kk', 32_768)] },
      { attributes: [rest('kkk', 32_769)] },
      { path: ['input', 'attributes'], rule: 'api/attributes-bytes', actual: '32769 bytes' },
    ],
    [
      'Attributes: the bytes of several pairs are added up',
      { attributes: [rest('a', 16_385), rest('b', 16_383)] },
      { attributes: [rest('a', 16_385), rest('bb', 16_384)] },
      { path: ['input', 'attributes'], actual: '32769 bytes' },
    ],
    [
      'ClientToken: at most 500 characters',
      { clientToken: '𝄞'.repeat(500) },
      { clientToken: '𝄞'.repeat(501) },
      { path: ['input', 'clientToken'], actual: '501 characters' },
    ],
    [
      'Reference name: 1 to 4096 characters',
      { references: [{ name: 'n'.repeat(4096), type: 'STRING', value: '' }] },
      { references: [{ name: 'n'.repeat(4097), type: 'STRING', value: '' }] },
      { path: ['input', 'references', '0', 'name'], actual: '4097 characters' },
    ],
    [
      'Expiry: at least 1 minute',
      { expiryMinutes: 1 },
      { expiryMinutes: 0 },
      { path: ['input', 'expiryMinutes'], actual: '0 minutes' },
    ],
    [
      'Expiry: at most 90 days',
      { expiryMinutes: 129_600 },
      { expiryMinutes: 129_601 },
      { path: ['input', 'expiryMinutes'], actual: '129601 minutes' },
    ],
    [
      'ScheduledTime: cannot be in the past, to the second',
      { scheduledTime: iso(NOW - 250) },
      { scheduledTime: iso(NOW - 251) },
      { path: ['input', 'scheduledTime'], rule: 'api/scheduled-time-not-past', actual: iso(NOW - 251) },
    ],
    [
      'ScheduledTime: within up to 6 days in future, to the second',
      { scheduledTime: iso(NOW + 6 * DAY + 749) },
      { scheduledTime: iso(NOW + 6 * DAY + 750) },
      { path: ['input', 'scheduledTime'], rule: 'api/scheduled-time-ahead', actual: iso(NOW + 6 * DAY + 750) },
    ],
    [
      'ScheduledTime: with a token as without',
      { clientToken: 'a', scheduledTime: iso(NOW + 6 * DAY + 749) },
      { clientToken: 'b', scheduledTime: iso(NOW + 6 * DAY + 750) },
      { path: ['input', 'scheduledTime'], rule: 'api/scheduled-time-ahead' },
    ],
    [
      'ScheduledTime: far outside, where no clock is in doubt',
      { scheduledTime: iso(NOW) },
      { scheduledTime: '0001-01-01T00:00:00Z' },
      { path: ['input', 'scheduledTime'], rule: 'api/scheduled-time-not-past' },
    ],
  ];

  it.each(boundaries)('%s', async (_rule, within, beyond, error) => {
    expect(await refuse(beyond)).toMatchObject([{ code: 'INVALID_INPUT', ...error }]);
    const { payload } = await createTask(gateway, within);
    expect(payload).toMatchObject({ contact: { id: expect.any(String) }, errors: [] });
    stored = everything();
  });

  it('Attributes: the limit holds for the set of the whole chain', async () => {
    const { payload } = await createTask(gateway, { attributes: [rest('kk', 32_768)] });
    stored = everything();
    const link = { previousContactId: payload.contact?.id as string };
    expect(await refuse({ link, attributes: [{ key: 'a', value: '' }] })).toMatchObject([
      {
        path: ['input', 'attributes'],
        rule: 'api/attributes-bytes',
        actual: '32769 bytes, together with those of the chain',
      },
    ]);
    const replaced = await createTask(gateway, { link, attributes: [{ key: 'kk', value: '' }] });
    expect(replaced.payload.errors).toEqual([]);
    stored = everything();
  });
});

describe('Shapes are errors of the request', () => {
  it.each([
    ['a number for a text', { name: 5 }, 'String cannot represent a non string value: 5'],
    ['no name', { name: undefined }, 'Field "name" of required type "String!" was not provided'],
    ['null for the name', { name: null }, 'at "input.name"; Expected non-nullable type "String!" not to be null'],
    ['no flow', { flow: undefined }, 'Field "flow" of required type "ConnectFlowSourceInput!" was not provided'],
    [
      'an unknown field beside a long text',
      { description: 'd'.repeat(4000), priority: 1 },
      'Field "priority" is not defined by type "CreateTaskContactInput"',
    ],
    [
      'an unknown field that is no text',
      { nme: { deep: [1, 2] } },
      'Field "nme" is not defined by type "CreateTaskContactInput". Did you mean "name"?',
    ],
    [
      'a reference type that does not exist at creation',
      { references: [{ name: 'File', type: 'ATTACHMENT', value: 'a' }] },
      'at "input.references[0].type"; Value "ATTACHMENT" does not exist in "ConnectReferenceInputType" enum',
    ],
    ['a text for the minutes', { expiryMinutes: '60' }, 'at "input.expiryMinutes"; Int cannot represent non-integer'],
    ['minutes beyond 32 bits', { expiryMinutes: 2 ** 31 }, 'Int cannot represent non 32-bit signed integer value'],
    ['a fraction of minutes', { expiryMinutes: 0.5 }, 'Int cannot represent non-integer value: 0.5'],
    ['a date without a time', { scheduledTime: '2026-06-02' }, 'at "input.scheduledTime"; DateTime cannot represent'],
    ['a time without an offset', { scheduledTime: '2026-06-02T09:00:00' }, 'DateTime cannot represent'],
    ['a day that does not exist', { scheduledTime: '2026-02-30T09:00:00Z' }, 'DateTime cannot represent'],
    ['seconds since the epoch', { scheduledTime: 1_780_300_000 }, 'DateTime cannot represent'],
    [
      'a very long text for a time',
      { scheduledTime: 't'.repeat(100_000) },
      'at "input.scheduledTime"; DateTime cannot represent',
    ],
    ['an object for a list', { attributes: { key: 'a' } }, 'Field "value" of required type "String!" was not provided'],
    ['null in a list', { attributes: [null] }, 'at "input.attributes[0]"; Expected non-nullable type'],
  ])('%s', async (_what, members, message) => {
    const { data, errors } = await gateway.ask(
      'mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { id } } }',
      { input: { name: 'Call back', flow: { contactFlowId: SAMPLE.contactFlow }, ...members } },
    );
    expect(data).toBeUndefined();
    expect(errors?.map(({ message: reported }) => reported)).toContainEqual(expect.stringContaining(message));
    for (const error of errors ?? []) {
      expect(error.extensions).toEqual({ code: 'BAD_USER_INPUT', requestId: expect.any(String) });
      expect(error.message.length).toBeLessThan(520);
    }
    expect(everything()).toEqual(stored);
  });
});
