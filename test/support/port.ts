import type { Connect } from '../../src/connect/connect.js';

/** A call that reached the port: the method, and how many ids it asks for. */
export interface PortCall {
  readonly method: string;
  readonly ids: number;
}

/** Notes the calls that pass to a port. */
export class PortCalls {
  /** Those since the last {@link take}. */
  #calls: PortCall[] = [];

  /** For GatewayParts.wrap. */
  readonly wrap = (connect: Connect): Connect =>
    new Proxy(connect, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          this.#calls.push({ method: String(name), ids: Array.isArray(given[1]) ? given[1].length : 0 });
          return value.apply(target, given);
        };
      },
    });

  /** The calls so far, which are forgotten then. */
  take(): readonly PortCall[] {
    const calls = this.#calls;
    this.#calls = [];
    return calls;
  }

  /** The names of the methods that were called so far, which are forgotten then. */
  takeMethods(): readonly string[] {
    return this.take().map(({ method }) => method);
  }
}

/** A port of which some methods do something else. */
export function portWith(connect: Connect, methods: Partial<Connect>): Connect {
  return new Proxy(connect, {
    get(target, name) {
      const other: unknown = Reflect.get(methods, name);
      if (other !== undefined) return other;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A port that tells the id of a new contact alone, as Amazon Connect does: the rest of it has to be read. */
export function tellingIdAlone(connect: Connect): Connect {
  return portWith(connect, {
    startTaskContact: async (request, options) => {
      const { contact: _, ...told } = await connect.startTaskContact(request, options);
      return told;
    },
  });
}
