import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/policies/clock.js';

const HOUR = 3_600_000;
const { now: wallClock } = Date;

/** Sets the wall clock of this process by some milliseconds. */
function setWallClock(by: number): void {
  Date.now = () => wallClock() + by;
}

describe('The clock of the policies', () => {
  afterEach(() => {
    Date.now = wallClock;
  });

  it.each([-HOUR, HOUR])('does not follow the wall clock when that is set by %s ms', (by) => {
    const before = systemClock.now();
    setWallClock(by);
    const after = systemClock.now();
    expect(after).toBeGreaterThanOrEqual(before);
    expect(after - before).toBeLessThan(HOUR / 2);
  });

  it('runs an action at its instant, whatever the wall clock says', async () => {
    setWallClock(-HOUR);
    const instant = systemClock.now() + 5;
    await new Promise<void>((resolve) => systemClock.at(instant, resolve));
    expect(systemClock.now()).toBeGreaterThanOrEqual(instant - 1);
  });

  it('runs nothing after it was cancelled', async () => {
    const ran: string[] = [];
    const cancel = systemClock.at(systemClock.now(), () => ran.push('cancelled'));
    cancel();
    await new Promise<void>((resolve) => systemClock.at(systemClock.now() + 2, resolve));
    expect(ran).toEqual([]);
  });

  it('counts whole milliseconds', () => {
    expect(Number.isInteger(systemClock.now())).toBe(true);
  });
});
