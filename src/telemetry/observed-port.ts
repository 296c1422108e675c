import type { CallObserver } from '../connect/call-observer.js';
import type { Connect } from '../connect/connect.js';
import { withMethods } from '../connect/with-methods.js';

/** What of the port is no call on Amazon Connect. */
const NO_CALLS: ReadonlySet<string> = new Set(['ready', 'close']);

/** A port whose calls an observer is told of, by the names of its methods: describeContacts is DescribeContacts. */
export function observedPort(connect: Connect, observer: CallObserver): Connect {
  return withMethods(connect, {}, (name, method) => {
    if (NO_CALLS.has(name)) return method;
    const operation = name.charAt(0).toUpperCase() + name.slice(1);
    return (...given) => observer.observe(operation, () => method(...given));
  });
}
