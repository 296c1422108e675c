import type { CompiledQuery } from 'kysely';

/**
 * Runs reads that may go through many rows where they keep no other read and no change waiting. How many run at once is
 * its user's to bound.
 */
export interface Scans {
  /**
   * Runs statements one after another, on one state of the data.
   *
   * @param signal interrupts the statement that runs; the scan then rejects with whatever the database says
   * @returns the rows of each statement
   */
  run(statements: readonly CompiledQuery<unknown>[], signal: AbortSignal): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}
