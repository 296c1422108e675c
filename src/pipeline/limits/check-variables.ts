import { LimitExceededError, type RequestLimits } from './limits.js';

/**
 * Checks the variables of a request: how many values, and how deep within each other. It does not recurse, and stops at
 * the limit, because a body can nest values as deep as it is long.
 *
 * @returns undefined if they are within the limits
 */
export function checkVariables(
  variables: Readonly<Record<string, unknown>>,
  { variableValues, depth }: Pick<RequestLimits, 'variableValues' | 'depth'>,
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
      for (const inner of Array.isArray(value) ? value : Object.values(value)) next.push(inner);
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
