import { expect } from '@jest/globals';
import { API, DECISION, must, type Rule, should } from '../rule.js';
import { UNKNOWN_ID, type World } from '../world.js';

let used = 0;
/** A token that nobody used before. */
export const freshToken = (world: World): string => `conformance-${world.now()}-${process.pid}-${used++}`;

/** How the conflict is named: the port's own name, or the API's, which has none of its own for StartTaskContact. */
const CONFLICT = /^(IdempotencyException|InvalidRequestException)$/;

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
  must('tokens/case', 'tell tokens apart by case', API, async (world) => {
    const token = freshToken(world);
    expect(await world.start({ clientToken: `${token}-a` })).not.toBe(await world.start({ clientToken: `${token}-A` }));
  }),
  must('tokens/500', 'take a token of 500 characters', API, async (world) => {
    const members = { clientToken: freshToken(world).padEnd(500, 'x') };
    expect(await world.start(members)).toBe(await world.start(members));
  }),
  should('tokens/other-request', 'refuse another request with a used token', DECISION, async (world) => {
    const clientToken = freshToken(world);
    const id = await world.start({ clientToken });
    expect(await world.refusedAs({ clientToken, name: 'Other' })).toMatch(CONFLICT);
    expect(await world.start({ clientToken })).toBe(id);
  }),
  should('tokens/after-refusal', 'let a token start a task after a refused request', DECISION, async (world) => {
    const clientToken = freshToken(world);
    await world.refusedAs({ clientToken, contactFlowId: UNKNOWN_ID });
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
      const clientToken = freshToken(world);
      const id = await world.start({ clientToken, attributes });
      expect(await world.start({ attributes: attributes.toReversed(), clientToken })).toBe(id);
    },
  ),
  should(
    'tokens/arn',
    'know a request again that names ARNs for ids',
    DECISION,
    async (world) => {
      const clientToken = freshToken(world);
      const id = await world.start({ clientToken });
      const contactFlowId = `${world.id('instanceArn')}/contact-flow/${world.id('contactFlow')}`;
      expect(await world.start({ clientToken, contactFlowId })).toBe(id);
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
];
