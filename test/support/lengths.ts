import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Rule } from '../../src/validation/rule.js';
import { text } from './arbitraries.js';

/** States what a length rule of a member of StartTaskContact takes and refuses. */
export function itTakesLengths(rule: Rule<string>, min: number, max: number): void {
  it(`takes ${max} characters and refuses ${max + 1}`, () => {
    fc.assert(
      fc.property(text(max), text(1), (longest, one) => {
        expect(rule.check(longest)).toEqual([]);
        expect(rule.check(longest + one)).toEqual([{ path: [], actual: `${max + 1} characters` }]);
      }),
    );
  });

  it(`counts an astral character once: ${max} of them pass`, () => {
    expect(rule.check('𝄞'.repeat(max))).toEqual([]);
    expect(rule.check('𝄞'.repeat(max + 1))).toEqual([{ path: [], actual: `${max + 1} characters` }]);
  });

  it('counts a combining mark as a character of its own', () => {
    expect(rule.check(`${'x'.repeat(max - 1)}\u0301`)).toEqual([]);
    expect(rule.check(`${'x'.repeat(max)}\u0301`)).toEqual([{ path: [], actual: `${max + 1} characters` }]);
  });

  it(`takes every length from ${min} to ${max}`, () => {
    fc.assert(fc.property(text(min, max), (value) => rule.check(value).length === 0));
  });

  it(`reports how long a longer text is`, () => {
    fc.assert(
      fc.property(text(max + 1, 2 * max + 2), (value) => {
        expect(rule.check(value)).toEqual([{ path: [], actual: `${[...value].length} characters` }]);
      }),
    );
  });

  it(min === 0 ? 'takes an empty text' : 'refuses an empty text', () => {
    expect(rule.check('')).toEqual(min === 0 ? [] : [{ path: [], actual: '0 characters' }]);
  });

  it('names the bounds', () => {
    expect(rule.limit).toBe(`${min} to ${max} characters`);
  });
}
