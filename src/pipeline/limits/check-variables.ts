import { LimitExceededError, type RequestLimits } from './limits.js';

/** The limits that variables are checked against. */
export type VariableLimits = Pick<RequestLimits, 'variableValues' | 'variableMembers' | 'depth'>;

/**
 * Checks the variables of a request: how many values, how many members of one object, and how deep within each other. It does
 * not recurse, and stops at the limit, because a body can nest values as deep as it is long.
 *
 * @returns undefined if they are within the limits
 */
export function checkVariables(
  variables: Readonly<Record<string, unknown>>,
  { variableValues, variableMembers, depth }: VariableLimits,
): LimitExceededError | undefined {
  let level: unknown[] = Object.values(variables);
  let count = 0;
  for (let levels = 0; level.length > 0; levels += 1) {
    if (levels > depth) {
      return new LimitExceededError(
        { limit: 'MAX_DEPTH', most: depth },
        `The variables are nested more than ${depth} deep.`,
        'No input of this schema is: send values of its shape.',
      );
    }
    count += level.length;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const inner = Array.isArray(value) ? value : Object.values(value);
      if (inner !== value && inner.length > variableMembers) return tooManyMembers(inner.length, variableMembers);
      for (const each of inner) next.push(each);
      if (count + next.length > variableValues) {
        return new LimitExceededError(
          { limit: 'MAX_VARIABLE_VALUES', most: variableValues },
          `The variables have more than ${variableValues} values.`,
          'Send less in one request.',
        );
      }
    }
    level = next;
  }
  if (count <= variableValues) return undefined;
  return new LimitExceededError(
    { limit: 'MAX_VARIABLE_VALUES', most: variableValues, actual: count },
    `The variables have ${count} values, of at most ${variableValues}.`,
    'Send less in one request.',
  );
}

function tooManyMembers(actual: number, most: number): LimitExceededError {
  return new LimitExceededError(
    { limit: 'MAX_VARIABLE_MEMBERS', most, actual },
    `An object of the variables has ${actual} members, of at most ${most}.`,
    'Send the members that its input type has.',
  );
}
