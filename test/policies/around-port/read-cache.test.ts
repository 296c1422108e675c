import { describe, expect, it } from '@jest/globals';
import type { CallOptions, Connect } from '../../../src/connect/connect.js';
import type { Contact } from '../../../src/connect/contact.js';
import { InternalServiceError, ThrottlingError } from '../../../src/connect/errors.js';
import { readCached } from '../../../src/policies/around-port/read-cache.js';
import { openTestAws, type TestAws } from '../../support/aws.js';
import { NOW, refusal, request, SAMPLE, SECOND, UNKNOWN_ID } from '../../support/engine.js';
import { Gate } from '../../support/gate.js';
import { portWith } from '../../support/port.js';

const { instanceId, voiceContact } = SAMPLE;
const TTL = 2 * SECOND;

/** The adapter with its cache, by the clock of the engine behind. */
function cachedOver({ connect, wire: { test } }: TestAws): Connect {
  return readCached(connect, { ttlMs: TTL, now: () => test.clock.now }).connect;
}

/** A port whose reads of contacts wait until a test lets them go, and report how often and with what they were called. */
function held() {
  const calls: { readonly options: CallOptions; readonly gate: Gate; answer: Contact | null | Error }[] = [];
  const begun: Gate[] = [];
  const contact = (name: string) => ({ instanceId, id: voiceContact, name }) as Contact;
  const port = portWith({} as Connect, {
    async describeContacts(_request, options = {}) {
      const call = { options, gate: new Gate(), answer: contact(`read ${calls.length + 1}`) };
      calls.push(call);
      begun.shift()?.open();
      await Promise.race([
        call.gate.opened,
        new Promise((_, reject) => options.signal?.addEventListener('abort', () => reject(new ThrottlingError()))),
      ]);
      return [call.answer as Contact];
    },
    async stopContact() {},
  });
  const clock = { now: NOW };
  const { connect: cached } = readCached(port, { ttlMs: TTL, now: () => clock.now });
  const read = async (options?: CallOptions) => {
    const [answer] = await cached.describeContacts({ instanceId, contactIds: [voiceContact] }, options);
    if (answer instanceof Error) throw answer;
    return answer?.name;
  };
  /** Resolves when the next call has reached the port. */
  const nextCall = () => {
    const gate = new Gate();
    begun.push(gate);
    return gate.opened;
  };
  return { cached, calls, clock, read, nextCall };
}

describe('A read of contacts', () => {
  it.each(['describeContacts', 'listChains', 'getAttributes', 'listReferences'] as const)(
    '%s: ten at once are one call, and so are those of the next 2 seconds',
    async (method) => {
      await using aws = await openTestAws();
      const cached = cachedOver(aws);
      const fresh = await aws.connect[method]({ instanceId, contactIds: [voiceContact] });
      aws.calls();
      const ten = await Promise.all(
        Array.from({ length: 10 }, () => cached[method]({ instanceId, contactIds: [voiceContact] })),
      );
      expect(ten).toEqual(Array(10).fill(fresh));
      aws.wire.test.clock.now += TTL - 1;
      expect(await cached[method]({ instanceId, contactIds: [voiceContact] })).toEqual(fresh);
      expect(aws.calls()).toHaveLength(1);
      aws.wire.test.clock.now += 1;
      await cached[method]({ instanceId, contactIds: [voiceContact] });
      expect(aws.calls()).toHaveLength(1);
    },
  );

  it('shares a page of a search and of associated contacts in the same way', async () => {
    await using aws = await openTestAws();
    const cached = cachedOver(aws);
    const timeRange = { type: 'INITIATION_TIMESTAMP', from: new Date(0), to: new Date(NOW + SECOND) } as const;
    const read = () =>
      Promise.all([
        cached.searchContacts({ instanceId, timeRange }),
        cached.listAssociatedContacts({ instanceId, contactId: voiceContact }),
      ]);
    const [first] = await Promise.all([read(), read()]);
    expect(await read()).toEqual(first);
    expect(aws.calls()).toHaveLength(2);
    await cached.startTaskContact(request());
    const [found] = await read();
    expect(found.contacts).toHaveLength(first[0].contacts.length + 1);
  });

  it('asks for each id that is not there yet, once, and answers in the order asked', async () => {
    await using aws = await openTestAws();
    const cached = cachedOver(aws);
    const id = await aws.wire.test.start();
    await cached.describeContacts({ instanceId, contactIds: [id] });
    aws.calls();
    const answers = await cached.describeContacts({ instanceId, contactIds: [UNKNOWN_ID, id, voiceContact, id] });
    expect(answers).toEqual([
      null,
      ...(await aws.connect.describeContacts({ instanceId, contactIds: [id, voiceContact, id] })),
    ]);
    expect(aws.calls().filter((call) => call === 'DescribeContact')).toHaveLength(2 + 2);
  });

  it('answers for all members of a chain', async () => {
    await using aws = await openTestAws();
    const cached = cachedOver(aws);
    const first = await aws.wire.test.start();
    const second = await aws.wire.test.start({ previousContactId: first });
    const [[one], [other]] = [
      await cached.listChains({ instanceId, contactIds: [second] }),
      await cached.listChains({ instanceId, contactIds: [first] }),
    ];
    expect(one).toMatchObject({ id: first, members: [{ id: first }, { id: second }] });
    expect(other).toBe(one);
    expect(aws.calls()).toHaveLength(1);
  });

  it('reads the contacts of one chain once, and those of several at the same time', async () => {
    const left = [1, 1, 2, 4, 5];
    let [underWay, most, wave] = [0, 0, Promise.withResolvers<void>()];
    await using aws = await openTestAws({
      wrap: (engine) =>
        portWith(engine, {
          async listAssociatedContacts(request, options) {
            most = Math.max(most, ++underWay);
            // No read of a wave is answered before all of it have begun.
            const { promise, resolve } = wave;
            if (underWay === left[0]) {
              left.shift();
              [underWay, wave] = [0, Promise.withResolvers<void>()];
              resolve();
            }
            await promise;
            return engine.listAssociatedContacts(request, options);
          },
        }),
    });
    const cached = cachedOver(aws);
    const ofOne = [await aws.wire.test.start()];
    for (let link = 0; link < 3; link++)
      ofOne.push(await aws.wire.test.start({ previousContactId: ofOne.at(-1) as string }));
    const apart: string[] = [];
    for (let task = 0; task < 12; task++) apart.push(await aws.wire.test.start());
    const chains = await cached.listChains({ instanceId, contactIds: [...ofOne, ...apart] });
    expect(chains.map((chain) => chain && 'id' in chain && chain.id)).toEqual([...ofOne.map(() => ofOne[0]), ...apart]);
    expect(aws.calls()).toHaveLength(1 + apart.length);
    expect(most).toBe(5);
    expect(left).toEqual([]);
  });

  it('is not shared by callers with other rights', async () => {
    await using aws = await openTestAws();
    const cached = cachedOver(aws);
    for (const [key, rights] of [
      ['a', 'all'],
      ['b', 'all'],
      ['c', 'some'],
    ] as const) {
      await cached.describeContacts({ instanceId, contactIds: [voiceContact] }, { caller: { key, rights } });
    }
    await cached.describeContacts({ instanceId, contactIds: [voiceContact] });
    expect(aws.calls()).toHaveLength(3);
  });

  it('reads again after a failure or an empty result', async () => {
    const { calls, read, nextCall } = held();
    for (const answer of [new InternalServiceError(), null]) {
      const begun = nextCall();
      const reading = read();
      await begun;
      const last = calls.at(-1);
      if (last) last.answer = answer;
      last?.gate.open();
      if (answer) expect(await refusal(reading)).toBe(answer);
      else expect(await reading).toBeUndefined();
    }
    const begun = nextCall();
    const third = read();
    await begun;
    calls[2]?.gate.open();
    expect(await third).toBe('read 3');
  });

  it('is kept for 2,000 ids, those that were asked for last', async () => {
    let asked = 0;
    const port = portWith({} as Connect, {
      async describeContacts({ contactIds }) {
        asked += contactIds.length;
        return contactIds.map((id) => ({ instanceId, id }) as Contact);
      },
    });
    const { connect: cached } = readCached(port, { ttlMs: TTL, now: () => NOW });
    const ids = Array.from({ length: 2001 }, (_, index) => `contact-${index}`);
    await cached.describeContacts({ instanceId, contactIds: ids });
    await cached.describeContacts({ instanceId, contactIds: ids.slice(1) });
    expect(asked).toBe(2001);
    await cached.describeContacts({ instanceId, contactIds: ids.slice(0, 1) });
    expect(asked).toBe(2002);
  });
});

describe('Who hangs up', () => {
  it('leaves alone: the others are answered, also where it was the one that asked first', async () => {
    const { calls, read, nextCall } = held();
    const client = new AbortController();
    const begun = nextCall();
    const first = read({ signal: client.signal });
    const others = [read({ signal: new AbortController().signal }), read()];
    await begun;
    client.abort();
    expect(await refusal(first)).toMatchObject({ code: 'Cancelled' });
    expect(calls[0]?.options.signal?.aborted).toBe(false);
    calls[0]?.gate.open();
    expect(await Promise.all(others)).toEqual(['read 1', 'read 1']);
    expect(calls).toHaveLength(1);
  });

  it('aborts the call when the last caller aborts; a later caller gets a call of its own', async () => {
    const { calls, read, nextCall } = held();
    const clients = [new AbortController(), new AbortController()];
    const begun = nextCall();
    const readings = clients.map(({ signal }) => read({ signal }));
    await begun;
    for (const client of clients) client.abort();
    const again = nextCall();
    const late = read();
    expect(calls[0]?.options.signal?.aborted).toBe(true);
    for (const reading of readings) expect(await refusal(reading)).toMatchObject({ code: 'Cancelled' });
    await again;
    calls[1]?.gate.open();
    expect(await late).toBe('read 2');
  });

  it('makes no call for a caller that aborted before', async () => {
    const { calls, read } = held();
    expect(await refusal(read({ signal: AbortSignal.abort() }))).toMatchObject({ code: 'Cancelled' });
    expect(calls).toHaveLength(0);
  });
});

describe('A read that is under way', () => {
  it('is neither joined nor cached after a change', async () => {
    const { cached, calls, read, nextCall } = held();
    const begun = nextCall();
    const before = read();
    await begun;
    await cached.stopContact({ instanceId, contactId: voiceContact });
    const again = nextCall();
    const after = read();
    await again;
    calls[1]?.gate.open();
    expect(await after).toBe('read 2');
    calls[0]?.gate.open();
    expect(await before).toBe('read 1');
    expect(await read()).toBe('read 2');
  });

  it("does not delay a mutation for a query's read; a mutation's read serves both", async () => {
    const { calls, read, nextCall } = held();
    const begun = [nextCall(), nextCall()];
    const query = read({ purpose: 'QUERY' });
    await begun[0];
    const readings = [read({ purpose: 'MUTATION' }), read({ purpose: 'QUERY' })];
    await begun[1];
    calls[1]?.gate.open();
    expect(await Promise.all(readings)).toEqual(['read 2', 'read 2']);
    calls[0]?.gate.open();
    expect(await query).toBe('read 1');
    expect(await read()).toBe('read 2');
  });

  it('repeats a read that ran out of time for callers with more time', async () => {
    const { calls, read, nextCall } = held();
    const begun = [nextCall(), nextCall()];
    const hurried = read({ deadline: NOW + 100 });
    const patient = [read({ deadline: NOW + 10_000 }), read({ deadline: NOW + 20_000 })];
    await begun[0];
    const first = calls[0];
    if (first) first.answer = new ThrottlingError(500);
    first?.gate.open();
    expect(await refusal(hurried)).toMatchObject({ code: 'ThrottlingException' });
    await begun[1];
    calls[1]?.gate.open();
    expect(await Promise.all(patient)).toEqual(['read 2', 'read 2']);
  });
});

describe('A TTL of 0', () => {
  it('leaves the port as it is', async () => {
    const port = {} as Connect;
    expect(readCached(port, { ttlMs: 0, now: () => NOW }).connect).toBe(port);
  });
});
