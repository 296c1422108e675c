import { describe, expect, it } from '@jest/globals';
import { openTestEngine, refusal, request, SAMPLE, SECOND, type TestEngine, UNKNOWN_ID } from '../../support/engine.js';

const { instanceId } = SAMPLE;

/** A tree: a root, two that follow it, one related to a follower, and one that follows the related one. */
async function plantTree(test: TestEngine): Promise<readonly string[]> {
  const start = async (members: Parameters<typeof request>[0]) => {
    test.clock.now += SECOND;
    return (await test.engine.startTaskContact(request(members))).contactId;
  };
  const root = await start({});
  const first = await start({ previousContactId: root });
  const second = await start({ previousContactId: root });
  const related = await start({ relatedContactId: first });
  const later = await start({ previousContactId: related });
  return [root, first, second, related, later];
}

describe('ListAssociatedContacts', () => {
  it('lists every contact that a link of either kind joins, by time, whichever of them is asked', async () => {
    await using test = await openTestEngine();
    const tree = await plantTree(test);
    await test.engine.startTaskContact(request());
    for (const contactId of tree) {
      const { items, nextToken } = await test.engine.listAssociatedContacts({ instanceId, contactId });
      expect(items.map(({ id }) => id)).toEqual(tree);
      expect(nextToken).toBeUndefined();
    }
  });

  it('gives each once, page by page; a page of the tree may be asked on by another member', async () => {
    await using test = await openTestEngine();
    const tree = await plantTree(test);
    const [root = '', first = ''] = tree;
    const one = await test.engine.listAssociatedContacts({ instanceId, contactId: root, maxResults: 2 });
    const two = await test.engine.listAssociatedContacts({
      instanceId,
      contactId: first,
      maxResults: 3,
      nextToken: one.nextToken as string,
    });
    expect([...one.items, ...two.items].map(({ id }) => id)).toEqual(tree);
    expect(two.nextToken).toBeUndefined();
  });

  it('lists an unlinked contact alone, and refuses unknown ids and foreign tokens', async () => {
    await using test = await openTestEngine();
    const tree = await plantTree(test);
    const { contactId } = await test.engine.startTaskContact(request());
    const alone = await test.engine.listAssociatedContacts({ instanceId, contactId });
    expect(alone.items.map(({ id }) => id)).toEqual([contactId]);
    expect(await refusal(test.engine.listAssociatedContacts({ instanceId, contactId: UNKNOWN_ID }))).toMatchObject({
      code: 'ResourceNotFoundException',
      resource: 'CONTACT',
    });
    expect(await refusal(test.engine.listAssociatedContacts({ instanceId: UNKNOWN_ID, contactId }))).toMatchObject({
      resource: 'INSTANCE',
    });
    const { nextToken } = await test.engine.listAssociatedContacts({
      instanceId,
      contactId: tree[0] as string,
      maxResults: 1,
    });
    const elsewhere = test.engine.listAssociatedContacts({ instanceId, contactId, nextToken: nextToken as string });
    expect(await refusal(elsewhere)).toMatchObject({ violations: [{ rule: 'engine/next-token' }] });
  });

  it('is served by an index', async () => {
    await using test = await openTestEngine();
    const plan = test.rows(
      `explain query plan select * from contact where "instanceId" = 'a' and "associationId" = 'b' order by "initiatedAt", "id"`,
    );
    expect(JSON.stringify(plan)).toContain('contactByAssociation');
    expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE');
  });
});

describe('references', () => {
  it('are read for many contacts at once', async () => {
    await using test = await openTestEngine();
    const references = [{ name: 'Order', type: 'URL', value: 'https://example.com/1' }] as const;
    const { contactId } = await test.engine.startTaskContact(request({ references }));
    expect(
      await test.engine.listReferences({ instanceId, contactIds: [UNKNOWN_ID, contactId, SAMPLE.voiceContact] }),
    ).toEqual([null, references, []]);
  });
});
