import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chainIdOf, isLinkedTask } from '../../../src/connect/contact.js';
import { openTestEngine, SAMPLE, type TestEngine } from '../../support/engine.js';

const CHAIN_TASKS = 4;

/** One creation. `to` picks among the contacts that exist when its step begins. */
interface Creation {
  readonly link: 'none' | 'previousContactId' | 'relatedContactId';
  readonly to: number;
  readonly attributes: Readonly<Record<string, string>>;
}

const creation: fc.Arbitrary<Creation> = fc.record({
  link: fc.constantFrom('none', 'previousContactId', 'previousContactId', 'previousContactId', 'relatedContactId'),
  to: fc.nat(),
  attributes: fc.dictionary(fc.constantFrom('a', 'b', 'constructor', '__proto__'), fc.string({ maxLength: 4 }), {
    noNullPrototype: false,
  }),
});

/** Steps one after another; the creations of a step all at once. */
const steps = fc.array(fc.array(creation, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

/** What the reference page says, as a model: chains, and which contact is in which. */
interface Chain {
  readonly id: string;
  readonly members: string[];
  readonly attributes: Map<string, string>;
}

describe('Whatever tasks are linked, in whatever order', () => {
  it("keeps the chain's id, its count of linked tasks and one set of attributes", async () => {
    await using test = await openTestEngine({ quotas: { chainTasks: CHAIN_TASKS, activeTasks: 1_000_000 } });
    await fc.assert(
      fc.asyncProperty(steps, async (inSteps) => {
        const chains = new Map<string, Chain>();
        for (const step of inSteps) {
          const existing = [...chains.keys()];
          const requests = step.map(({ link, to, attributes }) => ({
            ...(link !== 'none' && existing.length > 0 && { [link]: existing[to % existing.length] }),
            attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
          }));
          const outcomes = await Promise.allSettled(requests.map((request) => test.start(request)));
          // Requests of one batch are decided in the order in which they came.
          requests.forEach((request, index) => {
            expectAsModelled(chains, request, outcomes[index] as PromiseSettledResult<string>);
          });
        }
        await expectChains(test, chains);
      }),
      { numRuns: 40 },
    );
  });
});

function expectAsModelled(
  chains: Map<string, Chain>,
  request: Parameters<TestEngine['start']>[0] & object,
  outcome: PromiseSettledResult<string>,
): void {
  const previous = request.previousContactId === undefined ? undefined : chains.get(request.previousContactId);
  const related = request.relatedContactId === undefined ? undefined : chains.get(request.relatedContactId);
  const isFull = previous !== undefined && previous.members.length > CHAIN_TASKS;
  expect(outcome.status).toBe(isFull ? 'rejected' : 'fulfilled');
  if (outcome.status === 'rejected') {
    expect(outcome.reason).toMatchObject({ code: 'ServiceQuotaExceededException', quota: 'CHAIN' });
    return;
  }
  const id = outcome.value;
  const chain = previous ?? { id, members: [], attributes: new Map(related?.attributes) };
  chain.members.push(id);
  for (const { key, value } of request.attributes ?? []) chain.attributes.set(key, value);
  chains.set(id, chain);
}

async function expectChains(test: TestEngine, chains: ReadonlyMap<string, Chain>): Promise<void> {
  const ids = [...chains.keys()];
  const reported = await test.engine.listChains({ instanceId: SAMPLE.instanceId, contactIds: ids });
  const attributes = await test.engine.getAttributes({ instanceId: SAMPLE.instanceId, contactIds: ids });
  ids.forEach((id, index) => {
    const { members, ...chain } = chains.get(id) as Chain;
    const answer = reported[index] as Extract<(typeof reported)[number], { members: unknown }>;
    expect(answer.id).toBe(chain.id);
    expect(answer.members.map((member) => member.id)).toEqual(members);
    expect(answer.members.map(chainIdOf)).toEqual(members.map(() => chain.id));
    expect(attributes[index]).toEqual(
      [...chain.attributes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value })),
    );
    expect(test.rows('select linkedTasks from chain where id = ?', chain.id)).toEqual([
      { linkedTasks: answer.members.filter(isLinkedTask).length },
    ]);
  });
}
