import { describe, expect, it } from '@jest/globals';
import { openTestEngine, refusal, SAMPLE } from '../../support/engine.js';

const about = (contactId: string) => ({ instanceId: SAMPLE.instanceId, contactId });

describe('TagContact and UntagContact', () => {
  const tags = (...keys: string[]) => keys.map((key) => ({ key, value: 'v' }));

  it('hold a contact to 6 tags in all', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    await test.engine.tagContact({ ...about(id), tags: tags('a', 'b', 'c', 'd', 'e', 'f') });
    expect(await refusal(test.engine.tagContact({ ...about(id), tags: tags('g') }))).toMatchObject({
      violations: [{ rule: 'engine/tags-of-contact' }],
    });
  });

  it.each([
    ['none', [], 'api/tag-count'],
    ['7 of them', tags('a', 'b', 'c', 'd', 'e', 'f', 'g'), 'api/tag-count'],
    ['a key with a space', tags('a b'), 'api/tag-key-pattern'],
    ['a key with @', tags('a@b'), 'api/tag-key-pattern'],
    ['a key of AWS', tags('aws:x'), 'api/tag-key-pattern'],
    ['an empty key', tags(''), 'api/tag-key-length'],
    ['a key of 129 characters', tags('k'.repeat(129)), 'api/tag-key-length'],
    ['a repeated key', tags('a', 'a'), 'gateway/tag-key-unique'],
    ['a value of 257 characters', [{ key: 'a', value: 'v'.repeat(257) }], 'api/tag-value-length'],
  ])('refuse %s', async (_what, given, rule) => {
    await using test = await openTestEngine();
    const id = await test.start();
    expect(await refusal(test.engine.tagContact({ ...about(id), tags: given }))).toMatchObject({
      violations: [{ rule }],
    });
  });
});
