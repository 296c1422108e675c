/** Watches the engine's batches. It changes nothing and never throws. */
export interface BatchObserver {
  /** A request begins to wait for a batch. What this answers comes back with the batch. */
  waiting(): unknown;
  /**
   * A batch begins.
   *
   * @param requests what {@link waiting} answered for each of its requests
   * @returns called when it is committed, or has failed
   */
  batch(requests: readonly unknown[]): () => void;
}
