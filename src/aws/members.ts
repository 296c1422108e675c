import { InternalServiceError } from '../connect/errors.js';

/**
 * A member that the port cannot do without, although the service model leaves it open.
 *
 * @throws InternalServiceError where the answer lacks it
 */
export function demanded<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw new InternalServiceError({ cause: new Error(`The answer has no ${name}`) });
  return value;
}
