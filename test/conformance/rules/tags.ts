import { expect } from '@jest/globals';
import type { Tag } from '../../../src/connect/contact.js';
import { modelOf, must, type Rule, should } from '../rule.js';
import type { Broken } from '../world.js';

const TAG = modelOf('TagContact');
const tags = (...keys: string[]) => keys.map((key) => ({ key, value: 'v' }));
/** Characters of a key that the service model allows, and its maximum length. */
const KEYS = ['a-1', 'a,b', 'a/b', 'a:b', 'a;b', 'a<b', 'a=b', 'A_b.c+d'];
const SIX = tags('a', 'b', 'c', 'd', 'e', 'f');

const KEY = ['tags', 0, 'key'] as const;
const REFUSED: readonly (readonly [id: string, what: string, refused: readonly Tag[], ...broken: Broken])[] = [
  ['none-at-once', 'no tag', [], 'api/tag-count', ['tags']],
  ['6-at-once', '7 tags at once', [...SIX, ...tags('g')], 'api/tag-count', ['tags']],
  ['key-a%20b', 'the tag key "a b"', tags('a b'), 'api/tag-key-pattern', KEY],
  ['key-a%40b', 'the tag key "a@b"', tags('a@b'), 'api/tag-key-pattern', KEY],
  ['key-aws%3Ax', 'the tag key "aws:x"', tags('aws:x'), 'api/tag-key-pattern', KEY],
  ['key-empty', 'an empty tag key', tags(''), 'api/tag-key-length', KEY],
  ['key-129', 'a tag key of 129 characters', tags('k'.repeat(129)), 'api/tag-key-length', KEY],
  [
    'value-257',
    'a tag value of 257 characters',
    [{ key: 'a', value: 'v'.repeat(257) }],
    'api/tag-value-length',
    ['tags', 0, 'value'],
  ],
];

/** Tags of contacts. */
export const tagRules: readonly Rule[] = [
  must('tags/add', 'add tags, and replace the value of an equal key', TAG, async (world) => {
    const id = await world.start();
    await world.connect.tagContact({ ...world.about(id), tags: tags('a', 'b') });
    await world.connect.tagContact({ ...world.about(id), tags: [{ key: 'b', value: 'new' }] });
    expect((await world.contact(id)).tags).toEqual(expect.arrayContaining([...tags('a'), { key: 'b', value: 'new' }]));
  }),
  must('tags/remove', 'take tags off', modelOf('UntagContact'), async (world) => {
    const id = await world.start();
    await world.connect.tagContact({ ...world.about(id), tags: tags('a', 'b') });
    await world.connect.untagContact({ ...world.about(id), keys: ['a'] });
    expect((await world.contact(id)).tags).toEqual(tags('b'));
  }),
  should(
    'tags/6-in-all',
    'hold a contact to 6 tags in all',
    'Amazon Connect service quotas, tags of a contact',
    async (world) => {
      const about = world.about(await world.start());
      await world.connect.tagContact({ ...about, tags: SIX });
      expect(await world.refusal(world.connect.tagContact({ ...about, tags: tags('g') }))).toMatchObject(
        world.expected('InvalidRequestException', ['engine/tags-of-contact', ['tags']]),
      );
    },
  ),
  ...REFUSED.map(([id, what, refused, ...broken]) =>
    must(`tags/${id}`, `refuse ${what}`, TAG, async (world) => {
      const call = world.connect.tagContact({ ...world.about(await world.start()), tags: refused });
      expect(await world.refusal(call)).toMatchObject(world.expected('InvalidParameterException', broken));
    }),
  ),
  must('tags/keys', `accept the tag keys ${KEYS.join(' ')}`, TAG, async (world) => {
    for (const key of KEYS) {
      const about = world.about(await world.start());
      await world.connect.tagContact({ ...about, tags: tags(key) });
      expect((await world.contact(about.contactId)).tags).toEqual(tags(key));
    }
  }),
  must('tags/key-128', 'accept a tag key of 128 characters', TAG, async (world) => {
    const about = world.about(await world.start());
    await world.connect.tagContact({ ...about, tags: tags('k'.repeat(128)) });
    expect((await world.contact(about.contactId)).tags).toEqual(tags('k'.repeat(128)));
  }),
  should(
    'tags/remove-absent',
    'ignore a key to remove that the contact lacks',
    modelOf('UntagContact'),
    async (world) => {
      const about = world.about(await world.start());
      await world.connect.tagContact({ ...about, tags: tags('a', 'b') });
      await world.connect.untagContact({ ...about, keys: ['a', 'none'] });
      expect((await world.contact(about.contactId)).tags).toEqual(tags('b'));
    },
  ),
];
