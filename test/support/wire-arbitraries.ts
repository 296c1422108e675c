import fc from 'fast-check';
import type { MemberTypes } from '../../src/wire/members.js';
import type { AnyOperation } from '../../src/wire/operation.js';
import { NOW, SAMPLE } from './engine.js';

/** A request to the wire as it is sent: nothing tidies its target or its body. */
export interface FuzzRequest {
  readonly method: string;
  readonly target: string;
  readonly body: Buffer;
}

/** Stands in requests for the id of a task that is open when they are sent. */
export const OPEN_TASK = 'aaaaaaaa-0000-4000-8000-000000000000';

/** Ids of things that are there, so that a request gets far, and of what is nearly there. */
const id = fc.constantFrom<string>(
  SAMPLE.instanceId,
  SAMPLE.instanceArn,
  SAMPLE.voiceContact,
  OPEN_TASK,
  SAMPLE.contactFlow,
  SAMPLE.quickConnect.user,
  SAMPLE.taskTemplate.withRequiredFields,
  `${SAMPLE.instanceArn}/contact/${SAMPLE.voiceContact}`,
  `${SAMPLE.contactFlow}:$SAVED`,
  'arn:aws:connect:::',
);

/** What text can do harm: to JSON, to UTF-8, to SQL, to patterns, to those who count. */
const oddText = fc.constantFrom(
  '',
  '\0',
  '\ud800',
  '\udfff x',
  '\u202e',
  "'; drop table contact; --",
  '%',
  '__proto__',
);

const text = fc.oneof(
  id,
  oddText,
  fc.constantFrom(
    'TASK',
    'MATCH_ANY',
    'URL',
    'USER',
    'ACTIVE',
    'INITIATION_TIMESTAMP',
    'constructor',
    '👋'.repeat(300),
  ),
  fc.string({ unit: 'binary' }),
  fc.integer({ min: 100, max: 40_000 }).map((length) => 'x'.repeat(length)),
);

const number = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53,
    1e21,
    1e308,
    -1e308,
    5e-324,
    8.64e12,
    8.64e15,
    NOW / 1000,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
);

/** Text that nothing is wrong with. */
const tame = fc.stringMatching(/^[a-z]{1,8}$/);

/** Mostly text that nothing is wrong with, so that what is wrong elsewhere is reached. */
const likelyText = fc.oneof({ weight: 6, arbitrary: tame }, { weight: 1, arbitrary: text });

const likelyReference = fc.oneof(
  { weight: 4, arbitrary: fc.record({ Type: fc.constant('STRING'), Value: likelyText }) },
  {
    weight: 1,
    arbitrary: fc.record({ Type: fc.oneof(fc.constantFrom('URL', 'NUMBER', 'DATE', 'EMAIL'), text), Value: text }),
  },
);

const map = (key: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>) =>
  fc.dictionary(key, value, { noNullPrototype: false, maxKeys: 4 });

const expiry = (minutes: fc.Arbitrary<number>) =>
  minutes.map((ValueInteger) => ({ 'connect:ContactExpiry': { ValueMap: { ExpiryDuration: { ValueInteger } } } }));

/** Values of the right type for a member, or nearly. */
const BY_TYPE: { readonly [Type in keyof MemberTypes]: fc.Arbitrary<unknown> } = {
  string: likelyText,
  integer: fc.oneof(fc.integer({ min: 1, max: 100 }), number),
  long: fc.oneof(fc.integer({ min: 1, max: 100 }), number),
  timestamp: fc.oneof(
    fc.integer({ min: 60, max: 500_000 }).map((ahead) => Math.ceil(NOW / 1000) + ahead),
    number,
  ),
  'metric list': fc.array(fc.record({ Name: fc.constantFrom('POSITION_IN_QUEUE', 'ESTIMATED_WAIT_TIME', 'OTHER') }), {
    maxLength: 3,
  }),
  'string list': fc.array(likelyText, { maxLength: 4 }),
  'string map': map(likelyText, likelyText),
  'reference map': map(likelyText, likelyReference),
  'attachment list': fc.array(fc.record({ FileName: likelyText, S3Url: likelyText }), { maxLength: 2 }),
  'segment attribute map': fc.oneof(
    { weight: 4, arbitrary: expiry(fc.integer({ min: 1, max: 129_600 })) },
    { weight: 1, arbitrary: expiry(number) },
    { weight: 1, arbitrary: map(text, fc.record({ ValueString: text })) },
  ),
  'template field list': fc.array(
    fc.record(
      {
        Id: fc.record({ Name: likelyText }),
        Type: fc.constantFrom('NAME', 'TEXT', 'SINGLE_SELECT', 'EXPIRY_DURATION', 'OTHER'),
        Description: likelyText,
        SingleSelectOptions: fc.array(likelyText, { maxLength: 3 }),
      },
      { requiredKeys: ['Id'] },
    ),
    { maxLength: 4 },
  ),
  'template constraints': fc.record(
    {
      RequiredFields: fc.array(fc.record({ Id: fc.record({ Name: likelyText }) }), { maxLength: 2 }),
      ReadOnlyFields: fc.array(fc.record({ Id: fc.record({ Name: text }) }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ),
  'template defaults': fc.record({
    DefaultFieldValues: fc.array(fc.record({ Id: fc.record({ Name: likelyText }), DefaultValue: likelyText }), {
      maxLength: 2,
    }),
  }),
  structure: fc.jsonValue(),
  refused: fc.jsonValue(),
};

const words = fc.array(likelyText, { maxLength: 3 });
const tag = fc.record({ TagKey: likelyText, TagValue: likelyText });
const match = fc.constantFrom('MATCH_ALL', 'MATCH_ANY', 'MATCH_EXACT', 'MATCH_NONE');
const instant = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 4e9 }) }, { weight: 1, arbitrary: number });

/** Values of members that say more by their names than by their types. */
const BY_NAME: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  TimeRange: fc.record({
    Type: fc.constantFrom('INITIATION_TIMESTAMP', 'SCHEDULED_TIMESTAMP', 'DISCONNECT_TIMESTAMP', 'ENQUEUE_TIMESTAMP'),
    StartTime: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: instant }),
    EndTime: instant,
  }),
  Sort: fc.record({
    FieldName: fc.constantFrom('CHANNEL', 'EXPIRY_TIMESTAMP', 'DISCONNECT_TIMESTAMP', 'INITIATION_METHOD'),
    Order: fc.constantFrom('ASCENDING', 'DESCENDING'),
  }),
  SearchCriteria: fc.record(
    {
      Name: fc.record({ SearchText: words, MatchType: match }),
      Channels: fc.array(fc.constantFrom('TASK', 'VOICE'), { maxLength: 3 }),
      InitiationMethods: words,
      QueueIds: words,
      AgentIds: words,
      SearchableContactAttributes: fc.record({
        Criteria: fc.array(fc.record({ Key: likelyText, Values: words }), { maxLength: 3 }),
        MatchType: match,
      }),
      ContactTags: fc.oneof(
        fc.record({ AndConditions: fc.array(tag, { maxLength: 3 }) }),
        fc.record({ OrConditions: fc.array(fc.array(tag, { minLength: 1, maxLength: 3 }), { maxLength: 3 }) }),
      ),
    },
    { requiredKeys: [] },
  ),
};

/** Members that most requests leave out: with them few could be served, since they are refused or contradict others. */
const SELDOM =
  /^(QuickConnectId|TaskTemplateId|PreviousContactId|RelatedContactId|Attachments|QueueId|UserId|NextToken|DisconnectReason|QueueInfo|UserInfo|CustomerEndpoint|SystemEndpoint)$/;

const wrong = fc.oneof(fc.constantFrom<unknown>(null, true, [], {}, [[]], '1e999'), fc.jsonValue(), number, text);

/** A body that is a value, written as JSON. */
function jsonBody({ members }: AnyOperation): fc.Arbitrary<string> {
  const own = Object.entries(members).filter(([, { in: place }]) => place === undefined);
  const values = (named: typeof own) =>
    fc.record(Object.fromEntries(named.map(([name, { type }]) => [name, BY_NAME[name] ?? BY_TYPE[type]])), {
      requiredKeys: named.filter(([, { required }]) => required).map(([name]) => name),
    });
  const right = ids(own.map(([name]) => name));
  const usual = values(own.filter(([name]) => !SELDOM.test(name)));
  const names = fc.oneof(fc.constantFrom('Unknown', '__proto__', 'constructor', ...own.map(([name]) => name)), text);
  const others = fc.array(fc.tuple(names, wrong), { maxLength: 3 });
  return fc.oneof(
    { weight: 5, arbitrary: usual.map((value) => JSON.stringify({ ...value, ...right })) },
    { weight: 2, arbitrary: values(own).map((value) => JSON.stringify({ ...right, ...value })) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(usual, others)
        .map(([value, given]) => JSON.stringify({ ...value, ...right, ...Object.fromEntries(given) })),
    },
    { weight: 1, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
  );
}

const RIGHT_IDS: Readonly<Record<string, string>> = {
  InstanceId: SAMPLE.instanceId,
  ContactId: OPEN_TASK,
  InitialContactId: OPEN_TASK,
  ContactFlowId: SAMPLE.contactFlow,
  QuickConnectId: SAMPLE.quickConnect.user,
  TaskTemplateId: SAMPLE.taskTemplate.withRequiredFields,
};

/** Ids that are right, so that what else is wrong is looked at. */
function ids(names: readonly string[]): Readonly<Record<string, string>> {
  const asked = ['InstanceId', 'ContactId', 'InitialContactId', 'ContactFlowId'].filter((name) => names.includes(name));
  return Object.fromEntries(asked.map((name) => [name, RIGHT_IDS[name] ?? '']));
}

/** Bytes that no JSON library writes. */
const DEEP = 100_000;
const badBody = fc.oneof(
  fc
    .constantFrom(
      '{"Name": NaN}',
      '{"Name": 1e400}',
      '{"MaxResults": 99999999999999999999999999}',
      '{"InstanceId": "a", "InstanceId": "b"}',
      '{"Name": "\\ud800"}',
      '{"Name": "\\u0000"}',
      '{"Name": ',
      '{,}',
      'null',
      '﻿{}',
      `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
      `{"SearchCriteria": ${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}`,
      `{"SegmentAttributes": ${'{"ValueMap":{"a":'.repeat(DEEP / 10)}1${'}}'.repeat(DEEP / 10)}}`,
      `{"Name": "${'x'.repeat(1024 * 1024)}"}`,
    )
    .map((json) => Buffer.from(json)),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
);

/** A segment as it stands in a request's line: what ends the line, or begins another part, is encoded. */
const segment = fc.oneof(
  { weight: 6, arbitrary: id.map(encodeURIComponent) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '.',
      '..',
      '%2e%2e',
      '%2F',
      '%252F',
      '%',
      '%zz',
      '%00',
      '%ff',
      '%ED%A0%80',
      '..%2F..',
      '*',
      ';a=b',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }).map(encodeURIComponent) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'!$&()*+,:;=@[]^`{|}~"\'\\<>') }) },
);

function pathOf({ path }: AnyOperation): fc.Arbitrary<string> {
  const segments = path.split('/').map((part) => {
    if (!part.startsWith('{')) return fc.constant(part);
    const right = fc.constant(RIGHT_IDS[part.slice(1, -1)] ?? SAMPLE.voiceContact);
    return fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: segment });
  });
  const right = fc.tuple(...segments).map((parts) => parts.join('/'));
  const tricks = fc.constantFrom<(path: string) => string>(
    (given) => `/${given}`,
    (given) => `${given}/`,
    (given) => given.replace(/\/([^/]*)$/, '/./$1'),
    (given) => given.replace(/\/([^/]*)$/, '/../$1'),
    (given) => given.replaceAll('/', '//'),
    (given) => given.replaceAll('/', '%2F'),
    (given) => given.toUpperCase(),
    (given) => `http://elsewhere${given}`,
    (given) => given.slice(1),
  );
  return fc.oneof(
    { weight: 6, arbitrary: right },
    { weight: 1, arbitrary: fc.tuple(right, tricks).map(([given, trick]) => trick(given) || '/') },
  );
}

/** Key by key, each as often as it comes, in no order. */
function queryOf({ members }: AnyOperation): fc.Arbitrary<string> {
  const own = Object.entries(members).flatMap(([name, { in: place, wireName }]) =>
    place === 'query' ? [wireName ?? name] : [],
  );
  const value = fc.oneof(
    segment,
    number.map(String),
    fc.constantFrom(
      '1',
      '100',
      'URL',
      'USER',
      'CONTACT_FLOW',
      'ACTIVE',
      'NaN',
      'Infinity',
      '1e2',
      '0x10',
      '-1',
      '&&',
      '%26',
    ),
  );
  const pair = fc
    .tuple(fc.constantFrom(...own, ...own, 'unknown', '__proto__', 'toString', '', 'maxResults[]'), value)
    .map(([name, given]) => `${name}=${given}`);
  const right = own.flatMap((name) => (RIGHT_QUERY[name] === undefined ? [] : [`${name}=${RIGHT_QUERY[name]}`]));
  return fc.oneof(
    fc.subarray(right).map((pairs) => `?${pairs.join('&')}`),
    fc.constant(`?${right.join('&')}`),
    fc.array(pair, { maxLength: 8 }).map((pairs) => `?${[...right, ...pairs].join('&')}`),
    fc.array(pair, { maxLength: 8 }).map((pairs) => `?${pairs.join('&')}`),
  );
}

/** What a query may say. */
const RIGHT_QUERY: Readonly<Record<string, string>> = {
  contactId: SAMPLE.voiceContact,
  referenceTypes: 'URL',
  TagKeys: 'team',
  maxResults: '2',
  status: 'ACTIVE',
  contactFlowTypes: 'CONTACT_FLOW',
  QuickConnectTypes: 'USER',
};

/** A request that is nearly one of an operation. */
export function requestTo(operation: AnyOperation): fc.Arbitrary<FuzzRequest> {
  const none = fc.constant(Buffer.alloc(0));
  const json = jsonBody(operation).map((text) => Buffer.from(text));
  const hasBody = Object.values(operation.members).some(({ in: place }) => place === undefined);
  const body = fc.oneof(
    { weight: 8, arbitrary: hasBody ? json : none },
    { weight: 1, arbitrary: hasBody ? none : json },
    { weight: 1, arbitrary: badBody },
  );
  return fc
    .tuple(pathOf(operation), queryOf(operation), body)
    .map(([path, query, bytes]) => ({ method: operation.method, target: path + query, body: bytes }));
}
