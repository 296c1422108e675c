import { describe, expect, it } from '@jest/globals';
import { SEARCH_SIZES } from '../../src/connect/limits.js';
import {
  searchAttributesRules,
  searchListLength,
  searchSortField,
  searchStartBeforeEnd,
  searchTagsRules,
  searchTextLength,
} from '../../src/validation/rules/search.js';

describe('The rules of a search', () => {
  it('have fixed ids, limits and sources', () => {
    const all = [
      searchStartBeforeEnd,
      searchTextLength,
      searchListLength(SEARCH_SIZES.ids),
      searchSortField,
      ...searchAttributesRules,
      ...searchTagsRules,
    ];
    expect([...new Map(all.map(({ id, limit }) => [`${id}: ${limit}`, 0])).keys()]).toEqual([
      'api/search-start-before-end: a start before the end of the range, which holds its start and not its end',
      'api/search-text-length: at most 128 characters',
      'api/search-list-length: at most 100 in the list',
      'api/search-sort-field: INITIATED, SCHEDULED, CONNECTED_TO_AGENT or ENDED',
      'api/search-list-length: at most 15 in the list',
      'api/search-attribute-key-length: 1 to 100 characters',
      'api/search-attribute-value-length: 0 to 100 characters',
      'gateway/search-key-unique: each key once',
      'gateway/storable-text: text without U+0000 and without lone surrogates',
      'api/search-list-length: at most 50 in the list',
    ]);
    for (const { source } of all) expect(source).not.toBe('');
  });

  it('hold at their bounds', () => {
    expect(searchTextLength.check('𝄞'.repeat(128))).toEqual([]);
    expect(searchTextLength.check('x'.repeat(129))).toHaveLength(1);
    const list = searchListLength(2);
    expect([list.check([1, 2]), list.check([1, 2, 3])]).toMatchObject([[], [{ actual: '3' }]]);
    const range = (from: number, to: number) =>
      searchStartBeforeEnd.check({ from: new Date(from), to: new Date(to) }).length;
    expect([range(1, 2), range(1, 1), range(2, 1), range(Number.NaN, 1)]).toEqual([0, 1, 1, 1]);
  });
});
