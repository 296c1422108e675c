import type { Connect } from '../../src/connect/connect.js';
import { idsOf, withEachMethod, withMethods } from '../../src/connect/methods.js';

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
    withEachMethod(connect, (call, facts, method) => (request, options) => {
      this.#calls.push({ method, ids: idsOf(request, facts).length });
      return call(request, options);
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

/** A port that reports the id of a new contact alone, as Amazon Connect does: the rest of it has to be read. */
export function tellingIdAlone(connect: Connect): Connect {
  return withMethods(connect, {
    startTaskContact: async (request, options) => {
      const { contact: _, ...reported } = await connect.startTaskContact(request, options);
      return reported;
    },
  });
}

/** A port of which some methods do something else. */
export const portWith = withMethods;
