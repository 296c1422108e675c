import { describe, expect, it } from '@jest/globals';
import { SEARCH_SIZES } from '../../../src/connect/limits.js';
import type { Rule } from '../../../src/validation/rule.js';
import {
  searchAttributeKeyLength,
  searchAttributesRules,
  searchAttributeValueLength,
  searchListLength,
  searchSortField,
  searchStartBeforeEnd,
  searchTagsRules,
  searchTextLength,
} from '../../../src/validation/rules/search.js';
import { itTakesLengths } from '../../support/lengths.js';

/** The ids and limits of some rules, each pair once. */
const stated = (rules: readonly Pick<Rule<never>, 'id' | 'limit'>[]) => [
  ...new Set(rules.map(({ id, limit }) => `${id}: ${limit}`)),
];

describe('SearchContacts.TimeRange', () => {
  it('begins before it ends', () => {
    expect(searchStartBeforeEnd.id).toBe('api/search-start-before-end');
    const range = (from: number, to: number) =>
      searchStartBeforeEnd.check({ from: new Date(from), to: new Date(to) }).length;
    expect([range(1, 2), range(1, 1), range(2, 1), range(Number.NaN, 1)]).toEqual([0, 1, 1, 1]);
  });
});

describe('SearchContacts.SearchText', () => {
  it('has at most 128 characters', () => {
    expect(stated([searchTextLength])).toEqual(['api/search-text-length: at most 128 characters']);
    expect(searchTextLength.check('𝄞'.repeat(128))).toEqual([]);
    expect(searchTextLength.check('x'.repeat(129))).toHaveLength(1);
  });
});

describe('SearchContacts.SortCriteria', () => {
  it('refuses the one timestamp that contacts cannot be sorted by', () => {
    expect(stated([searchSortField])).toEqual([
      'api/search-sort-field: INITIATED, SCHEDULED, CONNECTED_TO_AGENT, ENDED or EXPIRES',
    ]);
    expect(searchSortField.check('ENQUEUED')).toEqual([{ path: [], actual: 'ENQUEUED' }]);
    expect(searchSortField.check('ENDED')).toEqual([]);
  });
});

describe('A list of a search', () => {
  it('has at most as many items as its limit states', () => {
    const list = searchListLength(2);
    expect([list.check([1, 2]), list.check([1, 2, 3])]).toMatchObject([[], [{ actual: '3' }]]);
    expect(stated([searchListLength(SEARCH_SIZES.ids)])).toEqual(['api/search-list-length: at most 100 in the list']);
  });
});

describe('SearchContacts.SearchableContactAttributes', () => {
  it('satisfies the rules of the list, of its keys and of its values', () => {
    expect(stated(searchAttributesRules)).toEqual([
      'api/search-list-length: at most 15 in the list',
      'api/search-attribute-key-length: 1 to 100 characters',
      'api/search-attribute-value-length: 0 to 100 characters',
      'gateway/search-key-unique: each key once',
      'gateway/storable-text: text without U+0000 and without lone surrogates',
    ]);
  });

  describe('Key', () => {
    it('names its own rule', () => {
      expect(searchAttributeKeyLength.id).toBe('api/search-attribute-key-length');
    });

    itTakesLengths(searchAttributeKeyLength, 1, 100);
  });

  describe('Values', () => {
    itTakesLengths(searchAttributeValueLength, 0, 100);
  });
});

describe('SearchContacts.ContactTags', () => {
  it('satisfies the rules of the list and of its pairs', () => {
    expect(stated(searchTagsRules)).toEqual([
      'api/search-list-length: at most 50 in the list',
      'gateway/search-key-unique: each key once',
      'gateway/storable-text: text without U+0000 and without lone surrogates',
    ]);
  });
});
