import { describe, expect, it } from '@jest/globals';
import { familyOf, finding, check, NO_FINDINGS, type Rule, violation } from '../../src/validation/rule.js';

const even: Rule<number> = {
  id: 'engine/even/number',
  limit: 'an even number',
  source: 'a test',
  check: (value) => (value % 2 === 0 ? NO_FINDINGS : finding(String(value))),
};

describe('familyOf', () => {
  it('is what stands before the first slash', () => {
    expect(familyOf(even)).toBe('engine');
  });
});

describe('check', () => {
  it('finds nothing in a value that keeps the rule', () => {
    expect(check(even, 2, ['list', 0])).toEqual([]);
  });

  it('states a violationOf in full, at its path', () => {
    expect(check(even, 3, ['list', 0])).toEqual([
      {
        rule: 'engine/even/number',
        path: ['list', 0],
        limit: 'an even number',
        actual: '3',
        message: 'Expected an even number, but got 3.',
      },
    ]);
  });
});

describe('violation', () => {
  it('puts the path of the finding after that of the value', () => {
    expect(violation(even, ['list'], { path: [1, 'size'], actual: '3' }).path).toEqual(['list', 1, 'size']);
  });

  it('ends with the advice of the rule, where it has one', () => {
    const { message } = violation({ ...even, advice: 'Double it.' }, [], { path: [], actual: '3' });
    expect(message).toBe('Expected an even number, but got 3. Double it.');
  });
});
