import { arnOfThisInstance } from '../connect/arn.js';
import { InvalidParameterError } from '../connect/errors.js';
import type { CallFacts } from './call-facts.js';

/** Matches the instance in an ARN of one of its resources. */
const INSTANCE = /^arn:[^:]*:connect:[^:]*:[^:]*:instance\/([^/]+)\//;

/** Maximum length of an ARN's excerpt in a message, in UTF-16 units. */
const EXCERPT = 40;

/**
 * Refuses ARNs in place of ids that name no resource of the requested instance.
 *
 * Decision: no ARN of another instance is sent, because access is granted by the instance that a request names, and the
 * reference does not say whether the service compares the two.
 *
 * @throws InvalidParameterError
 */
export function refuseForeignArns({ instanceId, names }: CallFacts): void {
  if (instanceId === undefined) return;
  const requested = instanceId.slice(instanceId.lastIndexOf('/') + 1);
  const foreign = names.filter(
    ({ id, resource }) => resource !== 'INSTANCE' && /^arn:/i.test(id) && INSTANCE.exec(id)?.[1] !== requested,
  );
  if (foreign.length === 0) return;
  const { id: rule, limit } = arnOfThisInstance;
  throw new InvalidParameterError(
    foreign.map(({ member, id }) => {
      const actual = `${JSON.stringify(id.slice(0, EXCERPT).toWellFormed())}…`;
      return {
        rule,
        path: [member],
        limit,
        actual,
        message: `Expected ${limit}, but got ${actual}.`,
      };
    }),
  );
}
