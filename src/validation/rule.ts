import type { Path, RuleFacts, RuleFamily, Violation } from '../connect/violation.js';

/** One place where a value violates a rule: the path from the value inwards, and an excerpt of what is there. */
export interface Finding {
  readonly path: Path;
  readonly actual: string;
}

/** A rule of the API or of this project, written once for GraphQL inputs, the validation service and the engine. */
export interface Rule<Value> extends RuleFacts {
  /** Returns every violation in a value that is not absent; {@link NO_FINDINGS} if there is none. */
  readonly check: (value: Value) => readonly Finding[];
  /** The rule in its place before a real instance, if the service accepts more than the reference page states. */
  readonly ofService?: Rule<Value>;
  /** Whether the rule holds only with CONNECT_STRICT. Default: false. */
  readonly strictOnly?: boolean;
}

/** The result of a check without a violation: one shared list, so that a valid request allocates none. */
export const NO_FINDINGS: readonly Finding[] = Object.freeze([]);

/** Returns one finding about the value itself. */
export function finding(actual: string): readonly Finding[] {
  return [{ path: [], actual }];
}

/** The source of the numbers in rules: the API reference page (embedded engine), or today's service (real instance). */
export type Edition = 'reference' | 'service';

/** Returns the family of a rule: the first part of its id. */
export function familyOf(rule: RuleFacts): RuleFamily {
  return rule.id.slice(0, rule.id.indexOf('/')) as RuleFamily;
}

/** Makes the violation of a finding. `at` is the path of the checked value. */
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

/** Makes the violation of a rule by the value itself, for rules that are checked elsewhere than in a {@link Rule}. */
export function violationOf(rule: RuleFacts, at: Path, actual: string): Violation {
  return violation(rule, at, { path: [], actual });
}

/** Checks a value by a rule. `at` is the path of the value. */
export function check<Value>(rule: Rule<Value>, value: Value, at: Path): readonly Violation[] {
  return rule.check(value).map((finding) => violation(rule, at, finding));
}

/** The rules of each member of a request, independent of the other members. */
export type MemberRules<Request> = {
  readonly [Member in keyof Request]?: readonly Rule<NonNullable<Request[Member]>>[];
};

/**
 * Checks each member of a request by its own rules.
 *
 * @param families the families whose rules apply. Default: all
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
