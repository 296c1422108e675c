import type { Connect } from './connect.js';
import { type RatedOperation, RATES } from './rates.js';

/** How a method of the port stands to the API. */
export interface MethodFacts {
  /** The API's operation that the method calls, at least once. */
  readonly operation: RatedOperation;
  /** Whether it answers many ids: on the API each id is a call of its own. */
  readonly byIds: boolean;
  readonly effect: Effect;
}

/** What a call does at Connect. */
export type Effect = 'READ' | 'CHANGE';

/** Reads that answer many ids, by the port's name of them: on the API each id is a call of this operation. */
const READS_BY_IDS: Readonly<Record<string, RatedOperation>> = {
  describeContacts: 'DescribeContact',
  listChains: 'ListAssociatedContacts',
  getAttributes: 'GetContactAttributes',
  listReferences: 'ListContactReferences',
  describeContactFlows: 'DescribeContactFlow',
  describeQuickConnects: 'DescribeQuickConnect',
  getTaskTemplates: 'GetTaskTemplate',
  describeInstances: 'DescribeInstance',
};

/**
 * What a method of the port is on the API, by its name; undefined where it is none of the API's. An operation that the
 * port gains is known by its name alone, as soon as it has a rate.
 */
export function methodFacts(method: string): MethodFacts | undefined {
  if (Object.hasOwn(READS_BY_IDS, method)) {
    return { operation: READS_BY_IDS[method] as RatedOperation, byIds: true, effect: 'READ' };
  }
  const operation = method.charAt(0).toUpperCase() + method.slice(1);
  if (!Object.hasOwn(RATES, operation)) return undefined;
  const effect = /^(Describe|Get|List|Search)/.test(operation) ? 'READ' : 'CHANGE';
  return { operation: operation as RatedOperation, byIds: false, effect };
}

/** Where the options stand among the arguments of such a method. */
export function optionsIndex({ byIds }: MethodFacts, given: readonly unknown[]): number {
  return byIds ? given.findIndex(Array.isArray) + 1 : 1;
}

/** A method of the port, whatever it takes and answers. */
export type AnyMethod = (...given: readonly unknown[]) => Promise<unknown>;

/**
 * A port of which some methods do something else; each is made once, when it is first asked for.
 *
 * @param others what becomes of each method that is not named. Omitted: it passes
 */
export function withMethods<Port extends Connect>(
  port: Port,
  methods: Partial<Connect>,
  others: (name: string, method: AnyMethod) => AnyMethod = (_, method) => method,
): Port {
  const made = new Map<string, unknown>();
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof name !== 'string' || typeof value !== 'function') return value;
      if (!made.has(name)) made.set(name, Reflect.get(methods, name) ?? others(name, value.bind(target) as AnyMethod));
      return made.get(name);
    },
  });
}
