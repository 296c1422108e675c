import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { check } from '../../../src/validation/rule.js';
import { queuePriorityRange, queueTimeAdjustmentRange } from '../../../src/validation/rules/routing.js';

const LARGEST = 9_223_372_036_854_775_807n;

describe('The priority of a task in its queue', () => {
  it('accepts the digits of every number from 1 to 9,223,372,036,854,775,807', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: LARGEST }), (priority) => {
        expect(queuePriorityRange.check(String(priority))).toEqual([]);
      }),
    );
    for (const priority of [1n, LARGEST]) expect(queuePriorityRange.check(String(priority))).toEqual([]);
  });

  it('is refused outside of that range', () => {
    fc.assert(
      fc.property(fc.oneof(fc.bigInt({ max: 0n }), fc.bigInt({ min: LARGEST + 1n })), (priority) => {
        expect(check(queuePriorityRange, String(priority), ['queuePriority'])).toMatchObject([
          { rule: 'api/queue-priority-range', path: ['queuePriority'] },
        ]);
      }),
    );
  });

  it.each(['', '01', '+1', '1.0', '1e3', '0x1', ' 1', '\u0661'])('is refused as %j', (text) => {
    expect(check(queuePriorityRange, text, [])).toMatchObject([{ actual: JSON.stringify(text) }]);
  });
});

describe('The time adjustment of a task in its queue', () => {
  it('accepts every integer of 32 bits', () => {
    fc.assert(
      fc.property(fc.integer(), (seconds) => {
        expect(queueTimeAdjustmentRange.check(seconds)).toEqual([]);
      }),
    );
  });

  it.each([
    [2_147_483_648, '2147483648 seconds'],
    [-2_147_483_649, '-2147483649 seconds'],
    [1.5, '1.5 seconds'],
  ])('is refused as %d', (seconds, actual) => {
    expect(check(queueTimeAdjustmentRange, seconds, ['queueTimeAdjustmentSeconds'])).toMatchObject([
      { rule: 'api/queue-time-adjustment-range', path: ['queueTimeAdjustmentSeconds'], actual },
    ]);
  });
});
