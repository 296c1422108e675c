import { allowedActions } from '../../connect/contact-state.js';
import type { ConnectFault } from '../../connect/errors.js';
import type { Path, Violation } from '../../connect/violation.js';
import {
  ConnectConflictError,
  type ConnectError,
  ConnectIllegalStateError,
  ConnectInvalidInputError,
  ConnectNotFoundError,
  ConnectQuotaExceededError,
  ConnectThrottledError,
} from './error.types.js';

/** Where a request member of the port stands in the mutation's arguments. */
export type PathOf = (path: Path) => Path;

/** Broken rules that one answer tells; a request of many items could break some ten thousand. */
const MAX_TOLD = 100;

/** The part of an unknown id that is told, in UTF-16 units: the longest id that the API states a bound for. */
const MAX_ID = 500;

/** Broken rules as data. */
export function toInvalidInputErrors(violations: readonly Violation[]): ConnectError[] {
  const errors = violations.slice(0, MAX_TOLD).map(toInvalidInputError);
  const more = violations.length - errors.length;
  if (more > 0) {
    const message = `${more} more violations are not listed. Mend these first.`;
    errors.push(new ConnectInvalidInputError({ code: 'INVALID_INPUT', message }));
  }
  return errors;
}

function toInvalidInputError({ message, path, rule, limit, actual }: Violation): ConnectInvalidInputError {
  return new ConnectInvalidInputError({
    code: 'INVALID_INPUT',
    message,
    path: path.map(String),
    rule,
    expected: limit,
    actual,
  });
}

/**
 * An error of the port as data: what a caller did wrong and what Connect refuses for a business reason.
 *
 * @param pathOf finds the argument that a request member came from
 * @returns undefined where the error is neither, and belongs among the errors of the response
 */
export function toPayloadErrors(fault: ConnectFault, pathOf: PathOf): ConnectError[] | undefined {
  const { message } = fault;
  switch (fault.code) {
    case 'InvalidParameterException':
    case 'InvalidRequestException':
    case 'PropertyValidationException':
      return toInvalidInputErrors(
        fault.violations.map((violation) => ({ ...violation, path: pathOf(violation.path) })),
      );
    case 'ResourceNotFoundException': {
      const { resource, member } = fault;
      const path = pathOf([member]).map(String);
      // The API bounds no quick connect's id: what names nothing may be as long as a body.
      const id = fault.id.slice(0, MAX_ID);
      return [new ConnectNotFoundError({ code: 'NOT_FOUND', message, path, resource, id })];
    }
    case 'ServiceQuotaExceededException': {
      const { limit = null } = fault;
      // No mutation makes a template, so that its quota is none that clients know.
      const quota = fault.quota === 'TASK_TEMPLATES' ? 'UNKNOWN' : fault.quota;
      return [new ConnectQuotaExceededError({ code: 'QUOTA_EXCEEDED', message, quota, limit })];
    }
    case 'ThrottlingException':
      return [new ConnectThrottledError({ code: 'THROTTLED', message, retryAfterMs: fault.retryAfterMs ?? null })];
    case 'IdempotencyException':
      return [
        new ConnectConflictError({
          code: 'IDEMPOTENCY_CONFLICT',
          message,
          path: pathOf(['clientToken']).map(String),
        }),
      ];
    case 'IllegalState': {
      const { state, channel } = fault;
      const allowed = allowedActions(channel, state);
      return [new ConnectIllegalStateError({ code: 'ILLEGAL_STATE', message, state, allowedActions: allowed })];
    }
    case 'InternalServiceException':
    case 'OutcomeUnknown':
    case 'Unavailable':
    case 'TooLarge':
    case 'DeadlineExceeded':
    case 'Cancelled':
      return undefined;
    default:
      return fault satisfies never;
  }
}
