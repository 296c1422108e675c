import type { CallObserver } from '../connect/call-observer.js';
import type { Connect } from '../connect/connect.js';

/** What of the port is no call on Amazon Connect. */
const NO_CALLS: ReadonlySet<string> = new Set(['ready', 'close']);

type Method = (...given: unknown[]) => Promise<unknown>;

/** A port whose calls an observer is told of, by the names of its methods: describeContacts is DescribeContacts. */
export function observedPort(connect: Connect, observer: CallObserver): Connect {
  const observed = new Map<string, Method>();
  return new Proxy(connect, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      const known = observed.get(name);
      if (known !== undefined) return known;
      const method = value.bind(target) as Method;
      const operation = name.charAt(0).toUpperCase() + name.slice(1);
      const made: Method = NO_CALLS.has(name)
        ? method
        : (...given) => observer.observe(operation, () => method(...given));
      observed.set(name, made);
      return made;
    },
  });
}
