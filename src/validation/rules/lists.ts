import type { RuleFacts } from '../../connect/violation.js';
import { type Finding, finding, NO_FINDINGS, type Rule } from '../rule.js';
import { excerpt } from '../text.js';

type TextMember<Item> = { [Name in keyof Item]: Item[Name] extends string ? Name : never }[keyof Item] & string;

/** Applies a rule about a text to that member of each item of a list. */
export function eachMember<Item>(member: TextMember<Item>, rule: Rule<string>): Rule<readonly Item[]> {
  return eachItem<Item>(rule, (item) => {
    const findings = rule.check(item[member] as string);
    return findings.length === 0
      ? NO_FINDINGS
      : findings.map(({ path, actual }) => ({ path: [member, ...path], actual }));
  });
}

/** Applies a rule about a text to each text of a list. */
export function eachText(rule: Rule<string>): Rule<readonly string[]> {
  return eachItem<string>(rule, rule.check);
}

/** Makes a rule about a list from a check of one item. */
export function eachItem<Item>(rule: RuleFacts, checkItem: (item: Item) => readonly Finding[]): Rule<readonly Item[]> {
  const { id, limit, source, advice } = rule;
  return {
    id,
    limit,
    source,
    ...(advice !== undefined && { advice }),
    check(items) {
      let findings: Finding[] | undefined;
      items.forEach((item, index) => {
        const ofItem = checkItem(item);
        if (ofItem.length === 0) return;
        findings ??= [];
        for (const { path, actual } of ofItem) findings.push({ path: [index, ...path], actual });
      });
      return findings ?? NO_FINDINGS;
    },
  };
}

/** Makes a rule that the text of a member occurs in one item only; it reports the second and later ones. */
export function eachRepeated<Item>(member: TextMember<Item>, rule: RuleFacts): Rule<readonly Item[]> {
  return {
    ...rule,
    check(items) {
      if (items.length < 2) return NO_FINDINGS;
      const seen = new Set<string>();
      let findings: Finding[] | undefined;
      items.forEach((item, index) => {
        const text = item[member] as string;
        if (seen.has(text)) {
          findings ??= [];
          findings.push(...finding(`${excerpt(text)} again`).map(({ actual }) => ({ path: [index, member], actual })));
        }
        seen.add(text);
      });
      return findings ?? NO_FINDINGS;
    },
  };
}
