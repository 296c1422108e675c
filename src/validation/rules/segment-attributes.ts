import type { Attribute } from '../../connect/contact.js';
import {
  SEGMENT_ATTRIBUTE_KEY_LENGTH,
  SEGMENT_ATTRIBUTE_VALUE_LENGTH,
  SEGMENT_ATTRIBUTES,
} from '../../connect/limits.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';
import { excerpt } from '../text.js';
import { eachMember, eachRepeated } from './lists.js';
import { lengthRule, storableText } from './text.js';

const KEY_ALPHABET = /^[A-Za-z0-9_-]*$/;

/** Bounds the length of each key. */
export const segmentAttributeKeyLength = eachMember<Attribute>(
  'key',
  lengthRule(
    'api/segment-attribute-key-length',
    SEGMENT_ATTRIBUTE_KEY_LENGTH,
    'Service model, SegmentAttributeName: 1 to 128',
  ),
);

/** Bounds the characters of each key. System-defined attributes, whose keys have a colon, have members of their own. */
export const segmentAttributeKeyAlphabet = eachMember<Attribute>('key', {
  id: 'api/segment-attribute-key-alphabet',
  limit: 'letters A to Z and a to z, digits, - and _',
  source: 'UpdateContact, SegmentAttributes: attribute keys can include only alphanumeric, -, and _',
  check: (key) => (KEY_ALPHABET.test(key) ? NO_FINDINGS : finding(excerpt(key))),
});

/** Bounds the length of each value. */
export const segmentAttributeValueLength = eachMember<Attribute>(
  'value',
  lengthRule(
    'api/segment-attribute-value-length',
    SEGMENT_ATTRIBUTE_VALUE_LENGTH,
    'Service model, SegmentAttributeValueString: 0 to 1024',
  ),
);

/** Refuses values that cannot be stored. Keys need no such rule, because their alphabet is narrower. */
export const segmentAttributeValueStorable = eachMember<Attribute>('value', storableText);

/** Refuses a repeated key, because the API takes a map and would lose one of the values silently. */
export const segmentAttributeKeysUnique = eachRepeated<Attribute>('key', {
  id: 'gateway/segment-attribute-key-unique',
  limit: 'each key once',
  source: 'The API takes a map; a list with a repeated key would lose a value',
});

/** Bounds the number of attributes of one contact. */
export const segmentAttributeCount: Rule<readonly Attribute[]> = {
  id: 'engine/segment-attribute-count',
  limit: `at most ${SEGMENT_ATTRIBUTES} segment attributes`,
  source: 'Decision: the service model states no number',
  check: ({ length }) => (length <= SEGMENT_ATTRIBUTES ? NO_FINDINGS : finding(`${length} segment attributes`)),
};

/** All rules of a list of segment attributes. */
export const segmentAttributesRules: readonly Rule<readonly Attribute[]>[] = [
  segmentAttributeKeyLength,
  segmentAttributeKeyAlphabet,
  segmentAttributeKeysUnique,
  segmentAttributeValueLength,
  segmentAttributeValueStorable,
  segmentAttributeCount,
];
