import type { Connect } from '../../connect/connect.js';
import { DeadlineExceededError, endOf } from '../../connect/errors.js';
import { type DecorateMethod, withEachMethod } from '../../connect/methods.js';
import type { Clock } from '../clock.js';
import { untilAborted } from '../until-aborted.js';

/**
 * Returns a port that enforces deadlines. At the deadline the call's signal fires with DeadlineExceededError, and a
 * read is answered with that error at once. A change is answered when the inner port knows its outcome, because a sent
 * change cannot be cancelled.
 */
export function withinDeadline(connect: Connect, clock: Clock): Connect {
  return withEachMethod(connect, bounded(clock));
}

function bounded(clock: Clock): DecorateMethod {
  return (method, { kind }) =>
    async (request, options) => {
      if (options?.deadline === undefined) return method(request, options);
      const ending = new Ending(options.signal, options.deadline, clock);
      try {
        if (ending.signal.aborted) throw endOf(ending.signal);
        const answer = method(request, { ...options, signal: ending.signal });
        return await (kind === 'READ' ? untilAborted(answer, ending.signal) : answer);
      } finally {
        ending.forget();
      }
    };
}

/** A signal that fires with another signal, or at the deadline. */
class Ending {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #cancel: () => void;

  constructor(outer: AbortSignal | undefined, deadline: number, clock: Clock) {
    this.#outer = outer;
    const up = () => this.#controller.abort(new DeadlineExceededError());
    if (outer?.aborted) this.#follow();
    else if (deadline <= clock.now()) up();
    outer?.addEventListener('abort', this.#follow, { once: true });
    this.#cancel = clock.at(deadline, up);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  forget(): void {
    this.#cancel();
    this.#outer?.removeEventListener('abort', this.#follow);
  }

  readonly #follow = () => this.#controller.abort(this.#outer?.reason);
}
