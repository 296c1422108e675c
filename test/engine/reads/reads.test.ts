import { describe, expect, it } from '@jest/globals';
import type { Answers } from '../../../src/connect/connect.js';
import { openTestEngine, refusal, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { COMMIT, DatabaseTap, sqlLike } from '../../support/database-tap.js';
import { OTHER_INSTANCE, otherInstance } from '../../support/resources.js';

const READS = ['describeContacts', 'listChains', 'getAttributes'] as const;
const { instanceId, voiceContact } = SAMPLE;

describe.each(READS)('%s', (read) => {
  it('answers in the order of the ids, whatever they are, and each as often as it is asked for', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    const [ofTask] = await test.engine[read]({ instanceId, contactIds: [id] });
    const [ofVoice] = await test.engine[read]({ instanceId, contactIds: [voiceContact] });
    expect(ofTask).not.toEqual(ofVoice);
    const odd = ['', "'", '%', id.toUpperCase(), '\0', '\ud800', 'x'.repeat(10_000)];
    expect(
      await test.engine[read]({ instanceId, contactIds: [voiceContact, UNKNOWN_ID, id, ...odd, voiceContact] }),
    ).toEqual([ofVoice, null, ofTask, ...odd.map(() => null), ofVoice]);
  });

  it('answers nothing where nothing is asked', async () => {
    await using test = await openTestEngine();
    expect(await test.engine[read]({ instanceId, contactIds: [] })).toEqual([]);
  });

  it('finds only what is in the instance', async () => {
    await using test = await openTestEngine({ content: { instances: [otherInstance()] } });
    const id = await test.start();
    expect(await test.engine[read]({ instanceId: OTHER_INSTANCE.id, contactIds: [id, voiceContact] })).toEqual([
      null,
      null,
    ]);
    expect(await test.engine[read]({ instanceId: UNKNOWN_ID, contactIds: [id] })).toEqual([null]);
  });

  it('answers thousands with one statement', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    const { ids } = await test.startAll(Array.from({ length: 1500 }, () => ({})));
    const isRead = ({ connection }: { connection: string }) => connection === 'reader';
    const before = tap.count(isRead);
    const answers: Answers<object> = await test.engine[read]({ instanceId, contactIds: ids });
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1500);
    expect(tap.count(isRead) - before).toBe(1);
  });

  it('shares a statement with those who ask at the same moment, 32 ids at most', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    const { ids } = await test.startAll(Array.from({ length: 33 }, (_, index) => ({ name: `task ${index}` })));
    const isRead = ({ connection }: { connection: string }) => connection === 'reader';
    const alone: Answers<object>[] = [];
    for (const id of ids) alone.push(await test.engine[read]({ instanceId, contactIds: [id] }));
    const before = tap.count(isRead);
    expect(await Promise.all(ids.slice(1).map((id) => test.engine[read]({ instanceId, contactIds: [id] })))).toEqual(
      alone.slice(1),
    );
    expect(tap.count(isRead) - before).toBe(1);
    expect(await Promise.all(ids.map((id) => test.engine[read]({ instanceId, contactIds: [id] })))).toEqual(alone);
    expect(tap.count(isRead) - before).toBe(3);
  });

  it('shares none with those who ask another instance', async () => {
    await using test = await openTestEngine({ content: { instances: [otherInstance()] } });
    const id = await test.start();
    const [mine, theirs] = await Promise.all([
      test.engine[read]({ instanceId, contactIds: [id] }),
      test.engine[read]({ instanceId: OTHER_INSTANCE.id, contactIds: [id] }),
    ]);
    expect(mine).toEqual([expect.anything()]);
    expect(theirs).toEqual([null]);
  });

  it('is cancelled where the caller has gone', async () => {
    await using test = await openTestEngine();
    const error = await refusal(
      test.engine[read]({ instanceId, contactIds: [voiceContact] }, { signal: AbortSignal.abort('gone') }),
    );
    expect(error).toMatchObject({ code: 'Cancelled', cause: 'gone' });
  });

  it('is finished when it began before close, and refused after', async () => {
    await using test = await openTestEngine();
    const { engine } = test;
    const reading = Array.from({ length: 20 }, () => engine[read]({ instanceId, contactIds: [voiceContact] }));
    const closing = test.close();
    expect(await refusal(engine[read]({ instanceId, contactIds: [voiceContact] }))).toMatchObject({
      code: 'Unavailable',
    });
    for (const [answer] of await Promise.all(reading)) expect(answer).toEqual(expect.anything());
    await closing;
    expect(await refusal(engine[read]({ instanceId, contactIds: [voiceContact] }))).toMatchObject({
      code: 'Unavailable',
    });
  });
});

describe('A read while a batch is under way', () => {
  it('sees nothing of it before it is committed, and all of it afterwards', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    const reads: Promise<readonly object[]>[] = [];
    let readsBeforeCommit = 0;
    const isRead = ({ connection }: { connection: string }) => connection === 'reader';
    // From the first row that is written on, there is always a read on its way.
    tap.before(sqlLike(/^(insert|update|delete)/), () => {
      reads.push(test.store.chainMembers(instanceId, [voiceContact]));
    });
    tap.before(COMMIT, () => {
      readsBeforeCommit = tap.count(isRead);
    });
    const linked = { previousContactId: voiceContact, attributes: [{ key: 'k', value: 'v' }] };
    await test.startAll([linked, linked, linked]);
    const seen = (await Promise.all(reads)).map((members) => members.length);
    expect(readsBeforeCommit).toBeGreaterThan(0);
    expect(seen.slice(0, readsBeforeCommit)).toEqual(Array(readsBeforeCommit).fill(1));
    for (const members of seen.slice(readsBeforeCommit)) expect(members).toBe(4);
    expect((await test.chain(voiceContact)).members).toHaveLength(4);
  });

  it('sees nothing of it when it fails', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    tap.fail(COMMIT);
    const attributes = [{ key: 'customerId', value: 'other' }];
    await refusal(test.start({ previousContactId: voiceContact, attributes }));
    expect(await test.attributes(voiceContact)).toEqual({ customerId: 'C-1001' });
    expect((await test.chain(voiceContact)).members).toHaveLength(1);
  });
});

describe('close', () => {
  it('ends for every caller when all is closed, however often it is called', async () => {
    await using test = await openTestEngine();
    const { engine } = test;
    const creating = test.start();
    const ended: string[] = [];
    await Promise.all([
      creating.then(() => ended.push('created')),
      engine.close().then(() => ended.push('closed')),
      engine.close().then(() => ended.push('closed')),
    ]);
    expect(ended).toEqual(['created', 'closed', 'closed']);
    await engine.close();
    expect(await refusal(engine.ready())).toMatchObject({ code: 'Unavailable' });
  });
});
