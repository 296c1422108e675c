import type { Connect } from '../connect/connect.js';

/** A method of the port, whatever it takes and answers. */
export type AnyMethod = (...given: readonly unknown[]) => Promise<unknown>;

/**
 * A port of which some methods do something else.
 *
 * @param others what becomes of each method that is not named. Omitted: it passes
 */
export function withMethods(
  port: Connect,
  methods: Partial<Connect>,
  others: (name: string, method: AnyMethod) => AnyMethod = (_, method) => method,
): Connect {
  const made = new Map<string, unknown>();
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof name !== 'string' || typeof value !== 'function') return value;
      if (!made.has(name)) made.set(name, Reflect.get(methods, name) ?? others(name, value.bind(target) as AnyMethod));
      return made.get(name);
    },
  });
}
