import { toApiPropertyPath } from '../connect/api-names/template-fields.js';
import type { ConnectFault } from '../connect/errors.js';
import type { Path, Violation } from '../connect/violation.js';

/** An error as the API's wire tells it: a type, a status, a message. */
export class WireError extends Error {
  /**
   * @param type the API's name of the error, as it stands in x-amzn-errortype
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

/** The request is no JSON, or JSON of the wrong types. */
export function serializationError(message: string): WireError {
  return new WireError('SerializationException', 400, message);
}

/** A member breaks a rule of its own, or is missing. */
export function invalidParameter(message: string): WireError {
  return new WireError('InvalidParameterException', 400, message);
}

/** Members contradict each other, or what they ask for does not go with a task. */
export function invalidRequest(message: string): WireError {
  return new WireError('InvalidRequestException', 400, message);
}

/** Nothing is served there. */
export function unknownOperation(message: string): WireError {
  return new WireError('UnknownOperationException', 404, message);
}

/**
 * How an operation answers with an error of the port. Most names and statuses are the same everywhere; a few operations
 * have names of their own.
 *
 * @param operation its name
 * @param where says in the wire's words where in the request something is
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
      return fault.quota === 'PAUSES' ? answer('LimitExceededException', 429) : answer(fault.code, 402);
    case 'ThrottlingException':
      return answer(fault.code, 429);
    case 'IdempotencyException':
      // StartTaskContact models no error of that name.
      return operation === 'StartTaskContact' ? answer('InvalidRequestException', 400) : answer(fault.code, 409);
    case 'IllegalState':
      return answer(fault.apiName, fault.apiName === 'ConflictException' ? 409 : 400);
    case 'Unavailable':
      return answer('ServiceUnavailableException', 503);
    case 'DeadlineExceeded':
    case 'Cancelled':
      // The client hung up: nobody reads this, and nothing failed.
      return answer('RequestTimeoutException', 408);
    case 'InternalServiceException':
    case 'OutcomeUnknown':
    case 'TooLarge':
      return answer('InternalServiceException', 500);
  }
}

/** Violations that a message tells in full; the others are counted. */
const MAX_TOLD = 5;

function sentences(violations: readonly Violation[], where: (path: Path) => string): string {
  const more = violations.length - MAX_TOLD;
  const told = violations.slice(0, MAX_TOLD).map(({ path, message }) => {
    return path.length === 0 ? message : `${where(path)}: ${message}`;
  });
  return [...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}

/** What the API says of a failure that HTTP itself caused. What nobody foresaw tells nothing of the inside. */
export function httpError({ statusCode = 500 }: { readonly statusCode?: number | undefined }): WireError {
  switch (statusCode) {
    case 408:
      return new WireError('RequestTimeoutException', 408, 'The request did not come in within the time it may take.');
    case 413:
      return new WireError('RequestEntityTooLargeException', 413, 'The body is larger than a request may have.');
    case 415:
      return new WireError('UnsupportedMediaTypeException', 415, 'Send the body with content-type: application/json.');
    case 431:
      return new WireError('SerializationException', 431, 'The headers are larger than a request may have.');
    default:
      return statusCode < 500
        ? serializationError('The request is not one that HTTP allows.')
        : new WireError('InternalServiceException', 500, 'Something went wrong inside. The details are in the log.');
  }
}
