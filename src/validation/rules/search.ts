import {
  DAY_MS,
  SEARCH_WEEKS,
  SEARCH_ATTRIBUTE_KEY_LENGTH,
  SEARCH_ATTRIBUTE_VALUE_LENGTH,
  SEARCH_SIZES,
} from '../../connect/limits.js';
import type { RuleFacts } from '../../connect/violation.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';
import { countCharacters } from '../text.js';
import { eachMember, eachRepeated } from './lists.js';
import { lengthRule, storableText } from './text.js';

/**
 * Requires a time range to start before it ends. A range includes its start and excludes its end (Decision: the reference does
 * not state it), so that consecutive ranges find each contact once.
 */
export const searchStartBeforeEnd: Rule<{ readonly from: Date; readonly to: Date }> = {
  id: 'api/search-start-before-end',
  limit: 'a start before the end of the range, which holds its start and not its end',
  source: 'SearchContacts, TimeRange: StartTime before EndTime',
  check: ({ from, to }) => (from.getTime() < to.getTime() ? NO_FINDINGS : finding('a start at or after its end')),
};

const WEEK_MS = 7 * DAY_MS;

/** Bounds the length of a time range. Decision: only with CONNECT_STRICT, because the API does not state the limit. */
export const searchRangeLength: Rule<{ readonly from: Date; readonly to: Date }> = {
  id: 'engine/search-range-length',
  limit: `a range of at most ${SEARCH_WEEKS} weeks`,
  source: 'Administrator guide, search for contacts: 8 weeks in the console. Decision: holds only with CONNECT_STRICT',
  strictOnly: true,
  check({ from, to }) {
    const ms = to.getTime() - from.getTime();
    return ms <= SEARCH_WEEKS * WEEK_MS ? NO_FINDINGS : finding(`a range of ${(ms / DAY_MS).toFixed(1)} days`);
  },
};

const { ids, texts, attributes, attributeValues, tags } = SEARCH_SIZES;

/** The lists of a search are bounded. {@link searchListLength} states the bound of one list in its limit. */
export const searchListLengths: RuleFacts = {
  id: 'api/search-list-length',
  limit: `at most ${ids} ids, ${texts} texts, ${attributes} attributes of ${attributeValues} values each, ${tags} tags`,
  source: 'Service model, SearchCriteria',
};

/** Makes the rule of a list of a search that may have `max` items. */
export function searchListLength(max: number): Rule<readonly unknown[]> {
  return {
    ...searchListLengths,
    limit: `at most ${max} in the list`,
    check: (list) => (list.length <= max ? NO_FINDINGS : finding(`${list.length}`)),
  };
}

/** Bounds a text to search names by. */
export const searchTextLength: Rule<string> = {
  id: 'api/search-text-length',
  limit: `at most ${SEARCH_SIZES.textLength} characters`,
  source: 'Service model, SearchText',
  check(text) {
    const characters = countCharacters(text);
    return characters <= SEARCH_SIZES.textLength ? NO_FINDINGS : finding(`${characters} characters`);
  },
};

/** Bounds the key of an attribute to search by. */
export const searchAttributeKeyLength = lengthRule(
  'api/search-attribute-key-length',
  SEARCH_ATTRIBUTE_KEY_LENGTH,
  'Service model, SearchableContactAttributeKey: 1 to 100',
);

/** Bounds the value of an attribute to search by. */
export const searchAttributeValueLength = lengthRule(
  'api/search-attribute-value-length',
  SEARCH_ATTRIBUTE_VALUE_LENGTH,
  'Service model, SearchableContactAttributeValue: 0 to 100',
);

/** Refuses the timestamp that a search can filter by but not sort by. */
export const searchSortField: Rule<string> = {
  id: 'api/search-sort-field',
  limit: 'INITIATED, SCHEDULED, CONNECTED_TO_AGENT, ENDED or EXPIRES',
  source: 'Service model, SortableFieldName: it has no ENQUEUE_TIMESTAMP',
  check: (field) => (field === 'ENQUEUED' ? finding(field) : NO_FINDINGS),
};

interface Pair {
  readonly key: string;
  readonly value: string;
}

const pairsUnique = eachRepeated<Pair>('key', {
  id: 'gateway/search-key-unique',
  limit: 'each key once',
  source: 'Decision: a contact must have all listed pairs, and has each key once',
});

const pairsStorable = [eachMember<Pair>('key', storableText), eachMember<Pair>('value', storableText)];

/** All rules of the attributes in a search. */
export const searchAttributesRules: readonly Rule<readonly Pair[]>[] = [
  searchListLength(SEARCH_SIZES.attributes),
  eachMember<Pair>('key', searchAttributeKeyLength),
  eachMember<Pair>('value', searchAttributeValueLength),
  pairsUnique,
  ...pairsStorable,
];

/** All rules of the tags in a search. */
export const searchTagsRules: readonly Rule<readonly Pair[]>[] = [
  searchListLength(SEARCH_SIZES.tags),
  pairsUnique,
  ...pairsStorable,
];
