import { describe, expect, it } from '@jest/globals';
import { sendAsItIs } from '../../../src/connect/api-call.js';
import {
  type ConnectFault,
  InternalServiceError,
  InvalidParameterError,
  ThrottlingError,
  UnavailableError,
} from '../../../src/connect/errors.js';
import { Breakers } from '../../../src/policies/around-call/breaker.js';
import { stacked } from '../../../src/policies/around-call/call-policy.js';
import { refusal } from '../../support/engine.js';
import { Gate } from '../../support/gate.js';
import { ManualClock } from '../../support/manual-clock.js';
import { apiCall, creation } from '../../support/policies.js';

/** A circuit before something that fails, or does not. */
function openBreakers() {
  const clock = new ManualClock();
  const states: string[] = [];
  const turnedAway: string[] = [];
  const breakers = new Breakers({
    clock,
    events: { onBreaker: ({ group, state }) => states.push(`${group} ${state}`) },
    onOpen: (group) => turnedAway.push(group),
  });
  const call = stacked([breakers.gate, breakers.guard], sendAsItIs);
  const fail = async (fault: ConnectFault, times = 1) => {
    for (let each = 0; each < times; each++) await refusal(call(apiCall(), () => Promise.reject(fault)));
  };
  return { clock, states, turnedAway, call, fail };
}

const down = new UnavailableError();

describe('A circuit', () => {
  it('opens after ten failures in a row, and answers with the time to come back without a call', async () => {
    const { clock, states, turnedAway, call, fail } = openBreakers();
    await fail(down, 9);
    await call(apiCall(), async () => 'up');
    await fail(new InternalServiceError(), 9);
    expect(states).toEqual([]);
    await fail(down);
    expect([states, turnedAway]).toEqual([['CONTACTS OPEN'], ['CONTACTS']]);
    await clock.advance(400);
    let calls = 0;
    const refused = await refusal(call(apiCall(), async () => calls++));
    expect([refused, calls]).toMatchObject([{ code: 'Unavailable', retryAfterMs: 600 }, 0]);
    // Another group has a circuit of its own.
    expect(await call(creation(), async () => 'made')).toBe('made');
  });

  it('is not opened by throttling, by what callers do wrong, by a wrong set-up, nor by callers who leave', async () => {
    const { states, call, fail } = openBreakers();
    for (const fault of [
      new ThrottlingError(),
      new InvalidParameterError([]),
      new InternalServiceError({ passing: false }),
    ]) {
      await fail(fault, 20);
    }
    for (let each = 0; each < 20; each++) {
      const signal = AbortSignal.abort();
      await refusal(
        call(apiCall({ options: { signal } }), (given) => Promise.reject(given?.reason)).catch(() =>
          Promise.reject(down),
        ),
      );
    }
    expect(states).toEqual([]);
  });

  it('lets one call probe when it is due, and closes when that succeeds', async () => {
    const { clock, states, call, fail } = openBreakers();
    await fail(down, 10);
    await clock.advance(1_000);
    const answer = new Gate();
    const caller = new AbortController();
    let given: AbortSignal | undefined;
    const probe = call(apiCall({ options: { signal: caller.signal } }), async (signal) => {
      given = signal;
      await answer.opened;
      return 'up';
    });
    // While it is under way, the others get the time to come back; and its caller cannot cancel it.
    expect(await refusal(call(apiCall(), async () => 'up'))).toMatchObject({ retryAfterMs: 1_000 });
    expect(given).toBeUndefined();
    answer.open();
    expect(await probe).toBe('up');
    expect(await call(apiCall(), async () => 'up')).toBe('up');
    expect(states).toEqual(['CONTACTS OPEN', 'CONTACTS HALF_OPEN', 'CONTACTS CLOSED']);
  });

  it('stays open twice as long after each probe that fails, and 4 s at most', async () => {
    const { clock, call, fail } = openBreakers();
    await fail(down, 10);
    const waits = [];
    for (let each = 0; each < 4; each++) {
      const fault = await refusal(call(apiCall(), async () => 'up'));
      const { retryAfterMs = 0 } = fault as UnavailableError;
      waits.push(retryAfterMs);
      await clock.advance(retryAfterMs);
      await fail(down);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 4_000]);
  });

  it('is not opened by calls that hang, where others that were sent later succeed', async () => {
    const { states, call, fail } = openBreakers();
    const end = new Gate();
    const hung = Array.from({ length: 20 }, () => {
      const made = refusal(call(apiCall(), () => end.opened.then(() => Promise.reject(down))));
      return { made, later: call(apiCall(), async () => 'up') };
    });
    await Promise.all(hung.map(({ later }) => later));
    end.open();
    await Promise.all(hung.map(({ made }) => made));
    await fail(down, 9);
    expect(states).toEqual([]);
    await fail(down);
    expect(states).toEqual(['CONTACTS OPEN']);
  });

  it('does not count calls from before against a service that has recovered', async () => {
    const { clock, states, call, fail } = openBreakers();
    const end = new Gate();
    const old = refusal(call(apiCall(), () => end.opened.then(() => Promise.reject(down))));
    await fail(down, 10);
    await clock.advance(1_000);
    await call(apiCall(), async () => 'up');
    await fail(down, 9);
    end.open();
    await old;
    expect(states.at(-1)).toBe('CONTACTS CLOSED');
  });
});
