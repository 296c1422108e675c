import { type ValidationError, type ValidatorOptions, validateSync } from 'class-validator';
import type { Path, Violation } from '../connect/violation.js';
import { groupsOf, type RuleChoice, type RuleContext } from './conforms.js';
import { check } from './rule.js';

/**
 * Finds every violation of the rules that {@link Conforms} declares for an input: property by property in the order of
 * declaration, those of a property's own value before those inside it.
 *
 * @param input an instance of a decorated class
 * @param at the path of the input itself
 */
export type InputValidator = (input: object, at: Path) => readonly Violation[];

/**
 * Makes the reference implementation of {@link InputValidator}: class-validator's own validateSync.
 *
 * @param choice the rules that apply
 */
export function classValidator(choice: RuleChoice): InputValidator {
  // class-validator takes an empty list of groups for all of them.
  if (choice.families.length === 0) return () => [];
  const options: ValidatorOptions = {
    groups: groupsOf(choice),
    skipMissingProperties: true,
    forbidUnknownValues: false,
    validationError: { target: false },
  };
  return (input, at) => violationsOf(validateSync(input, options), at);
}

function violationsOf(errors: readonly ValidationError[], at: Path, isList = false): readonly Violation[] {
  return errors.flatMap(({ property, value, contexts = {}, children = [] }) => {
    const path = [...at, isList ? Number(property) : property];
    const rules = Object.values(contexts as Record<string, RuleContext>).map(({ rule }) => rule);
    const own = rules.flatMap((rule) => check(rule, value, path));
    return own.concat(violationsOf(children, path, Array.isArray(value)));
  });
}
