import { expect } from '@jest/globals';
import { API, DECISION, must, type Rule, should } from '../rule.js';
import { UNKNOWN_ID, type World } from '../world.js';

let used = 0;
/** A token that was not used before. */
export const freshToken = (world: World): string => `conformance-${world.now()}-${process.pid}-${used++}`;

/** How the conflict is named: the port's own name, or the API's, which has none of its own for StartTaskContact. */
export const CONFLICT = /^(IdempotencyException|InvalidRequestException)$/;

/** Client tokens. */
export const tokenRules: readonly Rule[] = [
  must('tokens/repeat', 'answer a repeat with the first contact', API, async (world) => {
    const members = { clientToken: freshToken(world), description: 'same' };
    const id = await world.start(members);
    expect([await world.start(members), await world.start(members)]).toEqual([id, id]);
  }),
  should('tokens/empty', 'take an empty token for none', DECISION, async (world) => {
    expect(await world.start({ clientToken: '' })).not.toBe(await world.start({ clientToken: '' }));
  }),
  must('tokens/case', 'distinguish tokens by case', API, async (world) => {
    const token = freshToken(world);
    expect(await world.start({ clientToken: `${token}-a` })).not.toBe(await world.start({ clientToken: `${token}-A` }));
  }),
  should('tokens/byte-by-byte', 'distinguish tokens by spaces and by forms of one letter', DECISION, async (world) => {
    const token = freshToken(world);
    const tokens = [token, `${token} `, `${token}e\u0301`, `${token}\u00e9`];
    const ids: string[] = [];
    for (const clientToken of tokens) ids.push(await world.start({ clientToken }));
    expect(new Set(ids).size).toBe(tokens.length);
  }),
  must('tokens/500', 'take a token of 500 characters', API, async (world) => {
    const members = { clientToken: freshToken(world).padEnd(500, 'x') };
    expect(await world.start(members)).toBe(await world.start(members));
  }),
  should('tokens/other-request', 'refuse another request with a used token', DECISION, async (world) => {
    const previousContactId = await world.start();
    const members = { clientToken: freshToken(world), previousContactId };
    const id = await world.start(members);
    expect(await world.refusedAs({ ...members, name: 'Other' })).toMatch(CONFLICT);
    expect(await world.start(members)).toBe(id);
    expect((await world.members(id)).toSorted()).toEqual([previousContactId, id].toSorted());
  }),
  should('tokens/after-refusal', 'let a token start a task after a refused request', DECISION, async (world) => {
    const clientToken = freshToken(world);
    await world.refusedAs({ clientToken, contactFlowId: UNKNOWN_ID });
    await world.refusedAs({ clientToken, name: 'n'.repeat(513) });
    await world.refusedAs({ clientToken, scheduledTime: new Date(0) });
    const id = await world.start({ clientToken });
    expect(await world.start({ clientToken })).toBe(id);
  }),
  should('tokens/after-end', 'answer a repeat after the task has ended', DECISION, async (world) => {
    const members = { clientToken: freshToken(world) };
    const id = await world.start(members);
    await world.connect.stopContact(world.about(id));
    expect(await world.start(members)).toBe(id);
  }),
  should(
    'tokens/same-in-other-order',
    'know a request again by its members, in whatever order',
    DECISION,
    async (world) => {
      const attributes = [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ];
      const references = [
        { name: 'x', type: 'STRING', value: '1' },
        { name: 'y', type: 'NUMBER', value: '2' },
      ];
      const clientToken = freshToken(world);
      const id = await world.start({ clientToken, attributes, references });
      const reversed = { references: references.toReversed(), attributes: attributes.toReversed() };
      expect(await world.start({ ...reversed, clientToken })).toBe(id);
    },
  ),
  should('tokens/same-if-empty', 'treat empty lists as absent ones', DECISION, async (world) => {
    const clientToken = freshToken(world);
    const id = await world.start({ clientToken });
    expect(await world.start({ clientToken, attributes: [], references: [] })).toBe(id);
  }),
  should('tokens/same-second', 'treat times of one second as equal', DECISION, async (world) => {
    const members = { clientToken: freshToken(world), scheduledTime: world.in(60_000) };
    const id = await world.start(members);
    const later = new Date(members.scheduledTime.getTime() + 999);
    expect(await world.start({ ...members, scheduledTime: later })).toBe(id);
  }),
  should(
    'tokens/arn',
    'know a request again that names ARNs for ids',
    DECISION,
    async (world) => {
      const clientToken = freshToken(world);
      const root = await world.start();
      const id = await world.start({ clientToken, previousContactId: root });
      const instanceId = world.id('instanceArn');
      const contactFlowId = `${instanceId}/contact-flow/${world.id('contactFlow')}`;
      const previousContactId = `${instanceId}/contact/${root}`;
      expect(await world.start({ clientToken, instanceId, contactFlowId, previousContactId })).toBe(id);
    },
    { needs: ['instanceArn'] },
  ),
  should(
    'tokens/quota-full',
    'answer a repeat when the active tasks are full',
    DECISION,
    async (world) => {
      const members = { clientToken: freshToken(world) };
      const id = await world.start(members);
      expect(await world.refusal(world.start())).toMatchObject({ quota: 'ACTIVE_TASKS' });
      expect(await world.start(members)).toBe(id);
      // The repeat took no place: the end of the task frees the only one.
      await world.connect.stopContact(world.about(id));
      await world.start();
    },
    { needs: ['quotas'], quotas: { activeTasks: 1 } },
  ),
  should(
    'tokens/after-full-quota',
    'let a token start a task after the active tasks were full',
    DECISION,
    async (world) => {
      const clientToken = freshToken(world);
      const blocker = await world.start();
      expect(await world.refusal(world.start({ clientToken }))).toMatchObject({ quota: 'ACTIVE_TASKS' });
      await world.connect.stopContact(world.about(blocker));
      const id = await world.start({ clientToken });
      expect(id).not.toBe(blocker);
      expect(await world.start({ clientToken })).toBe(id);
    },
    { needs: ['quotas'], quotas: { activeTasks: 1 } },
  ),
  must(
    'tokens/transfer',
    'answer a repeated transfer with the first new contact',
    'Service model, TransferContact',
    async (world) => {
      const clientToken = freshToken(world);
      const id = await world.start();
      const next = await world.transfer(id, { clientToken });
      expect(await world.transfer(id, { clientToken })).toBe(next);
    },
  ),
  should(
    'tokens/transfer-own-scope',
    'keep the tokens of transfers apart from those of creations, and refuse another transfer with one',
    DECISION,
    async (world) => {
      const clientToken = freshToken(world);
      const id = await world.start({ clientToken });
      const next = await world.transfer(id, { clientToken, userId: world.id('user') });
      expect(next).not.toBe(id);
      expect(await world.transfer(id, { clientToken, userId: world.id('user') })).toBe(next);
      const other = world.transfer(id, { clientToken, queueId: world.id('queue') });
      expect((await world.refusal(other)).code).toMatch(CONFLICT);
    },
    { needs: ['queue', 'user'] },
  ),
];
