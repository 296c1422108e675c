import { describe, expect, it } from '@jest/globals';
import { lifecycleRules, onlyOneTarget, somethingToUpdate } from '../../src/validation/requests/lifecycle.js';
import type { RuleFacts } from '../../src/validation/rule.js';
import { startTaskContactRules } from '../../src/validation/requests/start-task-contact.js';

/** The rules that the life cycle adds to those of creation. Clients rely on ids; none may change its meaning. */
const RULES = [
  ['api/contact-id-length', '1 to 256 characters'],
  ['api/tag-count', '1 to 6 tags'],
  ['api/tag-key-length', '1 to 128 characters'],
  ['api/tag-key-pattern', 'letters, digits and + , - . / : ; < = _, not beginning with aws:'],
  ['gateway/tag-key-unique', 'each key once'],
  ['api/tag-value-length', '0 to 256 characters'],
  ['api/something-to-update', 'at least one of name, description and references'],
  ['api/only-one-transfer-target', 'at most one of QueueId and UserId'],
];

describe('The rules of the life cycle', () => {
  it('have fixed ids, limits and sources', () => {
    const ofCreation = new Set(
      Object.values(startTaskContactRules).flatMap((rules) => rules.map(({ id }) => id as string)),
    );
    const all: readonly RuleFacts[] = [...Object.values(lifecycleRules).flat(), somethingToUpdate, onlyOneTarget];
    const added = new Map(all.filter(({ id }) => !ofCreation.has(id)).map((rule) => [rule.id, rule.limit]));
    expect([...added]).toEqual(RULES);
    for (const { source } of all) expect(source).not.toBe('');
  });
});
