import { expect } from '@jest/globals';
import { API, DECISION, guideOn, modelOf, must, type Rule, should } from '../rule.js';

const LINKED = guideOn('linked tasks');
const one = (key: string, value: string) => [{ key, value }];

/** User-defined attributes: bounds, sharing, copies. */
export const attributeRules: readonly Rule[] = [
  must('attributes/read-back', 'give back the attributes of a creation', API, async (world) => {
    const attributes = [...one('a-Z_9', 'Grüße 👋'), ...one('empty', '')];
    expect(await world.attributes(await world.start({ attributes }))).toEqual({ 'a-Z_9': 'Grüße 👋', empty: '' });
  }),
  must('attributes/none', 'tell no attributes where there are none', modelOf('GetContactAttributes'), async (world) => {
    expect(await world.attributes(await world.start())).toEqual({});
  }),
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
      await world.start({ previousContactId: root, attributes: one('k', 'child') });
      expect(await world.attributes(root)).toEqual({ k: 'child', kept: 'root' });
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
  must(
    'attributes/update-ended',
    'update attributes of a contact that has ended',
    modelOf('UpdateContactAttributes'),
    async (world) => {
      const id = await world.start();
      await world.connect.stopContact(world.about(id));
      await world.connect.updateContactAttributes({ ...world.about(id), attributes: one('k', 'late') });
      expect(await world.attributes(id)).toEqual({ k: 'late' });
    },
  ),
  should('attributes/update-empty-value', 'keep a key that is set to an empty value', DECISION, async (world) => {
    const id = await world.start({ attributes: one('k', 'v') });
    await world.connect.updateContactAttributes({ ...world.about(id), attributes: one('k', '') });
    expect(await world.attributes(id)).toEqual({ k: '' });
  }),
];
