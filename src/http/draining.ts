import type { FastifyReply } from 'fastify';

/** The requests that are being executed. */
export class RequestsUnderWay {
  readonly #controllers = new Set<AbortController>();
  #count = 0;

  /** How many there are. A request whose client hung up counts until what it began has ended. */
  get count(): number {
    return this.#count;
  }

  /** Executes a request. */
  async run<Result>(execute: () => Promise<Result> | Result): Promise<Result> {
    this.#count++;
    try {
      return await execute();
    } finally {
      this.#count--;
    }
  }

  /** Fires when the client hangs up before it was answered, or when {@link abandon} is called. */
  signalOf(reply: FastifyReply): AbortSignal {
    const controller = new AbortController();
    this.#controllers.add(controller);
    reply.raw.once('close', () => {
      this.#controllers.delete(controller);
      if (!reply.raw.writableFinished) controller.abort(new Error('The client hung up'));
    });
    return controller.signal;
  }

  /** Cancels what has not been sent to Amazon Connect or to the store yet. */
  abandon(reason: Error): void {
    for (const controller of this.#controllers) controller.abort(reason);
  }
}
