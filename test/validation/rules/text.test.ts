import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unstorable } from '../../../src/util/storable-text.js';
import { lengthRule, storableText } from '../../../src/validation/rules/text.js';
import { flawedText, text } from '../../support/arbitraries.js';
import { itTakesLengths } from '../../support/lengths.js';

describe('lengthRule, 3 to 5 characters', () => {
  const rule = lengthRule('api/sample', { min: 3, max: 5 }, 'a test');

  it('agrees with a plain count of code points', () => {
    fc.assert(
      fc.property(text(0, 8), (value) => {
        const { length } = [...value];
        expect(rule.check(value)).toEqual(
          length >= 3 && length <= 5
            ? []
            : [{ path: [], actual: length === 1 ? '1 character' : `${length} characters` }],
        );
      }),
      { numRuns: 500 },
    );
  });

  it('refuses two astral characters, four UTF-16 units', () => {
    expect(rule.check('𝄞𝄞')).toEqual([{ path: [], actual: '2 characters' }]);
  });
});

describe('lengthRule, 0 to 1 characters', () => {
  itTakesLengths(lengthRule('api/sample', { min: 0, max: 1 }, 'a test'), 0, 1);
});

describe('storableText', () => {
  it('takes every text of Unicode scalar values other than U+0000', () => {
    fc.assert(fc.property(text(0, 200), (value) => storableText.check(value).length === 0));
  });

  it('refuses U+0000 and lone surrogates at any place', () => {
    fc.assert(fc.property(flawedText, (value) => storableText.check(value).length === 1));
  });

  it.each([
    ['\0', 'U+0000 at index 0'],
    ['task\0', 'U+0000 at index 4'],
    ['\ud834', 'a lone surrogate at index 0'],
    ['task\udd1e', 'a lone surrogate at index 4'],
    ['𝄞\udd1e\ud834', 'a lone surrogate at index 2'],
    ['\udd1e\0', 'U+0000 at index 1'],
  ])('says what is wrong with %j', (value, actual) => {
    expect(storableText.check(value)).toEqual([{ path: [], actual }]);
    expect(unstorable(value)).toBe(actual);
  });

  it('finds nothing wrong with an empty text', () => {
    expect(unstorable('')).toBeUndefined();
  });
});
