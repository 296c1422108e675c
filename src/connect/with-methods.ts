import type { Connect } from './connect.js';

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
