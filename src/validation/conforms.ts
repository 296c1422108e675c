import { ValidateBy, ValidateNested } from 'class-validator';
import type { RuleFamily } from '../connect/violation.js';
import { type Edition, familyOf, type Rule } from './rule.js';

/** The context of a constraint that {@link Conforms} declares. */
export interface RuleContext {
  readonly rule: Rule<unknown>;
}

/** Number of rules declared so far. */
let declared = 0;

/**
 * Declares the rules of a property of an input class, for class-validator. The group of each rule follows from its family,
 * see {@link groupsOf}. A property
 * that is absent or null satisfies every rule, because its GraphQL type states whether it is required.
 *
 * @example
 * class CreateTaskContactInput {
 *   \@Conforms(startTaskContactRules.name)
 *   name!: string;
 * }
 */
export function Conforms<Value>(rules: readonly Rule<Value>[]): PropertyDecorator {
  const decorators = rules.flatMap(variantsOf).map(({ rule, group }) =>
    ValidateBy(
      {
        // class-validator keeps one context for each name and property, so that a repeated name would lose a rule.
        name: `${rule.id}#${declared++}`,
        validator: {
          validate: (value) => value == null || rule.check(value as Value).length === 0,
          defaultMessage: () => rule.limit,
        },
      },
      { groups: [group], context: { rule } },
    ),
  );
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

/** What selects the rules of a validation. */
export interface RuleChoice {
  /** The families whose rules apply. */
  readonly families: readonly RuleFamily[];
  /** Default: 'reference'. */
  readonly edition?: Edition;
  /** Whether rules for CONNECT_STRICT apply. Default: false. */
  readonly strict?: boolean;
}

/** Returns the groups of class-validator that a choice stands for. */
export function groupsOf({ families, edition = 'reference', strict = false }: RuleChoice): string[] {
  return families.flatMap((family) => [family, `${family} ${edition}`, ...(strict ? [`${family} strict`] : [])]);
}

/** Returns a rule with its group, or each of its two editions with a group of its own. */
function variantsOf<Value>(rule: Rule<Value>): readonly { readonly rule: Rule<Value>; readonly group: string }[] {
  const family = familyOf(rule);
  if (rule.strictOnly) return [{ rule, group: `${family} strict` }];
  if (rule.ofService === undefined) return [{ rule, group: family }];
  return [
    { rule, group: `${family} reference` },
    { rule: rule.ofService, group: `${family} service` },
  ];
}

/** Declares that a property holds inputs of a class with rules of its own: one, or a list. */
export function ConformsInside(): PropertyDecorator {
  return ValidateNested({ always: true });
}
