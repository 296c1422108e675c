import { describe, expect, it } from '@jest/globals';
import { openTestEngine, refusal, SAMPLE } from '../../support/engine.js';

describe('TagContact', () => {
  it('refuses a repeated key, which a request of the API cannot have', async () => {
    await using test = await openTestEngine();
    const about = { instanceId: SAMPLE.instanceId, contactId: await test.start() };
    const tags = ['a', 'a'].map((key) => ({ key, value: 'v' }));
    expect(await refusal(test.engine.tagContact({ ...about, tags }))).toMatchObject({
      violations: [{ rule: 'gateway/tag-key-unique' }],
    });
  });
});
