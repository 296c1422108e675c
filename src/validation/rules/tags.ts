import type { Tag } from '../../connect/contact.js';
import { CONTACT_TAGS, TAG_KEY_LENGTH, TAG_VALUE_LENGTH } from '../../connect/limits.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';
import { excerpt, plural } from '../text.js';
import { eachMember, eachRepeated, eachText } from './lists.js';
import { lengthRule, storableText } from './text.js';

/**
 * The exact pattern of the service model. Its `+-=` is a range, which also matches digits and , - . / : ; < = but neither a
 * space nor @.
 */
const TAG_KEY = /^(?!aws:)[a-zA-Z+-=._:/]+$/;

const tagKeyLength = lengthRule('api/tag-key-length', TAG_KEY_LENGTH, 'TagContact, Tags: key length 1 to 128');

const tagKeyPattern: Rule<string> = {
  id: 'api/tag-key-pattern',
  limit: 'letters, digits and + , - . / : ; < = _, not beginning with aws:',
  source: 'TagContact, Tags: key pattern ^(?!aws:)[a-zA-Z+-=._:/]+$',
  check: (key) => (key === '' || TAG_KEY.test(key) ? NO_FINDINGS : finding(excerpt(key))),
};

const tagCount: Rule<readonly unknown[]> = {
  id: 'api/tag-count',
  limit: `1 to ${CONTACT_TAGS} tags`,
  source: 'TagContact and UntagContact: 1 to 6 items',
  check: (tags) =>
    tags.length >= 1 && tags.length <= CONTACT_TAGS ? NO_FINDINGS : finding(plural(tags.length, 'tag')),
};

/** All rules of a list of tags. */
export const tagsRules: readonly Rule<readonly Tag[]>[] = [
  tagCount,
  eachMember<Tag>('key', tagKeyLength),
  eachMember<Tag>('key', tagKeyPattern),
  eachRepeated<Tag>('key', {
    id: 'gateway/tag-key-unique',
    limit: 'each key once',
    source: 'The API takes a map; a list with a repeated key would lose a value',
  }),
  eachMember<Tag>('value', lengthRule('api/tag-value-length', TAG_VALUE_LENGTH, 'TagContact, Tags: value at most 256')),
  eachMember<Tag>('value', storableText),
];

/** All rules of a list of tag keys. */
export const tagKeysRules: readonly Rule<readonly string[]>[] = [
  tagCount,
  eachText(tagKeyLength),
  eachText(tagKeyPattern),
];
