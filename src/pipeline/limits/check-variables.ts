import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';
import { LimitExceededError, type RequestLimits } from './limits.js';

/** The limits that variables are checked against. */
export type VariableLimits = Pick<RequestLimits, 'variableValues' | 'variableMembers' | 'depth'>;

/**
 * Checks the variables of a request: number of values, members of one object, depth, and that no number lost digits. It does not
 * recurse, and stops at the limit, because a body can nest values as deep as it is long.
 *
 * @returns undefined if they keep the limits
 */
export function checkVariables(
  variables: Readonly<Record<string, unknown>>,
  { variableValues, variableMembers, depth }: VariableLimits,
): GraphQLError | undefined {
  let level: unknown[] = Object.values(variables);
  let count = 0;
  for (let levels = 0; level.length > 0; levels += 1) {
    if (levels > depth) {
      return new LimitExceededError(
        { limit: 'MAX_DEPTH', most: depth },
        `The variables are nested more than ${depth} deep.`,
        'No input of the schema is nested that deep. Send values of its shape.',
      );
    }
    count += level.length;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'number' && isInexact(value)) return inexactNumber(value);
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

/**
 * Checks whether a number may have lost digits. Beyond 2^53 different numbers of requests become equal, IDs too. No input of the
 * schema is a Float.
 */
function isInexact(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

function inexactNumber(value: number): GraphQLError {
  const code: ResponseErrorCode = 'BAD_USER_INPUT';
  return new GraphQLError(
    `The variables have a number beyond 2^53, about ${value}, which loses digits. Send an ID as a string.`,
    { extensions: { code } },
  );
}
