import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Intake } from '../../src/http/intake.js';

/** An intake by a clock that the test moves. */
function intakeOf(max: number, isBusy = () => false) {
  const clock = { now: 0 };
  return { clock, intake: new Intake({ max, isBusy, now: () => clock.now }) };
}

describe('Requests are let in', () => {
  it('up to the bound while all find room', () => {
    const { intake } = intakeOf(8);
    for (let underWay = 0; underWay < 8; underWay++) expect(intake.admits(underWay)).toBe(true);
    expect(intake.admits(8)).toBe(false);
  });

  it('up to a sixteenth of it after the whole of it was taken, then twice as many every tenth of a second', () => {
    const { clock, intake } = intakeOf(32);
    expect(intake.admits(32)).toBe(false);
    const limits = [0, 299, 300, 399, 400, 500, 600, 2_000].map((now) => {
      clock.now = now;
      let underWay = 0;
      while (underWay < 32 && intake.admits(underWay)) underWay++;
      return underWay;
    });
    expect(limits).toEqual([2, 2, 4, 4, 8, 16, 32, 32]);
  });

  it('admits fewer requests while more come than there are places and the process has no time left', () => {
    let isBusy = true;
    const { clock, intake } = intakeOf(32, () => isBusy);
    expect(intake.admits(32)).toBe(false);
    for (; clock.now < 10_000; clock.now += 10) {
      expect(intake.admits(1)).toBe(true);
      for (let one = 0; one < 5; one++) expect(intake.admits(2)).toBe(false);
    }
    isBusy = false;
    expect(intake.admits(2)).toBe(true);
  });

  it('admits at least one at a time', () => {
    const { intake } = intakeOf(1);
    expect([1, 0].map((underWay) => intake.admits(underWay))).toEqual([false, true]);
  });
});

describe('A refused client', () => {
  it('gets a Retry-After of a second, and a later one the more were refused with it', () => {
    const { intake } = intakeOf(16);
    const reported = Array.from({ length: 40 }, () => {
      intake.admits(16);
      return intake.retryAfterSeconds();
    });
    expect(reported.slice(0, 3)).toEqual([1, 1, 1]);
    expect(new Set(reported)).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  it('learns whole seconds from 1 to 5', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2_000), fc.nat(64)), { maxLength: 200 }),
        fc.integer({ min: 1, max: 64 }),
        (steps, max) => {
          const { clock, intake } = intakeOf(max);
          for (const [ms, underWay] of steps) {
            clock.now += ms;
            if (intake.admits(Math.min(underWay, max))) continue;
            const seconds = intake.retryAfterSeconds();
            expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 5).toBe(true);
          }
        },
      ),
    );
  });
});

/** One client of the simulation: when it acts next, and how. */
interface Event {
  readonly at: number;
  readonly run: () => void;
}

/** Runs events in the order of their time, up to an instant. */
class Simulation {
  now = 0;
  readonly #events: Event[] = [];
  /** When each request that was served began. */
  readonly served: number[] = [];
  readonly latencies: { readonly at: number; readonly ms: number }[] = [];

  after(ms: number, run: () => void): void {
    const event = { at: this.now + ms, run };
    const index = this.#events.findLastIndex(({ at }) => at <= event.at);
    this.#events.splice(index + 1, 0, event);
  }

  until(end: number): void {
    while (this.#events[0] !== undefined && this.#events[0].at <= end) {
      const event = this.#events.shift() as Event;
      this.now = event.at;
      event.run();
    }
    this.now = end;
  }

  ratePerSecond(from: number, to: number): number {
    return (this.served.filter((at) => at >= from && at < to).length * 1_000) / (to - from);
  }
}

describe('A spike of requests before a slow service', () => {
  it.each([1, 2, 3])('is over within three seconds: 100 steady clients are served as before it (%i)', (seed) => {
    const world = new Simulation();
    const intake = new Intake({ max: 512, isBusy: () => false, now: () => world.now });
    let [underWay, state] = [0, seed];
    // A generator of our own, so that a failure can be repeated.
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const request = (answered: () => void, refused: () => void) => {
      if (!intake.admits(underWay)) {
        refused();
        return;
      }
      underWay++;
      world.served.push(world.now);
      world.after(800, () => {
        underWay--;
        answered();
      });
    };
    const steady = () =>
      request(
        () => world.after(1, steady),
        () => world.after(intake.retryAfterSeconds() * 1_000 - 500 + random() * 1_000, steady),
      );
    for (let client = 0; client < 100; client++) world.after(random() * 800, steady);
    world.until(10_000);
    const before = world.ratePerSecond(5_000, 10_000);
    expect(before).toBeGreaterThan(115);
    for (let burst = 0; burst < 600; burst++)
      request(
        () => {},
        () => intake.retryAfterSeconds(),
      );
    world.until(20_000);
    expect(world.ratePerSecond(13_000, 14_000)).toBeGreaterThan(before * 0.97);
    expect(world.ratePerSecond(13_000, 20_000)).toBeGreaterThan(before * 0.97);
  });
});

describe('Three times as many requests as the process can serve', () => {
  it('leave those that are admitted a short wait for as long as it lasts', () => {
    const world = new Simulation();
    const SERVICE_MS = 0.5;
    let [underWay, freeAt] = [0, 0];
    const intake = new Intake({ max: 512, isBusy: () => freeAt >= world.now, now: () => world.now });
    const arrive = () => {
      if (intake.admits(underWay)) {
        underWay++;
        const { now } = world;
        freeAt = Math.max(freeAt, now) + SERVICE_MS;
        world.after(freeAt - now, () => {
          underWay--;
          world.served.push(now);
          world.latencies.push({ at: now, ms: world.now - now });
        });
      }
      if (world.now < 10_000) world.after(SERVICE_MS / 3, arrive);
    };
    arrive();
    world.until(11_000);
    expect(world.ratePerSecond(1_000, 10_000)).toBeGreaterThan(1_900);
    const late = world.latencies.filter(({ at, ms }) => at > 1_000 && ms > 33 * SERVICE_MS);
    expect(late.length).toBeLessThan(world.latencies.length / 100);
  });
});
