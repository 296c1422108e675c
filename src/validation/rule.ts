import type { Path, RuleFacts, RuleFamily, Violation } from '../connect/violation.js';

/** One place where a value breaks a rule: the path from the value inwards, and what came. */
export interface Finding {
  readonly path: Path;
  readonly actual: string;
}

/** A rule of the API or of ours, written once and served to every caller. */
export interface Rule<Value> extends RuleFacts {
  /** Every violation in a value that is there; {@link NO_FINDINGS} where it keeps the rule. */
  readonly check: (value: Value) => readonly Finding[];
}

/** The answer of a rule that is kept: one shared list, so that a valid request allocates none. */
export const NO_FINDINGS: readonly Finding[] = Object.freeze([]);

/** A finding about the value itself. */
export function finding(actual: string): readonly Finding[] {
  return [{ path: [], actual }];
}

/** The family of a rule, which its id begins with. */
export function familyOf(rule: RuleFacts): RuleFamily {
  return rule.id.slice(0, rule.id.indexOf('/')) as RuleFamily;
}

/** States a finding in full. `at` is the path of the value that was checked. */
export function violation(rule: RuleFacts, at: Path, finding: Finding): Violation {
  const { id, limit, advice } = rule;
  const { actual } = finding;
  return {
    rule: id,
    path: [...at, ...finding.path],
    limit,
    actual,
    message: `Expected ${limit}, but got ${actual}.${advice ? ` ${advice}` : ''}`,
  };
}

/** States that the value itself breaks a rule: for rules that are checked where their facts are, not by a {@link Rule}. */
export function violationOf(rule: RuleFacts, at: Path, actual: string): Violation {
  return violation(rule, at, { path: [], actual });
}

/** Checks one value by one rule. */
export function check<Value>(rule: Rule<Value>, value: Value, at: Path): readonly Violation[] {
  return rule.check(value).map((finding) => violation(rule, at, finding));
}

/** The rules that each member of a request keeps, whatever the others say. */
export type MemberRules<Request> = {
  readonly [Member in keyof Request]?: readonly Rule<NonNullable<Request[Member]>>[];
};

/**
 * Checks each member of a request by its own rules.
 *
 * @param families whose rules to apply; all of them when omitted
 */
export function checkEachMember<Request extends object>(
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
      for (const violation of check(rule, value, [member])) violations.push(violation);
    }
  }
  return violations;
}
