import { InternalServiceError, OutcomeUnknownError } from '../connect/errors.js';

/**
 * A member that the port cannot do without, although the service model leaves it open.
 *
 * @throws InternalServiceError where the answer lacks it
 */
export function demanded<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw new InternalServiceError({ cause: new Error(`The answer has no ${name}`) });
  return value;
}

/** Characters that an id may have. */
interface Length {
  readonly min: number;
  readonly max: number;
}

/**
 * Returns the id of something that the service says it created.
 *
 * @throws OutcomeUnknownError where the answer lacks it: the thing may exist, and the token tells
 */
export function createdId(name: string, id: unknown, { min, max }: Length, clientToken: string): string {
  if (typeof id === 'string' && id.length >= min && id.length <= max) return id;
  throw new OutcomeUnknownError(clientToken, {
    cause: new Error(`The answer has no ${name} of ${min} to ${max} characters`),
  });
}
