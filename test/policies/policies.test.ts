import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { throttled } from '../../src/policies/around-port/throttle.js';
import { openAwsConnect } from '../../src/aws/open.js';
import type { CallObserver } from '../../src/connect/api-call.js';
import { isConnectFault } from '../../src/connect/errors.js';
import { CHAIN_TASKS } from '../../src/connect/limits.js';
import { RATES } from '../../src/connect/rates.js';
import type { PolicyEvents } from '../../src/policies/events.js';
import { type PolicyParts, policies } from '../../src/policies/policies.js';
import { openScriptedAws } from '../support/aws.js';
import { refusal, request, SAMPLE } from '../support/engine.js';
import { ManualClock } from '../support/manual-clock.js';
import { everyRate } from '../support/policies.js';
import { startTestWire } from '../support/wire.js';

const { instanceId } = SAMPLE;
const MADE = { status: 200, body: '{"ContactId":"made"}' };
const client = { credentials: { accessKeyId: 'any', secretAccessKey: 'any' } };

/** Notes how each call on the API ended, repeats included. */
class CallNotes implements CallObserver {
  constructor(readonly notes: string[]) {}

  async observe<Result>(operation: string, call: () => Promise<Result>): Promise<Result> {
    try {
      const result = await call();
      this.notes.push(`${operation} OK`);
      return result;
    } catch (error) {
      this.notes.push(`${operation} ${isConnectFault(error) ? error.code : error}`);
      throw error;
    }
  }

  traceHeaders() {
    return {};
  }
}

/** The adapter behind all policies, before an engine that throttles as the service does, on one clock. */
async function openBudgeted(parts: Partial<PolicyParts> = {}) {
  const clock = new ManualClock();
  const wire = await startTestWire({
    wrap: (engine) => throttled(engine, { instanceArn: async () => SAMPLE.instanceArn, now: clock.now }),
  });
  const calls: string[] = [];
  let begun = 0;
  const events: PolicyEvents = {
    ...parts.events,
    onWait: ({ outcome }) => {
      if (outcome === 'SERVED') begun++;
    },
  };
  const before = policies({ rates: RATES, clock, ...parts, events });
  const { url: endpoint } = wire;
  const observer = new CallNotes(calls);
  const options = { region: 'us-east-1', endpoint, chainTasks: CHAIN_TASKS, callTimeoutMs: 20_000, client, observer };
  const adapter = await openAwsConnect({ ...options, now: clock.now, around: before.aroundCall });
  return {
    connect: before.around(adapter),
    clock,
    calls,
    wire,
    /** Lets the time go on whenever no call is under way, until the work is done. */
    async until<Result>(work: Promise<Result>): Promise<Result> {
      let isDone = false;
      const end = () => {
        isDone = true;
      };
      work.then(end, end);
      while (!isDone) {
        await setImmediate();
        if (begun === calls.length) await clock.advance(10);
      }
      return work;
    },
    async [Symbol.asyncDispose]() {
      await adapter.close();
      await before.close();
      await wire[Symbol.asyncDispose]();
    },
  };
}

describe('Before a service that throttles', () => {
  it('smooths a burst: everything is created once, in the time that the quota needs', async () => {
    await using open = await openBudgeted();
    const { clock, connect, calls, wire } = open;
    const from = clock.now();
    const deadline = from + 120_000;
    const creations = Array.from({ length: 25 }, (_, index) =>
      connect.startTaskContact(request(), {
        deadline,
        caller: { key: `${index % 5}`, rights: '' },
        purpose: 'MUTATION',
      }),
    );
    const created = await open.until(Promise.all(creations));
    expect(new Set(created.map(({ contactId }) => contactId)).size).toBe(25);
    expect(wire.test.count("select count(*) from contact where channel = 'TASK'")).toBe(25);
    expect(calls).toEqual(Array.from({ length: 25 }, () => 'StartTaskContact OK'));
    // 5 at once, and 20 more at 2 a second.
    expect(clock.now() - from).toBeGreaterThanOrEqual(10_000);
    expect(clock.now() - from).toBeLessThan(10_000 * 1.1);
  });

  it('counts a read of n ids as n calls for any method; a chain is one call a page', async () => {
    await using open = await openBudgeted();
    const { connect, calls, clock } = open;
    const from = clock.now();
    const ids = Array.from({ length: 40 }, (_, index) => `unknown-${index}`);
    const read = connect.describeContacts(
      { instanceId, contactIds: [...ids, 'unknown-0'] },
      { deadline: from + 25_000 },
    );
    expect(await open.until(read)).toEqual(Array.from({ length: 41 }, () => null));
    expect(calls).toHaveLength(40);
    // 15 at once, and 25 more at 10 a second.
    expect(clock.now() - from).toBeGreaterThanOrEqual(2_500);
    expect(clock.now() - from).toBeLessThan(2_500 * 1.1);
    await open.until(connect.listChains({ instanceId, contactIds: [SAMPLE.voiceContact] }));
    expect(calls.slice(40)).toEqual(['ListAssociatedContacts OK']);
  });

  it('refuses what cannot be served in time before any call', async () => {
    await using open = await openBudgeted();
    const { clock, connect, calls } = open;
    const deadline = clock.now() + 1_000;
    const all = Array.from({ length: 8 }, () => connect.startTaskContact(request(), { deadline }));
    const outcomes = await open.until(Promise.allSettled(all));
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(calls).toHaveLength(6);
    expect(refusals).toMatchObject([
      { code: 'ThrottlingException', retryAfterMs: 250 },
      { code: 'ThrottlingException', retryAfterMs: 250 },
    ]);
  });
});

describe('Before a service that fails', () => {
  const rates = everyRate({ perSecond: 1_000, burst: 1_000 });

  /** The same over a server that answers as a script says. */
  async function openFailing(
    script: Parameters<typeof openScriptedAws>[0],
    parts: Partial<PolicyParts> = {},
    ends: string[] = [],
  ) {
    const before = policies({ rates, ...parts });
    const aws = await openScriptedAws(script, {}, [], before.aroundCall, undefined, new CallNotes(ends));
    return { ...aws, connect: before.around(aws.connect), [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
  }

  it('repeats a creation with its own token until it succeeds', async () => {
    const clock = new ManualClock();
    await using aws = await openFailing(
      (_, index) => (index < 3 ? [{ status: 500 }, undefined, { status: 503 }][index] : MADE),
      { clock },
    );
    const made = aws.connect.startTaskContact(request());
    let isDone = false;
    void made.then(() => {
      isDone = true;
    });
    while (!isDone) await clock.advance(100);
    expect(await made).toEqual({ contactId: 'made' });
    const tokens = aws.requests.map(({ body }) => (JSON.parse(body) as { ClientToken: string }).ClientToken);
    expect([tokens.length, new Set(tokens).size]).toEqual([4, 1]);
  });

  it('opens the circuit of a dead service and reports at once when to retry', async () => {
    const clock = new ManualClock();
    const states: string[] = [];
    const events: PolicyEvents = { onBreaker: ({ state }) => states.push(state) };
    let isDead = true;
    await using aws = await openFailing(
      () => (isDead ? { status: 503 } : { status: 200, body: '{"ContactId":"made"}' }),
      { clock, events, rates: everyRate({ perSecond: 1, burst: 12 }) },
    );
    const all = Array.from({ length: 40 }, () => refusal(aws.connect.startTaskContact(request())));
    let done = 0;
    for (const each of all) void each.then(() => done++);
    while (done < 40) await clock.advance(10);
    expect(states[0]).toBe('OPEN');
    expect(new Set((await Promise.all(all)).map(({ code }) => code))).toEqual(new Set(['Unavailable']));
    const { length } = aws.requests;
    expect(await refusal(aws.connect.startTaskContact(request()))).toMatchObject({ retryAfterMs: expect.any(Number) });
    expect(aws.requests).toHaveLength(length);
    isDead = false;
    await clock.advance(4_000);
    expect(await aws.connect.startTaskContact(request())).toEqual({ contactId: 'made' });
    expect(states.slice(-2)).toEqual(['HALF_OPEN', 'CLOSED']);
  });

  it('finishes a creation that was sent when its time ends, and returns the token to its caller', async () => {
    const clock = new ManualClock();
    const { promise: answer, resolve } = Promise.withResolvers<{ status: number; body: string }>();
    const { promise: received, resolve: receive } = Promise.withResolvers<void>();
    const ends: string[] = [];
    await using aws = await openFailing(
      () => {
        receive();
        return answer;
      },
      { clock },
      ends,
    );
    const made = refusal(aws.connect.startTaskContact(request(), { deadline: clock.now() + 1_000 }));
    await received;
    await clock.advance(1_000);
    const sent = JSON.parse(aws.requests[0]?.body ?? '') as { ClientToken: string };
    expect(await made).toMatchObject({ code: 'OutcomeUnknown', clientToken: sent.ClientToken });
    resolve({ status: 200, body: '{"ContactId":"made"}' });
    while (ends.length === 0) await setImmediate();
    expect(ends).toEqual(['StartTaskContact OK']);
  });
});
