import type { CompiledQuery } from 'kysely';

/**
 * Runs reads over many rows so that other reads and changes do not wait for them. The caller limits how many run at once.
 */
export interface Scans {
  /**
   * Runs statements one after another, on one snapshot of the data.
   *
   * @param signal interrupts the running statement. The scan then rejects with the error of the database
   * @returns the rows of each statement
   */
  run(statements: readonly CompiledQuery<unknown>[], signal: AbortSignal): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}
