import fc from 'fast-check';
import type { Attribute, Reference } from '../../src/connect/contact.js';
import type { StartTaskContactRequest } from '../../src/connect/start-task-contact.js';
import type { Path, RuleId, Violation } from '../../src/connect/violation.js';
import { attributeKey, attributes, flawedText, foreignValues, referenceName, references, text } from './arbitraries.js';

/** The instant at which the requests are checked. */
export const NOW = Date.UTC(2026, 5, 1, 12, 0, 0, 500);

/** A scheduled time that {@link NOW} allows. */
export const goodTime: fc.Arbitrary<Date> = fc
  .integer({ min: 0, max: 518_400 })
  .map((seconds) => new Date(Math.floor(NOW / 1000) * 1000 + seconds * 1000));

const flowSource = fc.oneof(
  fc.record({ contactFlowId: text(1, 500) }),
  fc.record({ quickConnectId: text(1, 1000) }),
  fc.record({ taskTemplateId: text(1, 500) }),
);
const link = fc.oneof(
  fc.constant({}),
  fc.record({ previousContactId: text(1, 256) }),
  fc.record({ relatedContactId: text(1, 256) }),
);
const others = fc.record(
  {
    instanceId: text(1, 100),
    name: text(0, 512),
    description: text(0, 4096),
    attributes,
    references,
    clientToken: text(0, 500),
    expiryMinutes: fc.integer({ min: 1, max: 129_600 }),
    scheduledTime: goodTime,
  },
  { requiredKeys: ['instanceId', 'name'] },
);

/** A request that keeps every rule, built from good members of all kinds. */
export const goodRequest: fc.Arbitrary<StartTaskContactRequest> = fc
  .tuple(others, flowSource, link)
  .map((parts) => Object.assign({}, ...parts));

/** What a broken rule is known by. */
export interface BrokenRule {
  readonly rule: RuleId;
  readonly path: Path;
}

/** The rule and path of each violation. */
export function brokenRules(violations: readonly Violation[]): BrokenRule[] {
  return violations.map(({ rule, path }) => ({ rule, path }));
}

/** One member with a bad value, and all that is wrong with it. */
export interface Corruption {
  readonly patch: Partial<StartTaskContactRequest>;
  readonly expected: readonly BrokenRule[];
}

type TextMember = Exclude<
  keyof StartTaskContactRequest,
  'attributes' | 'references' | 'scheduledTime' | 'expiryMinutes'
>;

function badText(member: TextMember, values: fc.Arbitrary<string>, rule: RuleId): fc.Arbitrary<Corruption> {
  return values.map((value) => ({ patch: { [member]: value }, expected: [{ rule, path: [member] }] }));
}

/** Appends bad items to good ones; the paths of what is expected count from the first bad one. */
function badItems<Item>(
  member: 'attributes' | 'references',
  good: fc.Arbitrary<Item[]>,
  bad: fc.Arbitrary<Item[]>,
  ...expected: readonly [RuleId, number, string][]
): fc.Arbitrary<Corruption> {
  return fc.tuple(good, bad).map(([before, items]) => ({
    patch: { [member]: [...before, ...items] },
    expected: expected.map(([rule, index, at]) => ({ rule, path: [member, before.length + index, at] })),
  }));
}

/** A key, and a name, that no generated one starts with. */
const newKey = attributeKey.map((key) => `new-${key}`.slice(0, 40));
const otherAttributes = attributes.map((list) => list.filter(({ key }) => !key.startsWith('new-')));
const newName = referenceName.map((name) => `new-${name}`);
const otherReferences = references.map((list) => list.filter(({ name }) => !name.startsWith('new-')));

const badAttribute = (bad: fc.Arbitrary<Attribute[]>, ...expected: readonly [RuleId, number, string][]) =>
  badItems('attributes', otherAttributes, bad, ...expected);
const badReference = (bad: fc.Arbitrary<Reference[]>, ...expected: readonly [RuleId, number, string][]) =>
  badItems('references', otherReferences, bad, ...expected);

const texts: fc.Arbitrary<Corruption>[] = [
  ...(
    [
      ['instanceId', 'api/instance-id-length', 100],
      ['name', 'api/name-length', 512],
      ['description', 'api/description-length', 4096],
      ['contactFlowId', 'api/contact-flow-id-length', 500],
      ['taskTemplateId', 'api/task-template-id-length', 500],
      ['previousContactId', 'api/previous-contact-id-length', 256],
      ['relatedContactId', 'api/related-contact-id-length', 256],
      ['clientToken', 'api/client-token-length', 500],
    ] as const
  ).map(([member, rule, max]) => badText(member, text(max + 1, max + 100), rule)),
  ...(
    [
      ['instanceId', 'api/instance-id-length'],
      ['contactFlowId', 'gateway/id-not-empty'],
      ['quickConnectId', 'gateway/id-not-empty'],
      ['taskTemplateId', 'api/task-template-id-length'],
      ['previousContactId', 'api/previous-contact-id-length'],
      ['relatedContactId', 'api/related-contact-id-length'],
    ] as const
  ).map(([member, rule]) => badText(member, fc.constant(''), rule)),
  ...(
    [
      'instanceId',
      'name',
      'description',
      'contactFlowId',
      'quickConnectId',
      'taskTemplateId',
      'previousContactId',
      'relatedContactId',
      'clientToken',
    ] as const
  ).map((member) => badText(member, flawedText, 'gateway/storable-text')),
];

const lists: fc.Arbitrary<Corruption>[] = [
  badAttribute(fc.constant([{ key: '', value: 'v' }]), ['api/attribute-key-length', 0, 'key']),
  badAttribute(
    fc.tuple(newKey, fc.constantFrom(...'.$: ä\0\n')).map(([key, odd]) => [{ key: key + odd, value: 'v' }]),
    ['api/attribute-key-alphabet', 0, 'key'],
  ),
  badAttribute(
    newKey.map((key) => [
      { key, value: '1' },
      { key, value: '2' },
      { key, value: '1' },
    ]),
    ['gateway/attribute-key-unique', 1, 'key'],
    ['gateway/attribute-key-unique', 2, 'key'],
  ),
  badAttribute(
    fc.tuple(newKey, flawedText).map(([key, value]) => [{ key, value }]),
    ['gateway/storable-text', 0, 'value'],
  ),
  fc.tuple(otherAttributes, newKey, text(32_768)).map(([before, key, value]) => ({
    patch: { attributes: [...before, { key, value }] },
    expected: [
      { rule: 'api/attribute-value-length', path: ['attributes', before.length, 'value'] },
      { rule: 'api/attributes-bytes', path: ['attributes'] },
    ],
  })),
  fc.tuple(otherAttributes, newKey).map(([before, key]) => ({
    patch: { attributes: [...before, { key, value: '€'.repeat(10_923) }] },
    expected: [{ rule: 'api/attributes-bytes', path: ['attributes'] }],
  })),
  badReference(fc.constant([{ name: '', type: 'STRING', value: '' }]), ['api/reference-name-length', 0, 'name']),
  badReference(
    text(4097, 4200).map((name) => [{ name, type: 'STRING', value: '' }]),
    ['api/reference-name-length', 0, 'name'],
  ),
  badReference(
    flawedText.map((name) => [{ name: `new-${name}`, type: 'STRING', value: '' }]),
    ['gateway/storable-text', 0, 'name'],
  ),
  badReference(
    newName.map((name) => [
      { name, type: 'STRING', value: '1' },
      { name, type: 'NUMBER', value: '1' },
    ]),
    ['gateway/reference-name-unique', 1, 'name'],
  ),
  badReference(
    fc.tuple(newName, fc.constantFrom('ATTACHMENT', 'url', '')).map(([name, type]) => [{ name, type, value: '' }]),
    ['api/reference-type', 0, 'type'],
  ),
  badReference(
    fc.tuple(newName, text(4097, 4200)).map(([name, value]) => [{ name, type: 'STRING', value }]),
    ['api/reference-value-length', 0, 'value'],
  ),
  badReference(
    fc.tuple(newName, flawedText).map(([name, value]) => [{ name, type: 'STRING', value }]),
    ['gateway/storable-text', 0, 'value'],
  ),
  ...Object.entries(foreignValues).map(([type, values]) =>
    badReference(
      fc
        .tuple(
          newName,
          values.filter((value) => !value.includes('\0')),
        )
        .map(([name, value]) => [{ name, type, value }]),
      [`engine/reference-${type.toLowerCase()}`, 0, 'value'],
    ),
  ),
];

const expiry: fc.Arbitrary<Corruption> = fc
  .constantFrom(0, -1, 129_601, 1.5, Number.NaN, Number.POSITIVE_INFINITY)
  .map((expiryMinutes) => ({
    patch: { expiryMinutes },
    expected: [{ rule: 'api/expiry-minutes-range', path: ['expiryMinutes'] }],
  }));

/** One bad member. */
export const corruption: fc.Arbitrary<Corruption> = fc.oneof(...texts, ...lists, expiry);

/** A request with none, one or several bad members. */
export const anyRequest: fc.Arbitrary<StartTaskContactRequest> = fc
  .tuple(goodRequest, fc.array(corruption, { maxLength: 4 }))
  .map(([request, bad]) => Object.assign({}, request, ...bad.map(({ patch }) => patch)));
