import { expect } from '@jest/globals';
import { API, DECISION, modelOf, must, type Rule, should } from '../rule.js';
import type { World } from '../world.js';

const FULL = { code: 'ServiceQuotaExceededException', quota: 'CHAIN' };

const first = (ids: readonly string[]) => ids[0] as string;
const last = (ids: readonly string[]) => ids.at(-1) as string;

/** Grows a chain to its limit; `next` names the contact that the next task links to. */
async function grow(world: World, next: (ids: readonly string[]) => string, root?: string): Promise<readonly string[]> {
  const ids = [root ?? (await world.start())];
  for (let task = 0; task < 12; task++) ids.push(await world.start({ previousContactId: next(ids) }));
  return ids;
}

/** Expects that no contact of a chain can be linked to, and that the chain has its root and 12 linked tasks. */
async function expectFull(world: World, ids: readonly string[]): Promise<void> {
  for (const previousContactId of ids) {
    expect(await world.refusal(world.start({ previousContactId }))).toMatchObject(FULL);
  }
  expect(await world.members(first(ids))).toHaveLength(13);
}

/** The chain and its limit. */
export const chainRules: readonly Rule[] = [
  must('chains/line-12', 'let 12 linked tasks follow each other, and refuse the 13th', API, async (world) => {
    await expectFull(world, await grow(world, last));
  }),
  must('chains/fan-12', 'let 12 tasks share a PreviousContactId, and refuse the 13th', API, async (world) => {
    await expectFull(world, await grow(world, first));
  }),
  should('chains/tree-12', 'count all linked tasks of a chain together', DECISION, async (world) => {
    await expectFull(world, await grow(world, (made) => (made.length % 2 === 0 ? last(made) : first(made))));
  }),
  must('chains/related-unlimited', 'let any number of tasks be related to one', API, async (world) => {
    const relatedContactId = await world.start();
    const { ids, refusals } = await world.race(Array(20).fill({ relatedContactId }));
    expect([ids.length, refusals.length]).toEqual([20, 0]);
    expect(await world.members(relatedContactId)).toEqual([relatedContactId]);
    for (const id of ids) expect(await world.members(id)).toEqual([id]);
  }),
  should(
    'chains/ended-count',
    'count linked tasks that have ended',
    DECISION,
    async (world) => {
      const previousContactId = await world.start();
      const ended = await world.start({ previousContactId });
      await world.connect.stopContact(world.about(ended));
      await world.start({ previousContactId });
      expect(await world.refusal(world.start({ previousContactId }))).toMatchObject(FULL);
    },
    { needs: ['quotas'], quotas: { chainTasks: 2 } },
  ),
  should(
    'chains/refused-not-counted',
    'count no refused creation',
    DECISION,
    async (world) => {
      const previousContactId = await world.start();
      await world.refusedAs({ previousContactId, contactFlowId: 'unknown' });
      await world.refusedAs({ previousContactId, attributes: [{ key: 'a.b', value: '' }] });
      await world.start({ previousContactId });
    },
    { needs: ['quotas'], quotas: { chainTasks: 1 } },
  ),
  should(
    'chains/repeat-not-counted',
    'answer a repeat when its chain is full',
    DECISION,
    async (world) => {
      const previousContactId = await world.start();
      const linked = { previousContactId, clientToken: 'repeat' };
      const id = await world.start(linked);
      expect([await world.start(linked), await world.start(linked)]).toEqual([id, id]);
      await world.start({ previousContactId });
      expect(await world.refusal(world.start({ previousContactId }))).toMatchObject(FULL);
      expect(await world.start(linked)).toBe(id);
    },
    { needs: ['quotas'], quotas: { chainTasks: 2 } },
  ),
  should(
    'chains/transfer-not-counted',
    'not count transfers as linked tasks',
    DECISION,
    async (world) => {
      const root = await world.start();
      const carried = await world.transfer(root);
      await world.start({ previousContactId: carried });
      expect(await world.refusal(world.start({ previousContactId: carried }))).toMatchObject(FULL);
    },
    { needs: ['quotas'], quotas: { chainTasks: 1 } },
  ),
  must(
    'chains/same-from-each-member',
    'report the same chain from each member',
    modelOf('ListAssociatedContacts'),
    async (world) => {
      const root = await world.start();
      const child = await world.start({ previousContactId: root });
      const grandchild = await world.start({ previousContactId: child });
      for (const id of [root, child, grandchild]) {
        expect((await world.chain(id)).id).toBe(root);
        expect((await world.members(id)).toSorted()).toEqual([root, child, grandchild].toSorted());
      }
      const { instanceId } = world.fixtures;
      const inOneCall = await world.connect.listChains({ instanceId, contactIds: [grandchild, root, child] });
      expect(inOneCall).toEqual(Array(3).fill(expect.objectContaining({ instanceId, id: root })));
    },
  ),
  should('chains/order', 'report a chain by time of initiation', DECISION, async (world) => {
    const root = await world.start();
    await world.start({ previousContactId: root });
    await world.start({ previousContactId: root });
    const times = (await world.chain(root)).members.map(({ initiatedAt }) => initiatedAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }),
  should(
    'chains/root-not-counted',
    'not count the root, whatever its channel',
    DECISION,
    async (world) => {
      const voice = world.id('voiceContact');
      await expectFull(world, await grow(world, last, voice));
      expect((await world.chain(voice)).members.map(({ channel }) => channel)).toEqual([
        'VOICE',
        ...Array(12).fill('TASK'),
      ]);
    },
    { needs: ['voiceContact', 'quotas'] },
  ),
  must(
    'chains/related-not-counted',
    'not count tasks that are linked by RelatedContactId',
    API,
    async (world) => {
      const root = await world.start();
      const member = await world.start({ previousContactId: root });
      for (const relatedContactId of [root, member, root, member]) await world.start({ relatedContactId });
      expect(await world.refusal(world.start({ previousContactId: root }))).toMatchObject(FULL);
    },
    { needs: ['quotas'], quotas: { chainTasks: 1 } },
  ),
  must(
    'chains/each-its-own',
    'count each chain separately',
    API,
    async (world) => {
      for (const root of [await world.start(), await world.start()]) {
        await world.start({ previousContactId: root });
        expect((await world.chain(root)).id).toBe(root);
      }
    },
    { needs: ['quotas'], quotas: { chainTasks: 1 } },
  ),
];
