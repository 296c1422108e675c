import { expect } from '@jest/globals';
import { modelOf, must, type Rule, should } from '../rule.js';

const TAG = modelOf('TagContact');
const tags = (...keys: string[]) => keys.map((key) => ({ key, value: 'v' }));
/** Characters of a key that the service model allows, and its maximum length. */
const KEYS = ['a-1', 'a,b', 'a/b', 'a:b', 'a;b', 'a<b', 'a=b', 'A_b.c+d'];
const SIX = tags('a', 'b', 'c', 'd', 'e', 'f');

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
  must('tags/6-at-once', 'refuse 7 tags at once', TAG, async (world) => {
    const call = world.connect.tagContact({ ...world.about(await world.start()), tags: [...SIX, ...tags('g')] });
    expect((await world.refusal(call)).code).toBe('InvalidParameterException');
  }),
  should(
    'tags/6-in-all',
    'hold a contact to 6 tags in all',
    'Amazon Connect service quotas, tags of a contact',
    async (world) => {
      const about = world.about(await world.start());
      await world.connect.tagContact({ ...about, tags: SIX });
      expect((await world.refusal(world.connect.tagContact({ ...about, tags: tags('g') }))).code).toBe(
        'InvalidRequestException',
      );
    },
  ),
  ...(['a b', 'a@b', 'aws:x'] as const).map((key) =>
    must(`tags/key-${encodeURIComponent(key)}`, `refuse the tag key "${key}"`, TAG, async (world) => {
      const call = world.connect.tagContact({ ...world.about(await world.start()), tags: tags(key) });
      expect((await world.refusal(call)).code).toBe('InvalidParameterException');
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
