import {
  CancelledError,
  type ConnectFault,
  IdempotencyConflictError,
  InternalServiceError,
  InvalidParameterError,
  InvalidRequestError,
  isConnectFault,
  OutcomeUnknownError,
  PropertyValidationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ThrottlingError,
  UnavailableError,
} from '../connect/errors.js';
import { PAUSES, RESCHEDULES, TASK_TEMPLATES, TEMPLATE_CHANGES } from '../connect/limits.js';
import { apiName } from '../connect/api-names/members.js';
import { given } from '../util/given.js';
import type { CallFacts, Named } from './call-facts.js';
import { ANSWER_TOO_LARGE, isBeforeSending, isLostConnection } from './connection-errors.js';
import { causeOf, readServiceAnswer, type ServiceAnswer } from './service-answer.js';
import { toPropertyViolation, toViolation } from './to-violation.js';

type ToFault = (answer: ServiceAnswer, call: CallFacts) => ConnectFault;

/**
 * Matches the message for another request with the same token. StartTaskContact models no error of its own for that.
 */
const TOKEN_REUSED = /client ?token|idempoten/i;

const invalidParameter: ToFault = (answer, call) => new InvalidParameterError([toViolation(answer.message, call)]);
const invalidRequest: ToFault = (answer, call) =>
  call.creation?.chosen && TOKEN_REUSED.test(answer.message)
    ? new IdempotencyConflictError()
    : new InvalidRequestError([toViolation(answer.message, call)]);
const quotaExceeded: ToFault = (_, { operation }) =>
  operation === 'CreateTaskTemplate'
    ? new ServiceQuotaExceededError('TASK_TEMPLATES', TASK_TEMPLATES)
    : new ServiceQuotaExceededError('UNKNOWN');
const throttled: ToFault = ({ retryAfterMs }) => new ThrottlingError(retryAfterMs);
const failed: ToFault = (answer, { operation }) => new InternalServiceError({ cause: causeOf(operation, answer) });
const misconfigured: ToFault = (answer, { operation }) =>
  new InternalServiceError({ cause: causeOf(operation, answer), passing: false });
const unavailable: ToFault = (answer, { operation }) =>
  new UnavailableError({ cause: causeOf(operation, answer), ...given({ retryAfterMs: answer.retryAfterMs }) });
const notConnected: ToFault = (answer, { operation }) =>
  new UnavailableError({ notConnected: true, cause: causeOf(operation, answer) });
/** An answer that cannot be read. A change may have taken effect. */
const lostOrFailed: ToFault = (answer, call) => (call.changes ? lost(answer, call) : failed(answer, call));
const lost: ToFault = (answer, call) =>
  call.changes || call.creation
    ? new OutcomeUnknownError(call.creation?.clientToken, { cause: causeOf(call.operation, answer) })
    : unavailable(answer, call);

/**
 * The errors of the port's operations, and the common errors of AWS. Clients must not see faults of this gateway's
 * configuration (credentials, permissions, signatures): they get InternalServiceError, and the log has the cause.
 */
const BY_NAME: Readonly<Record<string, ToFault>> = {
  InvalidParameterException: invalidParameter,
  InvalidRequestException: invalidRequest,
  InvalidActiveRegionException: invalidRequest,
  ConflictException: invalidRequest,
  ResourceConflictException: invalidRequest,
  ValidationException: invalidParameter,
  PropertyValidationException: ({ properties, message }, call) =>
    new PropertyValidationError(
      properties.length > 0
        ? properties.map((property) => toPropertyViolation(property, call))
        : [toViolation(message, call)],
    ),
  ResourceNotFoundException: notFound,
  ContactNotFoundException: notFound,
  ContactFlowNotPublishedException: invalidRequest,
  IdempotencyException: () => new IdempotencyConflictError(),
  DuplicateResourceException: invalidRequest,
  // For a creation, counting distinguishes the two quotas: see full-quota.ts.
  ServiceQuotaExceededException: quotaExceeded,
  LimitExceededException: (_, { operation }) => {
    if (operation === 'PauseContact') return new ServiceQuotaExceededError('PAUSES', PAUSES);
    if (operation === 'UpdateContactSchedule') return new ServiceQuotaExceededError('RESCHEDULES', RESCHEDULES);
    if (operation === 'UpdateContactTaskTemplate') {
      return new ServiceQuotaExceededError('TEMPLATE_CHANGES', TEMPLATE_CHANGES);
    }
    return new ServiceQuotaExceededError('UNKNOWN');
  },
  ThrottlingException: throttled,
  Throttling: throttled,
  TooManyRequestsException: throttled,
  RequestLimitExceeded: throttled,
  InternalServiceException: failed,
  InternalServerException: failed,
  InternalFailure: failed,
  ServiceUnavailableException: unavailable,
  ServiceUnavailable: unavailable,
  RequestTimeoutException: lost,
  RequestTimeout: lost,
  AccessDeniedException: misconfigured,
  AccessDenied: misconfigured,
  UnrecognizedClientException: misconfigured,
  InvalidClientTokenId: misconfigured,
  InvalidSignatureException: misconfigured,
  SignatureDoesNotMatch: misconfigured,
  IncompleteSignature: misconfigured,
  MissingAuthenticationToken: misconfigured,
  MissingAuthenticationTokenException: misconfigured,
  ExpiredToken: misconfigured,
  ExpiredTokenException: misconfigured,
  RequestExpired: misconfigured,
  OptInRequired: misconfigured,
  CredentialsProviderError: misconfigured,
  TokenProviderError: misconfigured,
  SerializationException: misconfigured,
  UnknownOperationException: misconfigured,
};

/** The errors by HTTP status, for unknown names. */
const BY_STATUS: Readonly<Record<number, ToFault>> = {
  402: quotaExceeded,
  408: lost,
  429: throttled,
  500: failed,
  // A proxy gave up waiting for a request that it had forwarded.
  502: lost,
  503: unavailable,
  504: lost,
};

/**
 * Converts an error of a call to an error of the port. Its cause is one line for the log, without the SDK's objects.
 */
export function toFault(thrown: unknown, call: CallFacts): ConnectFault {
  if (isConnectFault(thrown)) return thrown;
  const answer = readServiceAnswer(thrown);
  if (answer.name === 'AbortError') return new CancelledError({ cause: causeOf(call.operation, answer) });
  if (Object.hasOwn(BY_NAME, answer.name)) return (BY_NAME[answer.name] as ToFault)(answer, call);
  if (answer.status === undefined) {
    if (isBeforeSending(answer)) return notConnected(answer, call);
    if (answer.code === ANSWER_TOO_LARGE) return call.changes ? lost(answer, call) : misconfigured(answer, call);
    return isLostConnection(answer) ? lost(answer, call) : failed(answer, call);
  }
  // A successful answer that cannot be read: the resource may exist.
  if (answer.status < 300) return lostOrFailed(answer, call);
  return (BY_STATUS[answer.status] ?? (answer.status < 500 ? misconfigured : failed))(answer, call);
}

/**
 * Returns the error for a missing resource. If the request names several, the API's message may show which one is
 * missing.
 */
function notFound(answer: ServiceAnswer, call: CallFacts): ConnectFault {
  const named = call.names.find((one) => isMeant(one, answer.message)) ?? call.names[0];
  if (named === undefined) return failed(answer, call);
  return new ResourceNotFoundError(named.resource, named.id, named.member);
}

/** Returns whether a message names a resource: by its member, as the emulator does, otherwise by its id. */
function isMeant({ member, id }: Named, message: string): boolean {
  return message.includes(`Check ${apiName(member)}:`) || (id.length >= 8 && message.includes(id));
}
