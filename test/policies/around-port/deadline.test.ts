import { describe, expect, it } from '@jest/globals';
import { sendAsItIs } from '../../../src/connect/api-call.js';
import type { CallOptions } from '../../../src/connect/call.js';
import { DeadlineExceededError } from '../../../src/connect/errors.js';
import { withinDeadline } from '../../../src/policies/around-port/deadline.js';
import { inTime } from '../../../src/policies/around-call/in-time.js';
import { openTestEngine, refusal, request, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { Gate } from '../../support/gate.js';
import { ManualClock } from '../../support/manual-clock.js';
import { apiCall, creation } from '../../support/policies.js';
import { portWith } from '../../support/port.js';

const { instanceId } = SAMPLE;

describe('A port with deadlines', () => {
  it('answers a read when its time is up, and aborts the call of the port', async () => {
    await using test = await openTestEngine();
    const clock = new ManualClock();
    const never = new Gate();
    let inside: CallOptions | undefined;
    const slow = portWith(test.engine, {
      async describeContacts({ contactIds }, options) {
        inside = options;
        await never.opened;
        return contactIds.map(() => null);
      },
    });
    const deadline = clock.now() + 500;
    const read = refusal(
      withinDeadline(slow, clock).describeContacts({ instanceId, contactIds: [UNKNOWN_ID] }, { deadline }),
    );
    await clock.advance(499);
    expect(inside?.signal?.aborted).toBe(false);
    await clock.advance(1);
    expect((await read).code).toBe('DeadlineExceeded');
    expect(inside?.signal?.reason).toBeInstanceOf(DeadlineExceededError);
    expect(clock.isAwaited).toBe(false);
  });

  it('begins nothing after the time is up, and says who left', async () => {
    await using test = await openTestEngine();
    const clock = new ManualClock();
    const port = withinDeadline(test.engine, clock);
    const late = { deadline: clock.now() };
    expect((await refusal(port.startTaskContact(request(), late))).code).toBe('DeadlineExceeded');
    expect((await refusal(port.listContactFlows({ instanceId }, late))).code).toBe('DeadlineExceeded');
    const left = { deadline: clock.now() + 1, signal: AbortSignal.abort() };
    expect((await refusal(port.startTaskContact(request(), left))).code).toBe('Cancelled');
    expect(test.count("select count(*) from contact where channel = 'TASK'")).toBe(0);
  });

  it('is otherwise the port that it is', async () => {
    await using test = await openTestEngine();
    const clock = new ManualClock();
    const port = withinDeadline(test.engine, clock);
    const deadline = clock.now() + 1_000;
    const { contactId } = await port.startTaskContact(request(), { deadline });
    expect(await port.describeContacts({ instanceId, contactIds: [contactId] }, { deadline })).toMatchObject([
      { id: contactId },
    ]);
    expect(await port.describeContacts({ instanceId, contactIds: [contactId] })).toMatchObject([{ id: contactId }]);
    await port.ready();
    expect(clock.isAwaited).toBe(false);
  });
});

describe('A call whose time is up', () => {
  it('is broken off where it reads, and goes on where it changes something', async () => {
    const clock = new ManualClock();
    for (const [call, code] of [
      [apiCall(), 'DeadlineExceeded'],
      [creation(), 'OutcomeUnknown'],
    ] as const) {
      const answer = new Gate();
      const caller = new AbortController();
      let ended = false;
      const options = { signal: caller.signal };
      const made = refusal(
        inTime(sendAsItIs)({ ...call, options }, async () => {
          await answer.opened;
          ended = true;
        }),
      );
      caller.abort(new DeadlineExceededError());
      expect((await made).code).toBe(code);
      answer.open();
      await clock.advance(0);
      expect(ended).toBe(true);
    }
  });

  it('changes nothing if the time ends before it is sent', async () => {
    const caller = new AbortController();
    const never = new Gate();
    const waiting = inTime(() => never.opened as Promise<never>)(
      creation({ options: { signal: caller.signal } }),
      async () => 'made',
    );
    caller.abort();
    expect((await refusal(waiting)).code).toBe('Cancelled');
  });
});
