import { describe, expect, it } from '@jest/globals';
import { Intake } from '../../src/http/overload.js';

describe('Requests are let in', () => {
  it('up to the bound while all find room', () => {
    const intake = new Intake(8, () => 0);
    for (let underWay = 0; underWay < 8; underWay++) expect(intake.admits(underWay)).toBe(true);
    expect(intake.admits(8)).toBe(false);
  });

  it('up to a sixteenth of it while others are refused, and until half a second after the last of them', () => {
    let now = 0;
    const intake = new Intake(32, () => now);
    expect(intake.admits(32)).toBe(false);
    expect([0, 1, 2, 31].map((underWay) => intake.admits(underWay))).toEqual([true, true, false, false]);
    now = 499;
    expect(intake.admits(2)).toBe(false);
    now = 998;
    expect(intake.admits(2)).toBe(false);
    now = 1_498;
    expect(intake.admits(31)).toBe(true);
  });

  it('one at a time at least', () => {
    const intake = new Intake(1, () => 0);
    expect([1, 0].map((underWay) => intake.admits(underWay))).toEqual([false, true]);
  });
});
