import type { CallOptions, Connect } from '../../connect/connect.js';
import { DeadlineExceededError, endOf } from '../../connect/errors.js';
import { type AnyMethod, type MethodFacts, methodFacts, optionsIndex, withMethods } from '../../connect/port-proxy.js';
import type { Clock } from '../clock.js';
import { untilAborted } from '../until-aborted.js';

/**
 * A port that keeps deadlines: when one is up, the signal that the call was given fires, with DeadlineExceededError, and a
 * read is answered with that at once. A change is answered when the port inside knows what became of it: it is told by the
 * signal, and what was sent cannot be taken back.
 */
export function withinDeadline<Port extends Connect>(connect: Port, clock: Clock): Port {
  return withMethods(connect, {}, (name, method) => {
    const facts = methodFacts(name);
    return facts ? bounded(method, facts, clock) : method;
  });
}

function bounded(method: AnyMethod, facts: MethodFacts, clock: Clock): AnyMethod {
  return async (...given) => {
    const at = optionsIndex(facts, given);
    const options = given[at] as CallOptions | undefined;
    if (options?.deadline === undefined) return method(...given);
    const ending = new Ending(options.signal, options.deadline, clock);
    try {
      if (ending.signal.aborted) throw endOf(ending.signal);
      const answer = method(...given.with(at, { ...options, signal: ending.signal }));
      return await (facts.effect === 'READ' ? untilAborted(answer, ending.signal) : answer);
    } finally {
      ending.forget();
    }
  };
}

/** A signal that fires with another, or when the time is up. */
class Ending {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #callOff: () => void;

  constructor(outer: AbortSignal | undefined, deadline: number, clock: Clock) {
    this.#outer = outer;
    const up = () => this.#controller.abort(new DeadlineExceededError());
    if (outer?.aborted) this.#follow();
    else if (deadline <= clock.now()) up();
    outer?.addEventListener('abort', this.#follow, { once: true });
    this.#callOff = clock.at(deadline, up);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  forget(): void {
    this.#callOff();
    this.#outer?.removeEventListener('abort', this.#follow);
  }

  readonly #follow = () => this.#controller.abort(this.#outer?.reason);
}
