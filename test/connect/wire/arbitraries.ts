import fc from 'fast-check';
import type { MemberTypes } from '../../../src/connect/wire/members.js';
import type { AnyOperation } from '../../../src/connect/wire/operation.js';
import { NOW, SAMPLE } from '../../support/engine.js';

/** A request to the wire as it is sent: nothing tidies its target or its body. */
export interface FuzzRequest {
  readonly method: string;
  readonly target: string;
  readonly body: Buffer;
}

/** Ids of things that are there, so that a request gets far, and of what is nearly there. */
const id = fc.constantFrom<string>(
  SAMPLE.instanceId,
  SAMPLE.instanceArn,
  SAMPLE.voiceContact,
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

/** Values of the right type for a member, or nearly. */
const BY_TYPE: { readonly [Type in keyof MemberTypes]: fc.Arbitrary<unknown> } = {
  string: text,
  integer: number,
  timestamp: number,
  'string list': fc.array(text),
  'string map': fc.dictionary(text, text, { noNullPrototype: false }),
  'reference map': fc.dictionary(
    text,
    fc.record({ Type: fc.oneof(fc.constantFrom('URL', 'NUMBER', 'DATE', 'EMAIL', 'STRING'), text), Value: text }),
    { noNullPrototype: false },
  ),
  'segment attribute map': fc.oneof(
    number.map((ValueInteger) => ({ 'connect:ContactExpiry': { ValueMap: { ExpiryDuration: { ValueInteger } } } })),
    fc.dictionary(text, fc.record({ ValueString: text }), { noNullPrototype: false }),
  ),
  structure: fc.oneof(
    fc.record({ Type: text, StartTime: number, EndTime: number }),
    fc.record({ FieldName: fc.constantFrom('CHANNEL', 'EXPIRY_TIMESTAMP'), Order: fc.constantFrom('ASCENDING', 'x') }),
    fc.record(
      {
        Name: fc.record({ SearchText: fc.array(text), MatchType: fc.constantFrom('MATCH_ALL', 'MATCH_NONE') }),
        Channels: fc.array(fc.constantFrom('TASK', 'VOICE', 'FAX')),
        InitiationMethods: fc.array(text),
        QueueIds: fc.array(text),
        AgentIds: fc.array(text),
        SearchableContactAttributes: fc.record({
          Criteria: fc.array(fc.record({ Key: text, Values: fc.array(text) })),
          MatchType: fc.constantFrom('MATCH_ALL', 'MATCH_ANY', 'MATCH_NONE'),
        }),
        ContactTags: fc.oneof(
          fc.record({ AndConditions: fc.array(fc.record({ TagKey: text, TagValue: text })) }),
          fc.record({ OrConditions: fc.array(fc.array(fc.record({ TagKey: text, TagValue: text }))) }),
        ),
      },
      { requiredKeys: [] },
    ),
  ),
  refused: fc.jsonValue(),
};

const wrong = fc.oneof(fc.constantFrom<unknown>(null, true, [], {}, [[]], '1e999'), fc.jsonValue(), number, text);

/** A body that is a value, written as JSON. */
function jsonBody({ members }: AnyOperation): fc.Arbitrary<string> {
  const own = Object.entries(members).filter(([, { in: place }]) => place === undefined);
  const good = fc.record(Object.fromEntries(own.map(([name, { type }]) => [name, BY_TYPE[type]])), {
    requiredKeys: own.filter(([, { required }]) => required).map(([name]) => name),
  });
  const names = fc.oneof(fc.constantFrom('Unknown', '__proto__', 'constructor', ...own.map(([name]) => name)), text);
  const some = fc.array(fc.tuple(names, wrong), { maxLength: 3 });
  return fc.oneof(
    { weight: 4, arbitrary: good.map((value) => JSON.stringify({ ...ids(own.map(([name]) => name)), ...value })) },
    {
      weight: 4,
      arbitrary: fc.tuple(good, some).map(([value, others]) => {
        return JSON.stringify({ ...value, ...ids(own.map(([name]) => name)), ...Object.fromEntries(others) });
      }),
    },
    { weight: 1, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
  );
}

/** Ids that are right, so that what else is wrong is looked at. */
function ids(names: readonly string[]): object {
  const right: Readonly<Record<string, string>> = {
    InstanceId: SAMPLE.instanceId,
    ContactId: SAMPLE.voiceContact,
    InitialContactId: SAMPLE.voiceContact,
    ContactFlowId: SAMPLE.contactFlow,
  };
  return Object.fromEntries(names.flatMap((name) => (right[name] ? [[name, right[name]]] : [])));
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
  const segments = path.split('/').map((part) => (part.startsWith('{') ? segment : fc.constant(part)));
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
  return fc.oneof(
    fc.constant(own.length > 0 ? `?${own[0]}=${SAMPLE.voiceContact}` : ''),
    fc.array(pair, { maxLength: 8 }).map((pairs) => `?${pairs.join('&')}`),
  );
}

/** A request that is nearly one of an operation. */
export function requestTo(operation: AnyOperation): fc.Arbitrary<FuzzRequest> {
  const body = fc.oneof(
    { weight: 6, arbitrary: jsonBody(operation).map((json) => Buffer.from(json)) },
    { weight: 2, arbitrary: badBody },
    { weight: 1, arbitrary: fc.constant(Buffer.alloc(0)) },
  );
  return fc
    .tuple(pathOf(operation), queryOf(operation), body)
    .map(([path, query, bytes]) => ({ method: operation.method, target: path + query, body: bytes }));
}
