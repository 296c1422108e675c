import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Places } from '../../src/http/places.js';

/** Places by a clock that the test moves. */
function placesOf(max: number, isBusy = () => false) {
  const clock = { now: 0 };
  return { clock, places: new Places({ max, isBusy, now: () => clock.now }) };
}

/** Takes places for a caller until it is refused. @returns how many there were */
function takeAll(places: Places, caller: string): number {
  let taken = 0;
  while (places.take(caller) === undefined) taken += 1;
  return taken;
}

function leaveAll(places: Places, caller: string, count: number): void {
  for (let left = 0; left < count; left += 1) places.leave(caller);
}

describe('The places of all callers', () => {
  it('are as many as the bound', () => {
    const { places } = placesOf(8);
    for (let count = 0; count < 8; count += 1) expect(places.take(`caller ${count}`)).toBeUndefined();
    expect(places.count).toBe(8);
    expect(places.take('one more')).toBe(places.whole);
  });

  it('are one at least', () => {
    const { places } = placesOf(1);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(takeAll(places, 'caller')).toBe(1);
      places.leave('caller');
    }
  });
});

describe("A caller's share of the places", () => {
  it('is three quarters of all, and another caller is served', () => {
    const { places } = placesOf(512);
    expect(takeAll(places, 'greedy')).toBe(384);
    for (let attempt = 0; attempt < 15; attempt += 1) {
      expect(places.take('greedy')).toBeDefined();
      expect(places.take('modest')).toBeUndefined();
      places.leave('modest');
    }
  });

  it('leaves room for one more caller, however many came before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 1_000 }), fc.integer({ min: 1, max: 3 }), (max, callers) => {
        const { places } = placesOf(max);
        for (let caller = 0; caller < callers; caller += 1) takeAll(places, `greedy ${caller}`);
        expect(places.take('modest')).toBeUndefined();
      }),
    );
  });

  it('is lowered by its own overload alone, and whole again a second later', () => {
    const { clock, places } = placesOf(128);
    leaveAll(places, 'greedy', takeAll(places, 'greedy'));
    clock.now = 10;
    const lowered = takeAll(places, 'greedy');
    expect(lowered).toBe(6);
    expect(takeAll(places, 'other')).toBeGreaterThan(64);
    leaveAll(places, 'greedy', lowered);
    const { places: rested, clock: later } = placesOf(128);
    leaveAll(rested, 'greedy', takeAll(rested, 'greedy'));
    later.now = 1_000;
    expect(takeAll(rested, 'greedy')).toBe(96);
  });

  it('stays lowered while the process has no time left and more requests of it come', () => {
    const { clock, places } = placesOf(128, () => true);
    leaveAll(places, 'greedy', takeAll(places, 'greedy'));
    for (; clock.now < 10_000; clock.now += 10) {
      const taken = takeAll(places, 'greedy');
      expect(taken).toBe(6);
      for (let attempt = 0; attempt < 5; attempt += 1) expect(places.take('greedy')).toBeDefined();
      leaveAll(places, 'greedy', taken);
    }
  });

  it('is looked at only where it matters', () => {
    const { places } = placesOf(128);
    const unknown = () => {
      throw new Error('The caller was asked for');
    };
    for (let count = 0; count < 96; count += 1) {
      expect(places.refusal(unknown)).toBeUndefined();
      places.take('caller');
    }
    expect(places.refusal(() => 'caller')).toBeDefined();
    expect(places.refusal(() => undefined)).toBeUndefined();
  });
});
