import { describe, expect, it } from '@jest/globals';
import { openTestEngine, refusal } from '../../support/engine.js';

const BYTES = 32_768;

describe('Any update to attributes on a contact linked by PreviousContactId affects every contact in the chain', () => {
  it('since its contacts share one set, which a new task joins and overwrites', async () => {
    await using test = await openTestEngine();
    const root = await test.start({
      attributes: [
        { key: 'kept', value: 'by root' },
        { key: 'changed', value: 'by root' },
      ],
    });
    const child = await test.start({ previousContactId: root });
    expect(await test.attributes(child)).toEqual({ kept: 'by root', changed: 'by root' });
    const grandchild = await test.start({
      previousContactId: child,
      attributes: [
        { key: 'changed', value: '' },
        { key: 'added', value: 'by grandchild' },
      ],
    });
    const shared = { kept: 'by root', changed: '', added: 'by grandchild' };
    for (const id of [root, child, grandchild]) expect(await test.attributes(id)).toEqual(shared);
    await test.reopen();
    for (const id of [root, child, grandchild]) expect(await test.attributes(id)).toEqual(shared);
  });

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
    for (const id of ids) expect(await test.attributes(id)).toEqual({ a: 'a', b: 'b', c: 'c', last: 'c' });
  });

  it('is not caused by a refused task', async () => {
    await using test = await openTestEngine({ quotas: { chainTasks: 0 } });
    const previousContactId = await test.start({ attributes: [{ key: 'k', value: 'v' }] });
    await refusal(test.start({ previousContactId, attributes: [{ key: 'k', value: 'other' }] }));
    expect(await test.attributes(previousContactId)).toEqual({ k: 'v' });
  });
});

describe('RelatedContactId copies contact attributes from the related task contact to the new one', () => {
  it('makes both sets independent afterwards', async () => {
    await using test = await openTestEngine();
    const original = await test.start({ attributes: [{ key: 'k', value: 'original' }] });
    const copy = await test.start({ relatedContactId: original, attributes: [{ key: 'own', value: 'copy' }] });
    expect(await test.attributes(copy)).toEqual({ k: 'original', own: 'copy' });
    expect(await test.attributes(original)).toEqual({ k: 'original' });

    await test.start({ previousContactId: original, attributes: [{ key: 'k', value: 'later, in the original' }] });
    await test.start({ previousContactId: copy, attributes: [{ key: 'k', value: 'later, in the copy' }] });
    expect(await test.attributes(original)).toEqual({ k: 'later, in the original' });
    expect(await test.attributes(copy)).toEqual({ k: 'later, in the copy', own: 'copy' });
  });

  it('copies the attributes of the chain at that moment, by any of its members', async () => {
    await using test = await openTestEngine();
    const root = await test.start({ attributes: [{ key: 'k', value: 'root' }] });
    const before = await test.start({ relatedContactId: root });
    const member = await test.start({ previousContactId: root, attributes: [{ key: 'k', value: 'member' }] });
    const after = await test.start({ relatedContactId: root });
    const ofMember = await test.start({ relatedContactId: member });
    expect(await test.attributes(before)).toEqual({ k: 'root' });
    expect(await test.attributes(after)).toEqual({ k: 'member' });
    expect(await test.attributes(ofMember)).toEqual({ k: 'member' });
  });

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

  it('makes the new task the first of a chain of its own, without a limit on their number', async () => {
    await using test = await openTestEngine();
    const relatedContactId = await test.start();
    const { ids, errors } = await test.startAll(Array.from({ length: 40 }, () => ({ relatedContactId })));
    expect(errors).toEqual([]);
    const [id] = ids as [string];
    const contact = await test.contact(id);
    expect(contact.relatedContactId).toBe(relatedContactId);
    expect(contact).not.toHaveProperty('initialContactId');
    expect(contact).not.toHaveProperty('previousContactId');
    expect((await test.chain(id)).members.map((member) => member.id)).toEqual([id]);
    expect((await test.chain(relatedContactId)).members.map((member) => member.id)).toEqual([relatedContactId]);
  });
});

describe('There can be up to 32,768 UTF-8 bytes across all key-value pairs per contact', () => {
  it.each(['previousContactId', 'relatedContactId'] as const)('counted after the merge by %s', async (member) => {
    await using test = await openTestEngine();
    const linked = await test.start({
      attributes: [
        { key: 'kept', value: 'é'.repeat(10_000) },
        { key: 'replaced', value: 'x'.repeat(12_000) },
      ],
    });
    const room = BYTES - Buffer.byteLength(`keptreplaced${'é'.repeat(10_000)}`);
    const error = await refusal(
      test.start({ [member]: linked, attributes: [{ key: 'replaced', value: 'y'.repeat(room + 1) }] }),
    );
    expect(error).toMatchObject({
      code: 'InvalidParameterException',
      violations: [{ rule: 'api/attributes-bytes', path: ['attributes'] }],
    });
    expect(error.message).toContain(
      `32769 bytes, together with those of the ${member === 'previousContactId' ? 'chain' : 'related contact'}`,
    );
    expect(Object.keys(await test.attributes(linked))).toHaveLength(2);

    const id = await test.start({ [member]: linked, attributes: [{ key: 'replaced', value: 'y'.repeat(room) }] });
    const { kept, replaced } = await test.attributes(id);
    expect(Buffer.byteLength(`keptreplaced${kept}${replaced}`)).toBe(BYTES);
    await test.start({ [member]: id });
    expect(await refusal(test.start({ [member]: id, attributes: [{ key: 'k', value: '' }] }))).toMatchObject({
      code: 'InvalidParameterException',
    });
    expect(test.count('select attributeBytes from chain where id = ?', linked)).toBe(
      member === 'previousContactId' ? BYTES : 32_012,
    );
  });
});
