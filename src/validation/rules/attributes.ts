import type { Attribute } from '../../connect/contact.js';
import { ATTRIBUTE_BYTES, ATTRIBUTE_KEY_LENGTH, ATTRIBUTE_VALUE_LENGTH } from '../../connect/limits.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';
import { countBytes, excerpt } from '../text.js';
import { eachMember, eachRepeated } from './lists.js';
import { lengthRule, storableText } from './text.js';

type Attributes = readonly Attribute[];

const KEY_ALPHABET = /^[A-Za-z0-9_-]*$/;

/** Bounds the length of each key. */
export const attributeKeyLength = eachMember<Attribute>(
  'key',
  lengthRule('api/attribute-key-length', ATTRIBUTE_KEY_LENGTH, 'StartTaskContact, Attributes: key length 1 to 32767'),
);

/** Bounds the characters of each key. "Alphanumeric" is read as ASCII. */
export const attributeKeyAlphabet = eachMember<Attribute>('key', {
  id: 'api/attribute-key-alphabet',
  limit: 'letters A to Z and a to z, digits, - and _',
  source: 'StartTaskContact, Attributes: keys can include only alphanumeric, dash, and underscore characters',
  check: (key) => (KEY_ALPHABET.test(key) ? NO_FINDINGS : finding(excerpt(key))),
});

/** Bounds the length of each value. */
export const attributeValueLength = eachMember<Attribute>(
  'value',
  lengthRule(
    'api/attribute-value-length',
    ATTRIBUTE_VALUE_LENGTH,
    'StartTaskContact, Attributes: value length 0 to 32767',
  ),
);

/** Refuses values that cannot be stored. Keys need no such rule, because their alphabet is narrower. */
export const attributeValueStorable = eachMember<Attribute>('value', storableText);

/** Refuses a repeated key, because the API takes a map and would lose one of the values silently. */
export const attributeKeysUnique = eachRepeated<Attribute>('key', {
  id: 'gateway/attribute-key-unique',
  limit: 'each key once',
  source: 'The API takes a map; a list with a repeated key would lose a value',
});

/** Bounds the size of all keys and values together. */
export const attributesBytes: Rule<Attributes> = {
  id: 'api/attributes-bytes',
  limit: `at most ${ATTRIBUTE_BYTES} UTF-8 bytes over all keys and values`,
  source: 'StartTaskContact, Attributes: up to 32,768 UTF-8 bytes across all key-value pairs per contact',
  check(attributes) {
    const bytes = attributeBytes(attributes);
    return bytes <= ATTRIBUTE_BYTES ? NO_FINDINGS : finding(`${bytes} bytes`);
  },
};

/** Counts the UTF-8 bytes of all keys and values. */
export function attributeBytes(attributes: Iterable<Attribute>): number {
  let bytes = 0;
  for (const { key, value } of attributes) bytes += countBytes(key) + countBytes(value);
  return bytes;
}

/** All rules of a list of attributes. */
export const attributesRules: readonly Rule<Attributes>[] = [
  attributeKeyLength,
  attributeKeyAlphabet,
  attributeKeysUnique,
  attributeValueLength,
  attributeValueStorable,
  attributesBytes,
];
