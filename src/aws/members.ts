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

/** A map of the API, of keys and values; undefined stays undefined. */
export function toMap(
  list: readonly { readonly key: string; readonly value: string }[] | undefined,
): Record<string, string> | undefined {
  return list && Object.fromEntries(list.map(({ key, value }) => [key, value]));
}
