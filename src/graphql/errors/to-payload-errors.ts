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

/** Returns the path of a member of the port's request in the mutation's arguments. */
export type PathOf = (path: Path) => Path;

/** Maximum violations of one answer, because a request of many items could have ten thousand. */
const MAX_LISTED = 100;

/** Maximum length of an unknown id in an error, in UTF-16 units: the longest id with a bound in the API. */
const MAX_ID = 500;

/** Converts violations to errors of a payload. */
export function toInvalidInputErrors(violations: readonly Violation[]): ConnectError[] {
  const errors = violations.slice(0, MAX_LISTED).map(toInvalidInputError);
  const more = violations.length - errors.length;
  if (more > 0) {
    const message = `${more} more violations are not listed. Fix these first.`;
    errors.push(new ConnectInvalidInputError({ code: 'INVALID_INPUT', message }));
  }
  return errors;
}

function toInvalidInputError({
  message,
  path,
  rule,
  limit,
  actual,
  templateField,
}: Violation): ConnectInvalidInputError {
  return new ConnectInvalidInputError({
    code: 'INVALID_INPUT',
    message,
    path: path.map(String),
    rule,
    expected: limit,
    actual,
    templateField: templateField ?? null,
  });
}

/**
 * Converts an error of the port to errors of a payload: mistakes of the caller and refusals by Connect.
 *
 * @param pathOf returns the argument of a request member
 * @returns undefined for other errors, which belong among the errors of the response
 */
export function toPayloadErrors(fault: ConnectFault, pathOf: PathOf): ConnectError[] | undefined {
  const first = errorsOf(fault, pathOf);
  return first && [...first, ...(fault.others ?? []).flatMap((other) => errorsOf(other, pathOf) ?? [])];
}

function errorsOf(fault: ConnectFault, pathOf: PathOf): ConnectError[] | undefined {
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
      // The API does not bound a quick connect's id, so an unknown one may be as long as the body.
      const id = fault.id.slice(0, MAX_ID);
      return [new ConnectNotFoundError({ code: 'NOT_FOUND', message, path, resource, id })];
    }
    case 'ServiceQuotaExceededException': {
      const { limit = null } = fault;
      // No mutation creates a template, so clients do not know its quota.
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
