import { toApiPropertyPath } from '../connect/api-names/template-fields.js';
import type { ConnectFault } from '../connect/errors.js';
import type { Path, Violation } from '../connect/violation.js';

/** An error of the AWS API: type, status and message. */
export class WireError extends Error {
  /**
   * @param type the API's name of the error, the value of x-amzn-errortype
   */
  constructor(
    readonly type: string,
    readonly status: number,
    message: string,
    options?: ErrorOptions,
    /** Modelled members beside the message. */
    readonly members: object = {},
  ) {
    super(message, options);
    this.name = 'WireError';
  }
}

/** Makes the error for a body that is not JSON, or JSON of wrong types. */
export function serializationError(message: string): WireError {
  return new WireError('SerializationException', 400, message);
}

/** Makes the error for a member that is missing or breaks a rule of its own. */
export function invalidParameter(message: string): WireError {
  return new WireError('InvalidParameterException', 400, message);
}

/** Makes the error for members that contradict each other or do not fit a task. */
export function invalidRequest(message: string): WireError {
  return new WireError('InvalidRequestException', 400, message);
}

/** Makes the error for a path that no operation serves. */
export function unknownOperation(message: string): WireError {
  return new WireError('UnknownOperationException', 404, message);
}

/**
 * Converts an error of the port to the error with which an operation answers. Most names and statuses are the same for all
 * operations; a few operations have names of their own.
 *
 * @param operation its name
 * @param where names a place of the request as the AWS API does
 */
export function toWireError(fault: ConnectFault, operation: string, where: (path: Path) => string): WireError {
  const answer = (type: string, status: number, message = fault.message) =>
    new WireError(type, status, message, { cause: fault });
  switch (fault.code) {
    case 'InvalidParameterException':
    case 'InvalidRequestException':
      return answer(fault.code, 400, sentences(fault.violations, where));
    case 'PropertyValidationException': {
      const PropertyList = fault.violations.map((violation) => ({
        PropertyPath: toApiPropertyPath(violation.path),
        Reason: violation.reason,
        Message: violation.message,
      }));
      const message = sentences(fault.violations, toApiPropertyPath);
      return new WireError(fault.code, 400, message, { cause: fault }, { PropertyList });
    }
    case 'ResourceNotFoundException': {
      const message = fault.message.replace(`Check ${fault.member}:`, `Check ${where([fault.member])}:`);
      return operation === 'StopContact' && fault.resource === 'CONTACT'
        ? answer('ContactNotFoundException', 410, message)
        : answer(fault.code, 404, message);
    }
    case 'ServiceQuotaExceededException':
      return ['PAUSES', 'RESCHEDULES', 'TEMPLATE_CHANGES'].includes(fault.quota)
        ? answer('LimitExceededException', 429)
        : answer(fault.code, 402);
    case 'ThrottlingException':
      return answer(fault.code, 429);
    case 'IdempotencyException':
      // StartTaskContact models no error of that name.
      return operation === 'StartTaskContact' ? answer('InvalidRequestException', 400) : answer(fault.code, 409);
    case 'IllegalState':
      return answer(fault.apiName, fault.apiName === 'InvalidRequestException' ? 400 : 409);
    case 'Unavailable':
      return answer('ServiceUnavailableException', 503);
    case 'DeadlineExceeded':
    case 'Cancelled':
      // The client disconnected. Nothing failed, and no client reads this.
      return answer('RequestTimeoutException', 408);
    case 'InternalServiceException':
    case 'OutcomeUnknown':
    case 'TooLarge':
      return answer('InternalServiceException', 500);
  }
}

/** Maximum violations that a message lists; it counts the others. */
const MAX_LISTED = 5;

function sentences(violations: readonly Violation[], where: (path: Path) => string): string {
  const more = violations.length - MAX_LISTED;
  const listed = violations.slice(0, MAX_LISTED).map(({ path, message }) => {
    return path.length === 0 ? message : `${where(path)}: ${message}`;
  });
  return [...listed, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}

/** Converts a failure of HTTP itself to an error of the API. An unexpected one reveals no internals. */
export function httpError({ statusCode = 500 }: { readonly statusCode?: number | undefined }): WireError {
  switch (statusCode) {
    case 408:
      return new WireError('RequestTimeoutException', 408, 'The request took too long to arrive. Send it again.');
    case 413:
      return new WireError('RequestEntityTooLargeException', 413, 'The request body is too large.');
    case 415:
      return new WireError('UnsupportedMediaTypeException', 415, 'Send the body with content-type: application/json.');
    case 431:
      return new WireError('SerializationException', 431, 'The request headers are too large.');
    default:
      return statusCode < 500
        ? serializationError('The request is not valid HTTP.')
        : new WireError('InternalServiceException', 500, 'An unexpected error occurred. The log has the details.');
  }
}
