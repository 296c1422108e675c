import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactIds } from '../../../src/engine/commit/contact-ids.js';
import { HOUR, NOW, openTestEngine, SAMPLE, SECOND } from '../../support/engine.js';

describe('Ids of contacts', () => {
  it('sort by the time and, within a millisecond, by when they were taken', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 }), { maxLength: 300 }), (steps) => {
        const newId = contactIds();
        let now = NOW;
        const ids = steps.map((step) => {
          now += step;
          return newId(now);
        });
        expect(ids.toSorted()).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('are UUIDs of version 7, which hold their time', () => {
    const id = contactIds()(NOW);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(NOW);
  });

  it('differ between engines, also at the same instant', () => {
    const ids = Array.from({ length: 1000 }, () => contactIds()(NOW));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('The members of a chain', () => {
  it('are reported by InitiationTimestamp', async () => {
    await using test = await openTestEngine();
    const ids: string[] = [SAMPLE.voiceContact];
    for (let task = 0; task < 5; task++) {
      test.clock.now += SECOND;
      ids.push(await test.start({ previousContactId: ids[0] as string }));
    }
    const { members } = await test.chain(ids[2] as string);
    expect(members.map(({ id }) => id)).toEqual(ids);
    const times = members.map(({ initiatedAt }) => initiatedAt.getTime());
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
  });

  it('are ordered by id within one instant, which is the order of creation, the initial contact first', async () => {
    await using test = await openTestEngine();
    const root = await test.start();
    const ids = [root];
    for (let task = 0; task < 3; task++) ids.push(await test.start({ previousContactId: root }));
    const { ids: together } = await test.startAll(Array.from({ length: 9 }, () => ({ previousContactId: root })));
    ids.push(...together);
    const { members } = await test.chain(root);
    expect(members.map(({ id }) => id)).toEqual(ids);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(members.map(({ initiatedAt }) => initiatedAt.getTime())).size).toBe(1);
  });

  it('stay in that order when the clock is set back', async () => {
    await using test = await openTestEngine();
    const root = await test.start();
    const ids = [root];
    for (let task = 0; task < 6; task++) {
      test.clock.now -= HOUR;
      ids.push(await test.start({ previousContactId: root }));
    }
    expect((await test.chain(root)).members.map(({ id }) => id)).toEqual(ids);
  });
});
