import { describe, expect, it } from '@jest/globals';
import { Admission } from '../../src/http/admission.js';

describe('Requests are let in', () => {
  it('up to the bound while all find room', () => {
    const admission = new Admission(8, () => 0);
    for (let underWay = 0; underWay < 8; underWay++) expect(admission.admits(underWay)).toBe(true);
    expect(admission.admits(8)).toBe(false);
  });

  it('up to a quarter of it while others are refused, and until half a second after the last of them', () => {
    let now = 0;
    const admission = new Admission(8, () => now);
    expect(admission.admits(8)).toBe(false);
    expect([0, 1, 2, 7].map((underWay) => admission.admits(underWay))).toEqual([true, true, false, false]);
    now = 499;
    expect(admission.admits(2)).toBe(false);
    now = 998;
    expect(admission.admits(2)).toBe(false);
    now = 1_498;
    expect(admission.admits(7)).toBe(true);
  });

  it('one at a time at least', () => {
    const admission = new Admission(1, () => 0);
    expect([1, 0].map((underWay) => admission.admits(underWay))).toEqual([false, true]);
  });
});
