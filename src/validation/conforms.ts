import { ValidateBy } from 'class-validator/cjs/decorator/common/ValidateBy.js';
import { ValidateNested } from 'class-validator/cjs/decorator/common/ValidateNested.js';
import { familyOf, type Rule } from './rule.js';

/** What a constraint of {@link Conforms} carries for the validation service. */
export interface RuleContext {
  readonly rule: Rule<unknown>;
}

/** How many rules were bound so far. */
let bound = 0;

/**
 * Binds rules to a property of an input class, for class-validator. Each rule belongs to the group that its family
 * names, so that a caller chooses whose rules to apply. A property that is absent or null keeps every rule: whether it
 * must be there is a matter of its GraphQL type.
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
        // class-validator keeps one context for each name and property: a name given twice would lose a rule.
        name: `${rule.id}#${bound++}`,
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

/** Binds the rules of an input class that a property holds. */
export function ConformsInside(): PropertyDecorator {
  return ValidateNested({ always: true });
}
