import type { CallOptions } from '../../connect/call.js';
import { endOf, InternalServiceError, isConnectFault, UnavailableError } from '../../connect/errors.js';

/** The one way of the engine's reads: only errors of the port leave it, and closing waits for those under way. */
export class ReadGuard {
  readonly #underWay = new Set<Promise<unknown>>();
  #isClosed = false;

  /**
   * Runs a read.
   *
   * @throws ConnectFault; UnavailableError after {@link close}
   */
  async run<Result>(options: CallOptions | undefined, read: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new UnavailableError();
    if (options?.signal?.aborted) throw endOf(options.signal);
    const reading = read();
    this.#underWay.add(reading);
    try {
      return await reading;
    } catch (error) {
      throw isConnectFault(error) ? error : new InternalServiceError({ cause: error });
    } finally {
      this.#underWay.delete(reading);
    }
  }

  /** Refuses further reads at once, and waits for those under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#underWay);
  }
}
