import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assignmentType,
  descriptionLength,
  expiryMinutesRange,
  nameLength,
} from '../../../src/validation/rules/task.js';
import { check } from '../../../src/validation/rule.js';
import { itTakesLengths } from '../../support/lengths.js';

describe('StartTaskContact.Name', () => {
  itTakesLengths(nameLength, 0, 512);
});

describe('StartTaskContact.Description', () => {
  itTakesLengths(descriptionLength, 0, 4096);
});

describe('The assignment type of a task', () => {
  it('accepts SELF', () => {
    expect(assignmentType.check('SELF')).toEqual([]);
  });

  it.each(['', 'self', 'OTHER'])('is refused as %j', (text) => {
    expect(check(assignmentType, text, ['assignmentType'])).toMatchObject([
      { rule: 'api/assignment-type', path: ['assignmentType'], actual: JSON.stringify(text) },
    ]);
  });
});

describe('The expiry of a task', () => {
  it.each([1, 10_080, 129_600])('accepts %d minutes', (minutes) => {
    expect(expiryMinutesRange.check(minutes)).toEqual([]);
  });

  it.each([
    [0, '0 minutes'],
    [-1, '-1 minutes'],
    [129_601, '129601 minutes'],
    [1.5, '1.5 minutes'],
    [Number.NaN, 'NaN minutes'],
    [Number.POSITIVE_INFINITY, 'Infinity minutes'],
  ])('is refused at %d minutes', (minutes, actual) => {
    expect(expiryMinutesRange.check(minutes)).toEqual([{ path: [], actual }]);
  });

  it('accepts any whole number of minutes from 1 to 129600', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 129_600 }), (minutes) => expiryMinutesRange.check(minutes).length === 0),
    );
  });

  it('is refused at every other number', () => {
    const other = fc.oneof(
      fc.integer({ max: 0 }),
      fc.integer({ min: 129_601 }),
      fc.double({ min: 1, max: 129_600 }).filter((minutes) => !Number.isInteger(minutes)),
    );
    fc.assert(fc.property(other, (minutes) => expiryMinutesRange.check(minutes).length === 1));
  });
});
