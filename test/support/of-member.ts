import { expect } from '@jest/globals';
import { NO_FINDINGS, type Rule } from '../../src/validation/rule.js';

/**
 * A rule about a member of each item of a list, as a rule about that member's text alone. The text stands in the second
 * of three items, so that every finding must carry index 1 and the member's name.
 */
export function ofMember<Item>(
  rule: Rule<readonly Item[]>,
  member: keyof Item & string,
  itemOf: (text: string) => Item,
): Rule<string> {
  const { id, limit, source } = rule;
  return {
    id,
    limit,
    source,
    check(text) {
      const good = itemOf('1');
      const findings = rule.check([good, itemOf(text), good]);
      if (findings.length === 0) return NO_FINDINGS;
      for (const { path } of findings) expect(path).toEqual([1, member]);
      return findings.map(({ actual }) => ({ path: [], actual }));
    },
  };
}
