import type { ConnectFault } from '../../connect/errors.js';
import type { ItemError } from '../../jobs/job.js';
import type { ErrorsOf } from '../../jobs/outcome.js';
import { GROUPS } from '../create-task-contact/to-request.js';
import {
  ConnectConflictError,
  type ConnectError,
  ConnectIllegalStateError,
  ConnectInvalidInputError,
  ConnectNotFoundError,
  ConnectQuotaExceededError,
  ConnectThrottledError,
} from '../errors/error.types.js';
import { toPayloadErrors } from '../errors/to-payload-errors.js';
import { pathInInput } from '../mutation/change.js';

/** The classes of errors by the names under which they are stored. */
const CLASSES = new Map<unknown, new (facts: never) => ConnectError>(
  [
    ConnectConflictError,
    ConnectIllegalStateError,
    ConnectInvalidInputError,
    ConnectNotFoundError,
    ConnectQuotaExceededError,
    ConnectThrottledError,
  ].map((each) => [each.name, each as new (facts: never) => ConnectError]),
);

/** Converts an error of the port to errors of an item, with paths into the item. */
export const itemErrorsOf: ErrorsOf = (fault: ConnectFault) =>
  toPayloadErrors(fault, (path) => ['task', ...pathInInput(path, GROUPS).slice(1)])?.map(stored);

/** Errors of items that end otherwise than by an answer of Amazon Connect. */
export const ITEM_ENDINGS = {
  expired: [
    stored(
      new ConnectConflictError({
        code: 'EXPIRED',
        message: 'The item was not created before notAfter of its job. Start another job for it.',
      }),
    ),
  ],
  outcomeUnknown: [
    stored(
      new ConnectConflictError({
        code: 'OUTCOME_UNKNOWN',
        message:
          'The task may have been created: an attempt got no answer, and another one is no longer safe. Search for the task before you create it anew.',
      }),
    ),
  ],
  unexpected: [
    stored(
      new ConnectConflictError({
        code: 'REFUSED',
        message: 'Amazon Connect refused the task for a reason that the gateway does not know. Check the task.',
      }),
    ),
  ],
} as const;

/** Reads a stored error back. */
export function itemErrorFrom({ type, ...facts }: ItemError): ConnectError {
  const Class = CLASSES.get(type) ?? ConnectConflictError;
  return new Class(facts as never);
}

function stored(error: ConnectError): ItemError {
  return { type: error.constructor.name, ...error };
}
