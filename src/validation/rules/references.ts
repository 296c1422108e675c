import { REFERENCE_TYPES, type Reference } from '../../connect/contact.js';
import { REFERENCE_BYTES, REFERENCE_NAME_LENGTH, REFERENCE_VALUE_LENGTH } from '../../connect/limits.js';
import type { RuleId } from '../../connect/violation.js';
import { type Finding, finding, NO_FINDINGS, type Rule } from '../rule.js';
import { countBytes, countCharacters, excerpt } from '../text.js';
import { eachItem, eachMember, eachRepeated } from './lists.js';
import { lengthRule, storableText } from './text.js';

type References = readonly Reference[];

/** Bounds the length of each name. */
export const referenceNameLength = eachMember<Reference>(
  'name',
  lengthRule('api/reference-name-length', REFERENCE_NAME_LENGTH, 'StartTaskContact, References: key length 1 to 4096'),
);

/** Refuses names that cannot be stored. */
export const referenceNameStorable = eachMember<Reference>('name', storableText);

/** Bounds the length of each value. */
export const referenceValueLength = eachMember<Reference>(
  'value',
  lengthRule('api/reference-value-length', REFERENCE_VALUE_LENGTH, 'Service model, ReferenceValue: length 0 to 4096'),
);

/** Refuses values that cannot be stored. */
export const referenceValueStorable = eachMember<Reference>('value', storableText);

/** Refuses a repeated name, because the API takes a map. */
export const referenceNamesUnique = eachRepeated<Reference>('name', {
  id: 'gateway/reference-name-unique',
  limit: 'each name once',
  source: 'The API takes a map; a list with a repeated name would lose a reference',
});

/** Accepts the types that exist at creation. */
export const referenceType = eachMember<Reference>('type', {
  id: 'api/reference-type',
  limit: `one of ${REFERENCE_TYPES.join(', ')}`,
  source: 'StartTaskContact, References: URL | NUMBER | STRING | DATE | EMAIL; ATTACHMENT is not supported at creation',
  check: (type) => ((REFERENCE_TYPES as readonly string[]).includes(type) ? NO_FINDINGS : finding(excerpt(type))),
});

/** The value of a URL reference. The pattern refuses what a parser corrects: spaces, line breaks, "https:example.com". */
export const referenceUrl = valueFormat(
  'URL',
  'engine/reference-url',
  'an absolute http or https URL',
  (value) => /^https?:\/\/[^\s\p{Control}]+$/iu.test(value) && URL.canParse(value),
);

/** The value of a NUMBER reference, which is a text. */
export const referenceNumber = valueFormat(
  'NUMBER',
  'engine/reference-number',
  'a decimal number such as -12.50',
  (value) => /^-?\d+(\.\d+)?$/.test(value),
);

/** The value of a DATE reference. */
export const referenceDate = valueFormat(
  'DATE',
  'engine/reference-date',
  'seconds since the epoch, 1 to 12 digits',
  (value) => /^\d{1,12}$/.test(value),
);

/** The value of an EMAIL reference. */
export const referenceEmail = valueFormat(
  'EMAIL',
  'engine/reference-email',
  'one e-mail address, local@domain',
  (value) => /^[^\s@]+@[^\s@]+$/.test(value),
);

/** Returns whether a value has the format of a reference type; a type without a format accepts every text. */
export function hasFormat(type: string, value: string): boolean {
  const rule = VALUE_FORMATS.find((format) => format.type === type);
  return rule === undefined || rule.accepts(value);
}

interface ValueFormat extends Rule<References> {
  readonly type: string;
  readonly accepts: (value: string) => boolean;
}

const VALUE_FORMATS: readonly ValueFormat[] = [referenceUrl, referenceNumber, referenceDate, referenceEmail];

function valueFormat(
  type: string,
  id: `engine/${string}`,
  limit: string,
  accepts: (value: string) => boolean,
): ValueFormat {
  const rule = { id, limit, source: `Decision: the API states no format for the value of ${type} references` };
  const checkItem = (reference: Reference): readonly Finding[] =>
    reference.type !== type || accepts(reference.value)
      ? NO_FINDINGS
      : [{ path: ['value'], actual: excerpt(reference.value) }];
  return { ...eachItem<Reference>(rule, checkItem), type, accepts };
}

/**
 * Bounds the size of all references together. Decision: the engine counts names and values, because the service does
 * not state what it counts; before a real instance only values count.
 */
export const referencesBytes: Rule<References> = {
  ...bytesRule('names and values', ({ name, value }) => countBytes(name) + countBytes(value)),
  ofService: bytesRule('values', ({ value }) => countBytes(value)),
};

function isTooLong({ name, value }: Reference): boolean {
  const isLonger = (text: string, max: number) => text.length > max && countCharacters(text) > max;
  return isLonger(name, REFERENCE_NAME_LENGTH.max) || isLonger(value, REFERENCE_VALUE_LENGTH.max);
}

function bytesRule(what: string, bytesOf: (reference: Reference) => number): Rule<References> {
  return {
    id: 'api/references-bytes',
    limit: `at most ${REFERENCE_BYTES} UTF-8 bytes over all ${what} of references`,
    source: 'API_Reference of 2026: up to 4,096 UTF-8 bytes across all references',
    check(references) {
      // One whose own length is refused would exceed this bound too: it is reported once.
      if (references.length === 0 || references.some(isTooLong)) return NO_FINDINGS;
      const bytes = references.reduce((sum, reference) => sum + bytesOf(reference), 0);
      return bytes <= REFERENCE_BYTES ? NO_FINDINGS : finding(`${bytes} bytes`);
    },
  };
}

/**
 * The rules whose violation the API refuses with InvalidRequestException, before it looks for instance and flow. A
 * violation of another rule of a member is InvalidParameterException.
 */
export const REFUSED_REFERENCES: ReadonlySet<RuleId> = new Set(
  [referenceType, ...VALUE_FORMATS, referencesBytes].map(({ id }) => id),
);

/** All rules of a list of references. */
export const referencesRules: readonly Rule<References>[] = [
  referenceNameLength,
  referenceNameStorable,
  referenceNamesUnique,
  referenceType,
  referenceValueLength,
  referenceValueStorable,
  ...VALUE_FORMATS,
  referencesBytes,
];
