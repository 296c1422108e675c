import { bareId } from '../connect/arn.js';
import type { Answers, Connect } from '../connect/connect.js';
import { ThrottlingError } from '../connect/errors.js';
import { type AnyMethod, methodFacts, withMethods } from '../connect/port-proxy.js';
import { type RatedOperation, RATES } from '../connect/rates.js';
import { type Bucket, takeTokens } from '../connect/token-bucket.js';

/** What throttling needs to know. */
export interface ThrottleParts {
  /** The ARN of an instance, which names account and region; undefined where there is no such instance. */
  readonly instanceArn: (instanceId: string) => Promise<string | undefined>;
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The engine as the service lets it be called: one bucket for each operation, account and region, filled at the rates of
 * `rates.ts`. As on the service the token comes first (our decision): a call is refused before anything is judged or
 * stored, and one that is then refused for another reason has used its token. Of a read by n ids, n calls on the API,
 * those are answered that tokens were there for, and the others are told ThrottlingError each.
 *
 * The buckets are this process's: replicas on one database have each their own.
 */
export function throttled<Engine extends Connect>(engine: Engine, { instanceArn, now }: ThrottleParts): Engine {
  const buckets = new Map<string, Bucket>();
  const scopes = new Map<string, string>();

  const scopeOf = async (instance: unknown): Promise<string> => {
    // What names no instance that is here shares one scope, so that callers cannot make buckets.
    if (typeof instance !== 'string') return '';
    const id = bareId(instance);
    // Where the store fails or is closed, the call itself says so.
    const known = scopes.get(id) ?? scopeIn(await instanceArn(id).catch(() => undefined));
    if (known !== '') scopes.set(id, known);
    return known;
  };

  const take = async (operation: RatedOperation, instance: unknown, wanted: number) => {
    const key = `${operation} ${await scopeOf(instance)}`;
    const taken = takeTokens(buckets.get(key), RATES[operation], wanted, now());
    buckets.set(key, taken.bucket);
    return taken;
  };

  const one =
    (operation: RatedOperation, method: AnyMethod): AnyMethod =>
    async (...given) => {
      const [first] = given;
      const instance = typeof first === 'object' && first && 'instanceId' in first ? first.instanceId : first;
      const { tokens, retryAfterMs } = await take(operation, instance, 1);
      if (tokens === 0) throw new ThrottlingError(retryAfterMs);
      return method(...given);
    };

  const byIds =
    (operation: RatedOperation, method: AnyMethod): AnyMethod =>
    async (...given) => {
      const at = given.findIndex(Array.isArray);
      const ids = given[at] as readonly string[];
      const { tokens, retryAfterMs } = await take(operation, at === 0 ? undefined : given[0], ids.length);
      if (tokens === ids.length) return method(...given);
      const answers = tokens === 0 ? [] : ((await method(...given.with(at, ids.slice(0, tokens)))) as Answers<unknown>);
      return [...answers, ...ids.slice(tokens).map(() => new ThrottlingError(retryAfterMs))];
    };

  // Whatever operation of the API the port gains is throttled too, by its name; what is none passes.
  return withMethods(engine, {}, (name, method) => {
    const facts = methodFacts(name);
    if (facts === undefined) return method;
    return facts.byIds ? byIds(facts.operation, method) : one(facts.operation, method);
  });
}

/** Region and account of an ARN. */
function scopeIn(arn: string | undefined): string {
  return arn?.split(':').slice(3, 5).join(' ') ?? '';
}
