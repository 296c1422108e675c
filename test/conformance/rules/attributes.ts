import { expect } from '@jest/globals';
import type { Connect } from '../../../src/connect/connect.js';
import { API, DECISION, guideOn, modelOf, must, type Rule, should } from '../rule.js';

const LINKED = guideOn('linked tasks');
const one = (key: string, value: string) => [{ key, value }];

/** User-defined attributes: bounds, sharing, copies. */
export const attributeRules: readonly Rule[] = [
  must('attributes/read-back', 'give back the attributes of a creation', API, async (world) => {
    const attributes = [...one('a-Z_9', 'Grüße 👋'), ...one('empty', '')];
    expect(await world.attributes(await world.start({ attributes }))).toEqual({ 'a-Z_9': 'Grüße 👋', empty: '' });
  }),
  must(
    'attributes/none',
    'report no attributes where there are none',
    modelOf('GetContactAttributes'),
    async (world) => {
      expect(await world.attributes(await world.start())).toEqual({});
    },
  ),
  ...(['a b', 'a.b', 'ä', ''] as const).map((key) =>
    must(
      `attributes/key-${key === '' ? 'empty' : encodeURIComponent(key)}`,
      `refuse the key "${key}"`,
      API,
      async (world) => {
        const rule = key === '' ? 'api/attribute-key-length' : 'api/attribute-key-alphabet';
        const expected = world.expected('InvalidParameterException', [rule, ['attributes', 0, 'key']]);
        expect(await world.refusal(world.start({ attributes: one(key, 'v') }))).toMatchObject(expected);
      },
    ),
  ),
  must('attributes/32768-bytes', 'take 32,768 UTF-8 bytes of attributes', API, async (world) => {
    const attributes = [...one('a', 'ä'.repeat(16_000)), ...one('b', 'x'.repeat(766))];
    expect(Object.keys(await world.attributes(await world.start({ attributes })))).toEqual(['a', 'b']);
  }),
  must('attributes/32769-bytes', 'refuse 32,769 UTF-8 bytes of attributes', API, async (world) => {
    const attributes = [...one('a', 'ä'.repeat(16_000)), ...one('b', 'x'.repeat(767))];
    expect(await world.refusal(world.start({ attributes }))).toMatchObject(
      world.expected('InvalidParameterException', ['api/attributes-bytes', ['attributes']]),
    );
  }),
  must('attributes/key-32767', 'accept a key of 32,767 characters', API, async (world) => {
    const key = 'k'.repeat(32_767);
    expect(await world.attributes(await world.start({ attributes: one(key, 'v') }))).toEqual({ [key]: 'v' });
  }),
  must('attributes/value-32767', 'accept a value of 32,767 characters', API, async (world) => {
    const value = 'v'.repeat(32_767);
    expect(await world.attributes(await world.start({ attributes: one('k', value) }))).toEqual({ k: value });
  }),
  must('attributes/value-32768', 'refuse a value of 32,768 characters', API, async (world) => {
    const call = world.start({ attributes: one('k', 'v'.repeat(32_768)) });
    expect(await world.refusal(call)).toMatchObject(
      world.expected(
        'InvalidParameterException',
        ['api/attribute-value-length', ['attributes', 0, 'value']],
        ['api/attributes-bytes', ['attributes']],
      ),
    );
  }),
  must(
    'attributes/chain-starts-with',
    'start a linked task with the attributes of its chain',
    LINKED,
    async (world) => {
      const root = await world.start({ attributes: one('k', 'root') });
      expect(await world.attributes(await world.start({ previousContactId: root }))).toEqual({ k: 'root' });
    },
  ),
  must('attributes/chain-shared', 'show a change through one member on every member', API, async (world) => {
    const root = await world.start({ attributes: one('k', 'root') });
    const child = await world.start({ previousContactId: root });
    await world.connect.updateContactAttributes({ ...world.about(child), attributes: one('k', 'child') });
    expect(await world.attributes(root)).toEqual({ k: 'child' });
    await world.connect.updateContactAttributes({ ...world.about(root), attributes: one('l', 'root') });
    expect(await world.attributes(child)).toEqual({ k: 'child', l: 'root' });
  }),
  should(
    'attributes/chain-overwrite',
    'let a linked task’s own attributes overwrite equal keys on the whole chain',
    DECISION,
    async (world) => {
      const root = await world.start({ attributes: [...one('k', 'root'), ...one('kept', 'root')] });
      const child = await world.start({ previousContactId: root, attributes: one('k', 'child') });
      expect(await world.attributes(root)).toEqual({ k: 'child', kept: 'root' });
      const attributes = [...one('k', ''), ...one('added', 'grandchild')];
      const grandchild = await world.start({ previousContactId: child, attributes });
      for (const id of [root, child, grandchild]) {
        expect(await world.attributes(id)).toEqual({ k: '', kept: 'root', added: 'grandchild' });
      }
    },
  ),
  must(
    'attributes/related-copies',
    'copy the attributes to a related task, independent from then on',
    API,
    async (world) => {
      const root = await world.start({ attributes: one('k', 'root') });
      const copy = await world.start({ relatedContactId: root });
      expect(await world.attributes(copy)).toEqual({ k: 'root' });
      await world.connect.updateContactAttributes({ ...world.about(copy), attributes: one('k', 'copy') });
      await world.connect.updateContactAttributes({ ...world.about(root), attributes: one('l', 'root') });
      expect(await world.attributes(root)).toEqual({ k: 'root', l: 'root' });
      expect(await world.attributes(copy)).toEqual({ k: 'copy' });
      await world.start({ previousContactId: root, attributes: one('k', 'next of root') });
      await world.start({ previousContactId: copy, attributes: one('k', 'next of copy') });
      expect(await world.attributes(root)).toEqual({ k: 'next of root', l: 'root' });
      expect(await world.attributes(copy)).toEqual({ k: 'next of copy' });
    },
  ),
  must(
    'attributes/related-at-that-moment',
    'copy the attributes of a chain as they are, by any of its contacts',
    API,
    async (world) => {
      const root = await world.start({ attributes: one('k', 'root') });
      const before = await world.start({ relatedContactId: root });
      const member = await world.start({ previousContactId: root, attributes: one('k', 'member') });
      const after = await world.start({ relatedContactId: root });
      const ofMember = await world.start({ relatedContactId: member });
      expect(await world.attributes(before)).toEqual({ k: 'root' });
      expect(await world.attributes(after)).toEqual({ k: 'member' });
      expect(await world.attributes(ofMember)).toEqual({ k: 'member' });
    },
  ),
  should(
    'attributes/related-overwrite',
    'let a related task’s own attributes overwrite its copy only',
    DECISION,
    async (world) => {
      const root = await world.start({ attributes: one('k', 'root') });
      const copy = await world.start({ relatedContactId: root, attributes: one('k', 'copy') });
      expect([await world.attributes(root), await world.attributes(copy)]).toEqual([{ k: 'root' }, { k: 'copy' }]);
      const added = await world.start({ relatedContactId: root, attributes: one('own', 'copy') });
      expect(await world.attributes(added)).toEqual({ k: 'root', own: 'copy' });
    },
  ),
  must('attributes/merged-bytes', 'refuse a linked task that makes the shared set too large', API, async (world) => {
    const root = await world.start({ attributes: one('a', 'x'.repeat(32_000)) });
    const attributes = one('b', 'x'.repeat(1000));
    expect(await world.refusedAs({ previousContactId: root, attributes })).toBe('InvalidParameterException');
    expect(await world.refusedAs({ relatedContactId: root, attributes })).toBe('InvalidParameterException');
    await world.start({ previousContactId: root, attributes: one('a', '') });
    await world.start({ previousContactId: root, attributes });
  }),
  ...(['previousContactId', 'relatedContactId'] as const).map((link) =>
    must(
      `attributes/merged-32768-bytes-${link}`,
      `count the bytes of attributes after the merge by ${link}`,
      API,
      async (world) => {
        const kept = 'é'.repeat(10_000);
        const linked = await world.start({
          attributes: [...one('kept', kept), ...one('replaced', 'x'.repeat(12_000))],
        });
        const room = 32_768 - Buffer.byteLength(`keptreplaced${kept}`);
        const tooLarge = world.start({ [link]: linked, attributes: one('replaced', 'y'.repeat(room + 1)) });
        const owner = link === 'previousContactId' ? 'chain' : 'related contact';
        const actual = `32769 bytes, together with those of the ${owner}`;
        expect(await world.refusal(tooLarge)).toMatchObject(
          world.expected('InvalidParameterException', ['api/attributes-bytes', ['attributes'], actual]),
        );
        expect(await world.attributes(linked)).toEqual({ kept, replaced: 'x'.repeat(12_000) });
        const id = await world.start({ [link]: linked, attributes: one('replaced', 'y'.repeat(room)) });
        expect(await world.attributes(id)).toEqual({ kept, replaced: 'y'.repeat(room) });
        await world.start({ [link]: id });
        expect(await world.refusedAs({ [link]: id, attributes: one('k', '') })).toBe('InvalidParameterException');
      },
    ),
  ),
  must(
    'attributes/update-bytes',
    'hold the attributes to 32,768 bytes in updates, also of callers who come at once',
    modelOf('UpdateContactAttributes'),
    async (world) => {
      const id = await world.start({ attributes: one('a', 'x'.repeat(32_000)) });
      const update = (key: string) => (port: Connect) =>
        port.updateContactAttributes({ ...world.about(id), attributes: one(key, 'x'.repeat(766)) });
      const { refusals } = await world.atOnce([update('bb'), update('cc')]);
      const expected = world.expected('InvalidParameterException', ['api/attributes-bytes', ['attributes']]);
      expect(refusals).toMatchObject([expected, expected]);
      await update('b')(world.connect);
      expect(await world.refusal(update('d')(world.connect))).toMatchObject(expected);
      expect(Object.keys(await world.attributes(id))).toEqual(['a', 'b']);
    },
  ),
  must(
    'attributes/update-ended',
    'update attributes of a contact that has ended',
    modelOf('UpdateContactAttributes'),
    async (world) => {
      const id = await world.start({ attributes: [...one('kept', 'v'), ...one('emptied', 'v')] });
      const next = await world.start({ previousContactId: id });
      const copy = await world.start({ relatedContactId: id });
      await world.connect.stopContact(world.about(id));
      const attributes = [...one('k', 'late'), ...one('emptied', '')];
      await world.connect.updateContactAttributes({ ...world.about(id), attributes });
      const all = { kept: 'v', k: 'late', emptied: '' };
      expect([await world.attributes(id), await world.attributes(next)]).toEqual([all, all]);
      expect(await world.attributes(copy)).toEqual({ kept: 'v', emptied: 'v' });
    },
  ),
  should('attributes/update-empty-value', 'keep a key that is set to an empty value', DECISION, async (world) => {
    const id = await world.start({ attributes: one('k', 'v') });
    await world.connect.updateContactAttributes({ ...world.about(id), attributes: one('k', '') });
    expect(await world.attributes(id)).toEqual({ k: '' });
  }),
];
