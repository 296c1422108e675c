import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE, NOW, openTestEngine, refusal, SAMPLE, type TestEngine } from '../../support/engine.js';

const { instanceId } = SAMPLE;
const KEPT = 30 * DAY;

const ids = (test: TestEngine) => test.rows('select id from contact order by initiatedAt, id').map(({ id }) => id);

async function isThere(test: TestEngine, id: string): Promise<boolean> {
  const [[described], [chain], [attributes]] = await Promise.all([
    test.engine.describeContacts({ instanceId, contactIds: [id] }),
    test.engine.listChains({ instanceId, contactIds: [id] }),
    test.engine.getAttributes({ instanceId, contactIds: [id] }),
  ]);
  const answers = [described, chain, attributes].map((answer) => answer !== null);
  expect(new Set(answers).size).toBe(1);
  return answers[0] as boolean;
}

describe('A contact that has ended', () => {
  it('is found until its retention, counted from its start, and not from then on, by every read', async () => {
    await using test = await openTestEngine({ retentionMs: KEPT });
    const id = await test.start({ attributes: [{ key: 'a', value: '1' }] });
    test.clock.now = NOW + DAY;
    await test.engine.stopContact({ instanceId, contactId: id });
    test.clock.now = NOW + KEPT - 1;
    expect(await isThere(test, id)).toBe(true);
    test.clock.now = NOW + KEPT;
    expect(await isThere(test, id)).toBe(false);
    for (const link of [{ previousContactId: id }, { relatedContactId: id }]) {
      expect(await refusal(test.start(link))).toMatchObject({ code: 'ResourceNotFoundException' });
    }
    expect(await refusal(test.engine.updateContact({ instanceId, contactId: id, name: 'x' }))).toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  it('ends by its expiry like any other, whether or not the end is stored', async () => {
    await using test = await openTestEngine({ retentionMs: KEPT });
    const id = await test.start();
    test.clock.now = NOW + KEPT;
    expect(await isThere(test, id)).toBe(false);
    expect(await refusal(test.start({ previousContactId: id }))).toMatchObject({ code: 'ResourceNotFoundException' });
    await test.start();
    expect(ids(test)).not.toContain(id);
    expect(test.count('select openTasks from instance')).toBe(1);
  });

  it('leaves with a later write, and its chain’s attributes with its last contact', async () => {
    await using test = await openTestEngine({ retentionMs: KEPT });
    const id = await test.start({ attributes: [{ key: 'a', value: '1' }] });
    await test.engine.stopContact({ instanceId, contactId: id });
    test.clock.now = NOW + KEPT;
    const next = await test.start();
    expect(ids(test)).toEqual([next]);
    expect(test.rows('select id from chain').map((row) => row.id)).toEqual([next]);
  });

  it('goes on being found while it is open, or in after-contact work', async () => {
    await using test = await openTestEngine({ retentionMs: KEPT });
    const open = await test.start({ expiryMinutes: (60 * DAY) / MINUTE });
    const working = await test.start();
    await test.engine.stopContact({ instanceId, contactId: working });
    await test.close();
    test.write(`update contact set afterContactWorkStartedAt = ${NOW} where id = '${working}'`);
    await test.reopen();
    test.clock.now = NOW + KEPT;
    await test.start();
    expect([await isThere(test, open), await isThere(test, working)]).toEqual([true, true]);
    await test.engine.stopContact({ instanceId, contactId: open });
    expect(await isThere(test, open)).toBe(false);
  });

  it('stays gone when the clock is set back', async () => {
    await using test = await openTestEngine({ retentionMs: KEPT });
    const id = await test.start();
    await test.start({ expiryMinutes: (60 * DAY) / MINUTE });
    test.clock.now = NOW + KEPT;
    await test.start();
    test.clock.now = NOW;
    expect(await isThere(test, id)).toBe(false);
  });
});

describe('A chain of which some members are past their retention', () => {
  it('keeps its attributes and its other members, whichever they are', async () => {
    await using test = await openTestEngine({ retentionMs: KEPT });
    const root = await test.start({ attributes: [{ key: 'a', value: '1' }] });
    await test.engine.stopContact({ instanceId, contactId: root });
    test.clock.now = NOW + HOUR;
    const second = await test.start({ previousContactId: root, expiryMinutes: (60 * DAY) / MINUTE });
    test.clock.now = NOW + KEPT;
    for (let write = 0; write < 2; write++) {
      expect(await isThere(test, root)).toBe(false);
      expect(await test.attributes(second)).toEqual({ a: '1' });
      expect((await test.chain(second)).members.map(({ id }) => id)).toEqual([second]);
      await test.start();
    }
    const third = await test.start({ previousContactId: second });
    expect((await test.chain(third)).members.map(({ id }) => id)).toEqual([second, third]);
  });

  it('has their places free at once, and counts right before and after they leave', async () => {
    await using test = await openTestEngine({ retentionMs: KEPT, quotas: { chainTasks: 3 } });
    const root = await test.start({ expiryMinutes: (60 * DAY) / MINUTE });
    const early = await test.start({ previousContactId: root });
    test.clock.now = NOW + HOUR;
    await test.start({ previousContactId: root });
    await test.start({ previousContactId: root });
    expect(await refusal(test.start({ previousContactId: root }))).toMatchObject({ quota: 'CHAIN' });
    test.clock.now = NOW + KEPT;
    const { ids: made, errors } = await test.startAll(Array(3).fill({ previousContactId: root }));
    expect([made.length, errors.length]).toEqual([1, 2]);
    expect(ids(test)).not.toContain(early);
    expect(test.count('select linkedTasks from chain where id = ?', root)).toBe(3);
    expect(await refusal(test.start({ previousContactId: root }))).toMatchObject({ quota: 'CHAIN' });
  });

  it('does not give a transfer’s place back, since that holds none', async () => {
    await using test = await openTestEngine({ retentionMs: KEPT });
    const root = await test.start();
    const { contactId } = await test.engine.transferContact({
      instanceId,
      contactId: root,
      contactFlowId: SAMPLE.contactFlow,
    });
    test.clock.now = NOW + HOUR;
    const linked = await test.start({ previousContactId: contactId, expiryMinutes: (60 * DAY) / MINUTE });
    test.clock.now = NOW + KEPT;
    await test.start();
    await test.start();
    expect(test.count('select linkedTasks from chain where id = ?', root)).toBe(1);
    expect((await test.chain(linked)).members).toHaveLength(1);
  });
});

describe('Many contacts past their retention', () => {
  it('leave a few at a time', async () => {
    await using test = await openTestEngine({ retentionMs: KEPT });
    await test.startAll(Array(250).fill({ expiryMinutes: 1 }));
    test.clock.now = NOW + KEPT;
    const left = [];
    for (let write = 0; write < 4; write++) {
      await test.start();
      left.push(test.count('select count(*) from contact where initiatedAt <= ?', NOW));
    }
    expect(left).toEqual([151, 51, 0, 0]);
    expect(test.count('select count(*) from chain')).toBe(4);
    expect(test.count('select openTasks from instance')).toBe(4);
  });
});
