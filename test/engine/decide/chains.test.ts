import { describe, expect, it } from '@jest/globals';
import { openTestEngine, refusal, SAMPLE, type TestEngine, UNKNOWN_ID } from '../../support/engine.js';
import { contactOf, OTHER_INSTANCE, otherInstance } from '../../support/resources.js';

const LINKED_TASKS = 'select linkedTasks from chain where id = ?';

/** Grows a chain to so many linked tasks; `next` names the contact that the next one links to. */
async function grow(test: TestEngine, root: string, tasks: number, next: (ids: readonly string[]) => string) {
  const ids = [root];
  for (let task = 0; task < tasks; task++) ids.push(await test.start({ previousContactId: next(ids) }));
  return ids;
}

const last = (ids: readonly string[]) => ids.at(-1) as string;
const first = (ids: readonly string[]) => ids[0] as string;
/** The last, then the first, then the last again … */
const mixed = (ids: readonly string[]) => (ids.length % 2 === 0 ? last(ids) : first(ids));

describe('There can be a maximum of 12 linked task contacts in a chain', () => {
  it.each([
    ['as a line, each task previous to the next', last],
    ['as a fan: 12 tasks share the same PreviousContactId', first],
    ['as a tree', mixed],
  ])('%s', async (_shape, next) => {
    await using test = await openTestEngine();
    const ids = await grow(test, await test.start(), 12, next);
    for (const previousContactId of ids) {
      expect(await refusal(test.start({ previousContactId }))).toMatchObject({
        code: 'ServiceQuotaExceededException',
        quota: 'CHAIN',
        limit: 12,
        message: expect.stringContaining('The chain is full: it has the maximum number of linked tasks (12)'),
      });
    }
    expect((await test.chain(first(ids))).members).toHaveLength(13);
    expect(test.count(LINKED_TASKS, first(ids))).toBe(12);
  });

  it('does not count the root, whatever its channel', async () => {
    await using test = await openTestEngine();
    const ids = await grow(test, SAMPLE.voiceContact, 12, last);
    expect(await refusal(test.start({ previousContactId: last(ids) }))).toMatchObject({ quota: 'CHAIN' });
    expect((await test.chain(SAMPLE.voiceContact)).members.map(({ channel }) => channel)).toEqual([
      'VOICE',
      ...Array(12).fill('TASK'),
    ]);
  });

  it('counts tasks that have ended', async () => {
    await using test = await openTestEngine({ quotas: { chainTasks: 2 } });
    const previousContactId = await test.start({ expiryMinutes: 1 });
    await test.start({ previousContactId, expiryMinutes: 1 });
    test.clock.now += 3_600_000;
    await test.start({ previousContactId });
    expect((await test.chain(previousContactId)).members.map(({ endedAt }) => endedAt !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
    expect(await refusal(test.start({ previousContactId }))).toMatchObject({ quota: 'CHAIN', limit: 2 });
  });

  it('does not count refused creations', async () => {
    await using test = await openTestEngine({ quotas: { chainTasks: 1 } });
    const previousContactId = await test.start();
    await refusal(test.start({ previousContactId, contactFlowId: UNKNOWN_ID }));
    await refusal(test.start({ previousContactId, attributes: [{ key: 'a.b', value: '' }] }));
    expect(test.count(LINKED_TASKS, previousContactId)).toBe(0);
    await test.start({ previousContactId });
  });

  it('does not count tasks that are linked by RelatedContactId', async () => {
    await using test = await openTestEngine({ quotas: { chainTasks: 1 } });
    const root = await test.start();
    const member = await test.start({ previousContactId: root });
    for (const relatedContactId of [root, member, root, member]) await test.start({ relatedContactId });
    expect(test.count(LINKED_TASKS, root)).toBe(1);
    expect(await refusal(test.start({ previousContactId: root }))).toMatchObject({ quota: 'CHAIN' });
  });

  it('counts each chain separately', async () => {
    await using test = await openTestEngine({ quotas: { chainTasks: 1 } });
    const [a, b] = [await test.start(), await test.start()];
    await test.start({ previousContactId: a });
    await test.start({ previousContactId: b });
    expect((await test.chain(a)).id).toBe(a);
    expect((await test.chain(b)).id).toBe(b);
  });
});

describe('PreviousContactId', () => {
  it('tells InitialContactId, PreviousContactId and the chain from each member', async () => {
    await using test = await openTestEngine();
    const root = await test.start();
    const child = await test.start({ previousContactId: root });
    const grandchild = await test.start({ previousContactId: child });
    const links = ({
      initialContactId,
      previousContactId,
      relatedContactId,
    }: Awaited<ReturnType<typeof test.contact>>) => ({
      initialContactId,
      previousContactId,
      relatedContactId,
    });
    expect(links(await test.contact(root))).toEqual({});
    expect(links(await test.contact(child))).toEqual({ initialContactId: root, previousContactId: root });
    expect(links(await test.contact(grandchild))).toEqual({ initialContactId: root, previousContactId: child });
    const chain = { instanceId: SAMPLE.instanceId, id: root, members: expect.anything() };
    expect(
      await test.engine.listChains({ instanceId: SAMPLE.instanceId, contactIds: [grandchild, root, child] }),
    ).toEqual([chain, chain, chain]);
  });

  it('joins the association of its contact, and so does RelatedContactId', async () => {
    await using test = await openTestEngine();
    const root = await test.start();
    const child = await test.start({ previousContactId: root });
    const related = await test.start({ relatedContactId: child });
    await test.start({ previousContactId: related });
    const other = await test.start();
    expect(test.rows("select distinct associationId from contact where channel = 'TASK' order by id")).toEqual([
      { associationId: root },
      { associationId: other },
    ]);
  });

  it.each(['CHAT', 'VOICE', 'TASK'] as const)('is the identifier of a previous %s contact', async (channel) => {
    await using test = await openTestEngine({ content: contactOf(channel, 'c') });
    const id = await test.start({ previousContactId: 'c' });
    expect(await test.contact(id)).toMatchObject({ initialContactId: 'c', previousContactId: 'c' });
  });

  it('is not that of an e-mail contact', async () => {
    await using test = await openTestEngine({ content: contactOf('EMAIL', 'c') });
    expect(await refusal(test.start({ previousContactId: 'c' }))).toMatchObject({
      code: 'InvalidRequestException',
      violations: [
        { rule: 'api/previous-contact-channel', path: ['previousContactId'], actual: 'a contact of channel EMAIL' },
      ],
    });
    // A copy of its attributes shares nothing with it.
    await test.start({ relatedContactId: 'c' });
  });

  it.each(['previousContactId', 'relatedContactId'] as const)('%s that is unknown is not found', async (member) => {
    await using test = await openTestEngine({ content: { instances: [otherInstance()] } });
    expect(await refusal(test.start({ [member]: UNKNOWN_ID }))).toMatchObject({
      code: 'ResourceNotFoundException',
      resource: 'CONTACT',
      member,
      id: UNKNOWN_ID,
      message: expect.stringContaining(member),
    });
  });

  it('is not found in another instance', async () => {
    const elsewhere = contactOf('TASK', 'c');
    await using test = await openTestEngine({
      content: {
        instances: [otherInstance()],
        contacts: elsewhere.contacts.map((row) => ({ ...row, instanceId: OTHER_INSTANCE.id })),
        chains: elsewhere.chains.map((row) => ({ ...row, instanceId: OTHER_INSTANCE.id })),
      },
    });
    expect(await refusal(test.start({ previousContactId: 'c' }))).toMatchObject({ resource: 'CONTACT' });
  });

  it('together with RelatedContactId is refused, also where both name the same contact', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    for (const relatedContactId of [id, SAMPLE.voiceContact]) {
      expect(await refusal(test.start({ previousContactId: id, relatedContactId }))).toMatchObject({
        code: 'InvalidRequestException',
        violations: [{ rule: 'api/only-one-link', path: [] }],
      });
    }
  });

  it('takes over nothing but the attributes', async () => {
    await using test = await openTestEngine();
    const previousContactId = await test.start({
      description: 'd',
      references: [{ name: 'n', type: 'STRING', value: 'v' }],
      scheduledTime: new Date(test.clock.now + 60_000),
      expiryMinutes: 5,
    });
    const plain = await test.contact(await test.start());
    const contact = await test.contact(await test.start({ previousContactId }));
    const { id, arn } = contact;
    expect(contact).toEqual({
      ...plain,
      id,
      arn,
      initialContactId: previousContactId,
      previousContactId,
      associationId: previousContactId,
    });
  });
});
