import type { RuleFamily, Violation } from '../connect/violation.js';
import { familyOf, judge, type Rule } from './rule.js';

/** The rules that each member of a request keeps, whatever the others say. */
export type MemberRules<Request> = {
  readonly [Member in keyof Request]?: readonly Rule<NonNullable<Request[Member]>>[];
};

/**
 * Judges each member of a request by its own rules.
 *
 * @param families whose rules to apply; all of them when omitted
 */
export function judgeByMember<Request extends object>(
  rules: MemberRules<Request>,
  request: Request,
  families?: readonly RuleFamily[],
): readonly Violation[] {
  const violations: Violation[] = [];
  for (const member of Object.keys(rules) as (keyof Request & string)[]) {
    const value: unknown = request[member];
    if (value === undefined) continue;
    for (const rule of (rules[member] ?? []) as readonly Rule<unknown>[]) {
      if (families !== undefined && !families.includes(familyOf(rule))) continue;
      for (const violation of judge(rule, value, [member])) violations.push(violation);
    }
  }
  return violations;
}
