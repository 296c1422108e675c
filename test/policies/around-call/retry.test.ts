import { describe, expect, it } from '@jest/globals';
import {
  type ConnectFault,
  IdempotencyConflictError,
  IllegalStateError,
  InternalServiceError,
  InvalidParameterError,
  OutcomeUnknownError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ThrottlingError,
  UnavailableError,
} from '../../../src/connect/errors.js';
import type { ApiCall } from '../../../src/connect/api-call.js';
import { sendAsItIs } from '../../../src/connect/api-call.js';
import type { PolicyEvents } from '../../../src/policies/events.js';
import { refused } from '../../../src/policies/around-call/call-policy.js';
import { retries } from '../../../src/policies/around-call/retry.js';
import { NOW, refusal } from '../../support/engine.js';
import { ManualClock } from '../../support/manual-clock.js';
import { apiCall, creation, scripted } from '../../support/policies.js';

const failed = () => new InternalServiceError();
const lost = () => new OutcomeUnknownError('token');

/** Makes a call that meets what the script says, until it ends. */
async function meet(call: ApiCall, script: readonly (ConnectFault | string)[], events: PolicyEvents = {}) {
  const clock = new ManualClock();
  const reported = scripted(...script);
  const from = clock.now();
  const made = retries({ clock, events })(sendAsItIs)(call, reported.send);
  const outcome = Promise.allSettled([made]);
  await clock.run();
  await outcome;
  return { made, calls: reported.calls, ms: clock.now() - from };
}

describe('A call that fails', () => {
  it.each([
    ['throttling', new ThrottlingError()],
    ['a failure of the service', failed()],
    ['a lost answer', lost()],
    ['a connection that never came about', new UnavailableError()],
  ])('repeats a call that failed by %s, a creation too', async (_, fault) => {
    for (const call of [apiCall(), creation()]) {
      const { made, calls } = await meet(call, [fault, fault, 'done']);
      expect([await made, calls]).toEqual(['done', 3]);
    }
  });

  it('since nothing answers at the address is made again for one second only, unless it has no deadline', async () => {
    const dead = Array<ConnectFault>(20).fill(new UnavailableError({ notConnected: true }));
    for (const make of [apiCall, creation]) {
      const hasty = await meet(make({ options: { deadline: NOW + 25_000 } }), dead);
      expect(await refusal(hasty.made)).toMatchObject({ code: 'Unavailable' });
      expect(hasty.calls).toBeGreaterThan(1);
      expect(hasty.ms).toBeLessThan(1_000);
      const patient = await meet(make(), dead);
      expect(await refusal(patient.made)).toMatchObject({ code: 'Unavailable' });
      expect(patient.calls).toBe(10);
    }
  });

  it.each([
    new InvalidParameterError([]),
    new ResourceNotFoundError('CONTACT', 'x', 'contactId'),
    new ServiceQuotaExceededError('CHAIN', 12),
    new ServiceQuotaExceededError('PAUSES', 10),
    new IdempotencyConflictError(),
    new IllegalStateError('ConflictException', 'PAUSE', 'TASK', 'PAUSED'),
    new InternalServiceError({ passing: false }),
    refused(new ThrottlingError(10)),
  ])('does not repeat a call that failed for a lasting reason: %s', async (fault) => {
    const { made, calls } = await meet(creation(), [fault]);
    expect([await refusal(made), calls]).toEqual([fault, 1]);
  });

  it('is made again where a second time is the same, and not where it would count', async () => {
    for (const operation of ['StopContact', 'UpdateContact', 'TagContact', 'UntagContact'] as const) {
      const { made } = await meet(apiCall({ operation, kind: 'CHANGE' }), [
        failed(),
        new OutcomeUnknownError(),
        'done',
      ]);
      expect(await made).toBe('done');
    }
    for (const fault of [failed(), new OutcomeUnknownError()]) {
      const { made, calls } = await meet(apiCall({ operation: 'PauseContact', kind: 'CHANGE' }), [fault, 'done']);
      expect([(await refusal(made)).code, calls]).toEqual(['OutcomeUnknown', 1]);
    }
    const { made } = await meet(apiCall({ operation: 'PauseContact', kind: 'CHANGE' }), [
      new ThrottlingError(),
      'done',
    ]);
    expect(await made).toBe('done');
  });

  it('waits as long as the service says, and longer each time where it says nothing', async () => {
    const waits: number[] = [];
    const events: PolicyEvents = { onRetry: ({ ms }) => waits.push(ms) };
    expect((await meet(apiCall(), [new ThrottlingError(7_000), 'done'], events)).ms).toBe(7_000);
    waits.length = 0;
    const { made, calls } = await meet(apiCall(), [failed()], events);
    expect([(await refusal(made)).code, calls]).toEqual(['InternalServiceException', 10]);
    expect(Math.min(...waits)).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(5_000);
    expect(waits[8]).toBeGreaterThan(waits[0] as number);
  });

  it('is not made again when its time would be up', async () => {
    const deadline = new ManualClock().now() + 2_000;
    const { made, calls, ms } = await meet(apiCall({ options: { deadline } }), [new ThrottlingError(2_000)]);
    expect([await refusal(made), calls, ms]).toMatchObject([
      { code: 'ThrottlingException', retryAfterMs: 2_000 },
      1,
      0,
    ]);
  });

  it('whose change may be there is reported as unknown, with the token, whatever the last attempt met', async () => {
    for (const last of [new ThrottlingError(1e9), refused(new UnavailableError()), new UnavailableError(), failed()]) {
      const deadline = new ManualClock().now() + 60_000;
      const { made } = await meet(creation({ options: { deadline } }), [failed(), last]);
      expect(await refusal(made)).toMatchObject({ code: 'OutcomeUnknown', clientToken: 'token' });
    }
    // Where the first did take effect, the same token would have been answered with it.
    const { made } = await meet(creation(), [failed(), new InvalidParameterError([])]);
    expect((await refusal(made)).code).toBe('InvalidParameterException');
    // What never was there stays what it is.
    const never = await meet(creation(), [new UnavailableError()]);
    expect((await refusal(never.made)).code).toBe('Unavailable');
  });

  it('waits for an open circuit to close, at most three times', async () => {
    const open = () => refused(new UnavailableError({ retryAfterMs: 3_000 }));
    const waited = await meet(creation(), [open(), open(), open(), 'done']);
    expect([await waited.made, waited.ms >= 9_000]).toEqual(['done', true]);
    const never = await meet(creation(), [open()]);
    expect([await refusal(never.made), never.calls]).toMatchObject([{ code: 'Unavailable', retryAfterMs: 3_000 }, 4]);
    const sent = await meet(creation(), [failed(), open()]);
    expect((await refusal(sent.made)).code).toBe('OutcomeUnknown');
  });

  it('is not made again for a caller who has left', async () => {
    for (const [call, code] of [
      [apiCall(), 'Cancelled'],
      [creation(), 'OutcomeUnknown'],
    ] as const) {
      const clock = new ManualClock();
      const caller = new AbortController();
      const reported = scripted(failed(), 'done');
      const options = { signal: caller.signal };
      const made = refusal(retries({ clock, events: {} })(sendAsItIs)({ ...call, options }, reported.send));
      await clock.advance(1);
      caller.abort();
      expect([(await made).code, reported.calls, clock.isAwaited]).toEqual([code, 1, false]);
    }
  });
});
