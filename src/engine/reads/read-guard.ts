import type { CallOptions } from '../../connect/call.js';
import { endOf, isConnectFault } from '../../connect/errors.js';
import { databaseFault, engineClosed } from '../faults.js';

/** Guards the engine's reads. Only errors of the port leave it, and closing waits for reads in flight. */
export class ReadGuard {
  readonly #underWay = new Set<Promise<unknown>>();
  #isClosed = false;

  /**
   * Runs a read.
   *
   * @throws ConnectFault; UnavailableError after {@link close}
   */
  async run<Result>(options: CallOptions | undefined, read: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw engineClosed();
    if (options?.signal?.aborted) throw endOf(options.signal);
    const reading = read();
    this.#underWay.add(reading);
    try {
      return await reading;
    } catch (error) {
      throw isConnectFault(error) ? error : databaseFault(error);
    } finally {
      this.#underWay.delete(reading);
    }
  }

  /** Refuses further reads at once, and waits for those in flight. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#underWay);
  }
}
