import { type ConnectFault, isConnectFault } from '../connect/errors.js';
import { CLIENT_TOKEN_WINDOW_MS } from '../connect/limits.js';
import type { ItemError, ItemOutcome, LeasedItem } from './job.js';

/** Shortest and longest time until the next attempt after a passing failure, in milliseconds. */
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;

/** Time until the next attempt after throttling, if the service reports none, in milliseconds. */
const THROTTLED_MS = 500;

/** Part of a client token's life that is not relied on, in milliseconds: an attempt may wait for its turn that long. */
const TOKEN_MARGIN_MS = 60 * 60 * 1000;

/** Makes the errors of an item from an error of the port; undefined for one that is neither the caller's nor a refusal. */
export type ErrorsOf = (fault: ConnectFault) => readonly ItemError[] | undefined;

/** Returns the delay after a number of failures in a row, in milliseconds. */
export function delayAfter(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 10));
}

/**
 * Whether a repeat could create a second task: an earlier attempt may have created one, and the service no longer knows the
 * client token of it.
 */
export function isTokenGone({ openSince }: LeasedItem, now: number): boolean {
  return openSince !== undefined && now - openSince > CLIENT_TOKEN_WINDOW_MS - TOKEN_MARGIN_MS;
}

/**
 * Returns what follows from a failed attempt. Whatever may pass is tried again, with the same client token; what the service
 * refuses fails the item. A refusal settles earlier attempts too, because the service looks up the token first.
 *
 * @param unexpected the errors of an item that failed for a reason that no caller should see
 */
export function outcomeOf(
  error: unknown,
  item: LeasedItem,
  errorsOf: ErrorsOf,
  unexpected: readonly ItemError[],
): ItemOutcome {
  const wasOpen = item.openSince !== undefined;
  const again = (afterMs: number, isOpen: boolean, isQuotaFull = false): ItemOutcome => {
    return { kind: 'AGAIN', afterMs, isOpen, isQuotaFull };
  };
  if (!isConnectFault(error)) return again(delayAfter(item.attempts), true);
  switch (error.code) {
    case 'Cancelled':
      return again(0, wasOpen);
    case 'ThrottlingException':
      return again(error.retryAfterMs ?? THROTTLED_MS, wasOpen);
    case 'Unavailable':
    case 'DeadlineExceeded':
    case 'TooLarge':
      return again(delayAfter(item.attempts), wasOpen);
    case 'OutcomeUnknown':
      return again(delayAfter(item.attempts), true);
    case 'InternalServiceException':
      return again(delayAfter(item.attempts), wasOpen || error.passing);
    case 'ServiceQuotaExceededException':
      if (error.quota === 'ACTIVE_TASKS') return again(0, false, true);
      break;
  }
  return { kind: 'FAILED', errors: errorsOf(error) ?? unexpected, isOpen: false };
}
