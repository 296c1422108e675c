import { bareId } from '../../connect/arn.js';
import type { Answers, CallOptions, Connect } from '../../connect/connect.js';
import { ThrottlingError } from '../../connect/errors.js';
import {
  type AnyRequest,
  type DecorateMethod,
  idsOf,
  type Method,
  type MethodFacts,
  withEachMethod,
  withIds,
} from '../../connect/methods.js';
import { type RatedOperation, RATES } from '../../connect/rates.js';
import { type Bucket, takeTokens } from '../../connect/token-bucket.js';

/** The parts of the throttle. */
export interface ThrottleParts {
  /** Returns the ARN of an instance, which names account and region; undefined if the instance does not exist. */
  readonly instanceArn: (instanceId: string) => Promise<string | undefined>;
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Throttles a port as the service does: one bucket for each operation, account and region, filled at the rates of
 * `rates.ts`. Decision: the token comes first, as on the service. A call without a token is refused before it is
 * validated, and a call that is refused for another reason has used its token. A read of n ids takes n tokens; the ids
 * without a token are answered by a ThrottlingError each.
 *
 * The buckets belong to this process: replicas on one database have their own.
 */
export function throttled(engine: Connect, { instanceArn, now }: ThrottleParts): Connect {
  const buckets = new Map<string, Bucket>();
  const scopes = new Map<string, string>();

  const scopeOf = async (instance: string | undefined): Promise<string> => {
    // Calls without an existing instance share one scope, because callers must not be able to create buckets.
    if (instance === undefined) return '';
    const id = bareId(instance);
    // If the store fails or is closed, the call itself reports it.
    const known = scopes.get(id) ?? scopeIn(await instanceArn(id).catch(() => undefined));
    if (known !== '') scopes.set(id, known);
    return known;
  };

  const take = async (operation: RatedOperation, { instanceId }: AnyRequest, requested: number) => {
    const key = `${operation} ${await scopeOf(instanceId)}`;
    const taken = takeTokens(buckets.get(key), RATES[operation], requested, now());
    buckets.set(key, taken.bucket);
    return taken;
  };

  const one: DecorateMethod =
    (method, { operation }) =>
    async (request, options) => {
      const { tokens, retryAfterMs } = await take(operation, request, 1);
      if (tokens === 0) throw new ThrottlingError(retryAfterMs);
      return method(request, options);
    };

  const byIds: DecorateMethod =
    <Request extends AnyRequest, Result>(method: Method<Request, Result>, facts: MethodFacts) =>
    async (request: Request, options?: CallOptions) => {
      const ids = idsOf(request, facts);
      const { tokens, retryAfterMs } = await take(facts.operation, request, ids.length);
      if (tokens === ids.length) return method(request, options);
      const served = withIds(request, facts, ids.slice(0, tokens));
      const answers = tokens === 0 ? [] : ((await method(served, options)) as Answers<unknown>);
      return [...answers, ...ids.slice(tokens).map(() => new ThrottlingError(retryAfterMs))] as Result;
    };

  return withEachMethod(engine, (method, facts, name) =>
    facts.batch === undefined ? one(method, facts, name) : byIds(method, facts, name),
  );
}

/** Returns the region and account of an ARN. */
function scopeIn(arn: string | undefined): string {
  return arn?.split(':').slice(3, 5).join(' ') ?? '';
}
