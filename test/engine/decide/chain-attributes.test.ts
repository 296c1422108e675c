import { describe, expect, it } from '@jest/globals';
import { openTestEngine, refusal } from '../../support/engine.js';

describe('Any update to attributes on a contact linked by PreviousContactId affects every contact in the chain', () => {
  it('holds for several tasks that join in the same batch', async () => {
    await using test = await openTestEngine();
    const previousContactId = await test.start({ attributes: [{ key: 'last', value: 'root' }] });
    const { ids, errors } = await test.startAll(
      ['a', 'b', 'c'].map((name) => ({
        previousContactId,
        attributes: [
          { key: name, value: name },
          { key: 'last', value: name },
        ],
      })),
    );
    expect(errors).toEqual([]);
    const shared = { a: 'a', b: 'b', c: 'c', last: 'c' };
    for (const id of ids) expect(await test.attributes(id)).toEqual(shared);
    await test.reopen();
    for (const id of ids) expect(await test.attributes(id)).toEqual(shared);
  });

  it('is not caused by a refused task', async () => {
    await using test = await openTestEngine({ quotas: { chainTasks: 0 } });
    const previousContactId = await test.start({ attributes: [{ key: 'k', value: 'v' }] });
    await refusal(test.start({ previousContactId, attributes: [{ key: 'k', value: 'other' }] }));
    expect(await test.attributes(previousContactId)).toEqual({ k: 'v' });
  });
});

describe('RelatedContactId copies contact attributes from the related task contact to the new one', () => {
  it('copies within one batch', async () => {
    await using test = await openTestEngine();
    const root = await test.start({ attributes: [{ key: 'k', value: 'root' }] });
    const { ids } = await test.startAll([
      { relatedContactId: root },
      { previousContactId: root, attributes: [{ key: 'k', value: 'member' }] },
      { relatedContactId: root },
    ]);
    expect(await Promise.all(ids.map((id) => test.attributes(id)))).toEqual([
      { k: 'root' },
      { k: 'member' },
      { k: 'member' },
    ]);
  });
});
