import { InternalServiceError, OutcomeUnknownError } from '../connect/errors.js';

/**
 * Returns a member that the port requires, although the service model leaves it optional.
 *
 * @throws InternalServiceError if the answer lacks it
 */
export function requireMember<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw new InternalServiceError({ cause: new Error(`The answer has no ${name}`) });
  return value;
}

/** Bounds of an id's length, in characters. */
interface Length {
  readonly min: number;
  readonly max: number;
}

/**
 * Returns the id of a resource that the service reports as created.
 *
 * @throws OutcomeUnknownError if the answer lacks it, because the resource may exist and the client token can reveal it
 */
export function createdId(name: string, id: unknown, { min, max }: Length, clientToken: string): string {
  if (typeof id === 'string' && id.length >= min && id.length <= max) return id;
  throw new OutcomeUnknownError(clientToken, {
    cause: new Error(`The answer has no ${name} of ${min} to ${max} characters`),
  });
}
