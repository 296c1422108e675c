import { InternalServiceError, UnavailableError } from '../connect/errors.js';

/** Returns what a caller learns when the database failed. The cause is for the log alone. */
export function databaseFault(cause?: unknown): InternalServiceError {
  return new InternalServiceError({ party: "The gateway's database", cause });
}

/** Returns what a caller learns when the engine is closed. */
export function engineClosed(): UnavailableError {
  return new UnavailableError({ party: 'The embedded engine' });
}
