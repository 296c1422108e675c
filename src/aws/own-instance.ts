import { arnOfThisInstance } from '../connect/arn.js';
import { InvalidParameterError } from '../connect/errors.js';
import type { CallFacts } from './call-facts.js';

/** The instance that an ARN of Amazon Connect is of, as all but the instance's own have it in their middle. */
const INSTANCE = /^arn:[^:]*:connect:[^:]*:[^:]*:instance\/([^/]+)\//;

/** Part of an ARN that is told, in UTF-16 units. */
const EXCERPT = 40;

/**
 * Refuses ARNs that stand for ids and name no resource of the instance that is asked.
 *
 * D: which instances a caller may touch is judged by the instance that a request names. The reference does not say whether
 * the service compares an ARN with that one, so that none of another instance goes out.
 *
 * @throws InvalidParameterError
 */
export function refuseForeignArns({ instanceId, names }: CallFacts): void {
  if (instanceId === undefined) return;
  const asked = instanceId.slice(instanceId.lastIndexOf('/') + 1);
  const foreign = names.filter(
    ({ id, resource }) => resource !== 'INSTANCE' && /^arn:/i.test(id) && INSTANCE.exec(id)?.[1] !== asked,
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
