import { unstorable } from '../../util/storable-text.js';
import type { RuleId } from '../../connect/violation.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';
import { countCharacters, plural } from '../text.js';

/** Makes a rule about the length of a text, in characters (Unicode scalar values). */
export function lengthRule(
  id: RuleId,
  bounds: { readonly min: number; readonly max: number },
  source: string,
): Rule<string> {
  return {
    id,
    limit: `${bounds.min} to ${bounds.max} characters`,
    source,
    check(text) {
      // A text has at most as many characters as UTF-16 units, and at least half as many, so that few texts need a count.
      if (text.length <= bounds.max && text.length >= 2 * bounds.min) return NO_FINDINGS;
      const characters = countCharacters(text);
      return characters >= bounds.min && characters <= bounds.max
        ? NO_FINDINGS
        : finding(plural(characters, 'character'));
    },
  };
}

/** Text that every store and every protocol can hold: no U+0000, no half of a surrogate pair. */
export const storableText: Rule<string> = {
  id: 'gateway/storable-text',
  limit: 'text without U+0000 and without lone surrogates',
  source: 'PostgreSQL takes no U+0000; UTF-8 has no lone surrogates',
  check(text) {
    const flaw = unstorable(text);
    return flaw === undefined ? NO_FINDINGS : finding(flaw);
  },
};
