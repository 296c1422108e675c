import { expect } from '@jest/globals';
import { API, DECISION, guideOn, modelOf, must, type Rule, should } from '../rule.js';
import type { Members } from '../world.js';
import { CONFLICT, freshToken } from './tokens.js';

const CALLERS = 32;
const times = (count: number, members: Members = {}) => Array<Members>(count).fill(members);

/** Callers who come at once, to each replica that the leg has. */
export const raceRules: readonly Rule[] = [
  must('races/twelfth-place', 'give the 12th place of a chain to one of 32 callers', API, async (world) => {
    const previousContactId = await world.start();
    for (let task = 0; task < 11; task++) await world.start({ previousContactId });
    const { ids, refusals } = await world.race(times(CALLERS, { previousContactId }));
    expect(ids).toHaveLength(1);
    expect(refusals.map(({ quota }) => quota)).toEqual(Array(CALLERS - 1).fill('CHAIN'));
    expect(await world.members(previousContactId)).toHaveLength(13);
  }),
  must('races/twelve-places', 'give the 12 places of a chain to 12 of 32 callers', API, async (world) => {
    const root = await world.start();
    const { ids, refusals } = await world.race(times(CALLERS, { previousContactId: root }));
    expect([ids.length, refusals.length]).toEqual([12, 20]);
    expect((await world.members(root)).toSorted()).toEqual([root, ...ids].toSorted());
  }),
  must('races/one-token', 'make one contact for 32 callers with one token', API, async (world) => {
    const { ids, refusals } = await world.race(times(CALLERS, { clientToken: freshToken(world) }));
    expect([ids.length, new Set(ids).size, refusals.length]).toEqual([CALLERS, 1, 0]);
  }),
  should(
    'races/one-token-two-requests',
    'let one of two requests win a token that both use',
    DECISION,
    async (world) => {
      const clientToken = freshToken(world);
      const { ids, refusals } = await world.race(
        Array.from({ length: CALLERS }, (_, caller) => ({ clientToken, name: caller % 4 < 2 ? 'One' : 'Other' })),
      );
      expect([ids.length, new Set(ids).size, refusals.length]).toEqual([16, 1, 16]);
      for (const { code } of refusals) expect(code).toMatch(CONFLICT);
    },
  ),
  must(
    'races/quota-edge',
    'let as many of 32 callers have a task as the quota has places',
    guideOn('service quotas'),
    async (world) => {
      await world.start();
      const { ids, refusals } = await world.race(times(CALLERS));
      expect(ids).toHaveLength(19);
      expect(refusals.map(({ quota }) => quota)).toEqual(Array(13).fill('ACTIVE_TASKS'));
    },
    { needs: ['quotas'], quotas: { activeTasks: 20 } },
  ),
  must(
    'races/attributes',
    'keep the attributes of all callers who change a chain at once',
    modelOf('UpdateContactAttributes'),
    async (world) => {
      const root = await world.start();
      const child = await world.start({ previousContactId: root });
      const keys = Array.from({ length: 20 }, (_, key) => `k${key}`);
      await world.atOnce(
        keys.map(
          (key, index) => (port) =>
            port.updateContactAttributes({
              ...world.about(index % 3 === 0 ? root : child),
              attributes: [{ key, value: key }],
            }),
        ),
      );
      expect(await world.attributes(root)).toEqual(Object.fromEntries(keys.map((key) => [key, key])));
    },
  ),
  should(
    'races/stop-once',
    'free one place for a task that 16 callers stop',
    DECISION,
    async (world) => {
      const id = await world.start();
      await world.start();
      const { refusals } = await world.atOnce(
        Array(16).fill((port: typeof world.connect) => port.stopContact(world.about(id))),
      );
      expect(refusals).toEqual([]);
      expect((await world.race(times(8))).ids).toHaveLength(1);
    },
    { needs: ['quotas'], quotas: { activeTasks: 2 } },
  ),
  must('races/transfer-once', 'carry a task on for one of 8 callers', modelOf('TransferContact'), async (world) => {
    const root = await world.start();
    const { ids, refusals } = await world.atOnce(Array(8).fill(() => world.transfer(root)));
    expect([ids.length, refusals.map(({ code }) => code)]).toEqual([1, Array(7).fill('InvalidRequestException')]);
    expect(await world.members(root)).toHaveLength(2);
  }),
  must('races/pause-once', 'pause a task for one of 8 callers', modelOf('PauseContact'), async (world) => {
    const about = world.about(await world.start());
    const { ids, refusals } = await world.atOnce(
      Array(8).fill(async (port: typeof world.connect) => {
        await port.pauseContact(about);
        return about.contactId;
      }),
    );
    expect([ids.length, refusals.map(({ code }) => code)]).toEqual([1, Array(7).fill('ConflictException')]);
  }),
];
