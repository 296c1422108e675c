import { InternalServiceError, UnavailableError } from '../connect/errors.js';
import { StoreUnwritableError } from './store/store.js';

/** Returns the error for a failure of the database. Only the log contains the cause. */
export function databaseFault(cause?: unknown): InternalServiceError | UnavailableError {
  if (cause instanceof StoreUnwritableError) return new UnavailableError({ party: "The gateway's database", cause });
  return new InternalServiceError({ party: "The gateway's database", cause });
}

/** Returns the error for a call of the closed engine. */
export function engineClosed(): UnavailableError {
  return new UnavailableError({ party: 'The embedded engine' });
}
