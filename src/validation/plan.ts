import { getMetadataStorage, ValidationTypes } from './class-validator.js';
import type { RuleFamily } from '../connect/violation.js';
import type { RuleContext } from './conforms.js';
import { familyOf, type Rule } from './rule.js';

/** What is to be judged of one property of an input class. */
export interface PropertyPlan {
  readonly property: string;
  readonly rules: readonly Rule<unknown>[];
  /** Whether it holds inputs of a class of their own, one or a list. */
  readonly isNested: boolean;
}

/** What is to be judged of an input class, property by property. */
export type Plan = readonly PropertyPlan[];

/**
 * Reads once what decorators bound to an input class: class-validator itself would look it up, group it and run each broken
 * rule twice for every request.
 *
 * @param families whose rules count
 */
export function planOf(inputClass: unknown, families: readonly RuleFamily[]): Plan {
  // Rules belong to groups; no group is asked for here, since families are told apart below.
  const bound = getMetadataStorage().getTargetValidationMetadatas(inputClass as never, '', true, false);
  return [...Map.groupBy(bound, ({ propertyName }) => propertyName)].map(([property, metadata]) => ({
    property,
    rules: metadata
      .flatMap(({ context }) => (context === undefined ? [] : [(context as RuleContext).rule]))
      .filter((rule) => families.includes(familyOf(rule))),
    isNested: metadata.some(({ type }) => type === ValidationTypes.NESTED_VALIDATION),
  }));
}
