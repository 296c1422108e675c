import { ValidateBy, ValidateNested } from 'class-validator';
import { familyOf, type Rule } from './rule.js';

/** The context of a constraint that {@link Conforms} declares. */
export interface RuleContext {
  readonly rule: Rule<unknown>;
}

/** Number of rules declared so far. */
let declared = 0;

/**
 * Declares the rules of a property of an input class, for class-validator. The group of each rule is its family. A property
 * that is absent or null satisfies every rule, because its GraphQL type states whether it is required.
 *
 * @example
 * class CreateTaskContactInput {
 *   \@Conforms(startTaskContactRules.name)
 *   name!: string;
 * }
 */
export function Conforms<Value>(rules: readonly Rule<Value>[]): PropertyDecorator {
  const decorators = rules.map((rule) =>
    ValidateBy(
      {
        // class-validator keeps one context for each name and property, so that a repeated name would lose a rule.
        name: `${rule.id}#${declared++}`,
        validator: {
          validate: (value) => value == null || rule.check(value as Value).length === 0,
          defaultMessage: () => rule.limit,
        },
      },
      { groups: [familyOf(rule)], context: { rule } },
    ),
  );
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

/** Declares that a property holds inputs of a class with rules of its own: one, or a list. */
export function ConformsInside(): PropertyDecorator {
  return ValidateNested({ always: true });
}
