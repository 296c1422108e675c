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
import { PAUSES, TASK_TEMPLATES } from '../connect/limits.js';
import { given } from '../util/given.js';
import type { CallFacts, Named } from './call-facts.js';
import { ANSWER_TOO_LARGE, isBeforeSending, isLostConnection } from './connection-errors.js';
import { causeOf, readServiceAnswer, type ServiceAnswer } from './service-answer.js';
import { toPropertyViolation, toViolation } from './to-violation.js';

type ToFault = (answer: ServiceAnswer, call: CallFacts) => ConnectFault;

/** Another request with the same token. StartTaskContact models no error of its own for that: only its words tell. */
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
const setUpWrong: ToFault = (answer, { operation }) =>
  new InternalServiceError({ cause: causeOf(operation, answer), passing: false });
const unavailable: ToFault = (answer, { operation }) =>
  new UnavailableError({ cause: causeOf(operation, answer), ...given({ retryAfterMs: answer.retryAfterMs }) });
const notConnected: ToFault = (answer, { operation }) =>
  new UnavailableError({ notConnected: true, cause: causeOf(operation, answer) });
/** An answer that cannot be read: a change may have been made all the same. */
const lostOrFailed: ToFault = (answer, call) => (call.changes ? lost(answer, call) : failed(answer, call));
const lost: ToFault = (answer, call) =>
  call.changes || call.creation
    ? new OutcomeUnknownError(call.creation?.clientToken, { cause: causeOf(call.operation, answer) })
    : unavailable(answer, call);

/**
 * Every error that the operations of this port name, and those that any operation of AWS may answer with. What is wrong
 * with this gateway's own set-up (credentials, permissions, signatures) is no business of whoever calls it: they learn
 * that the service failed, and the log has the cause.
 */
const BY_NAME: Readonly<Record<string, ToFault>> = {
  InvalidParameterException: invalidParameter,
  InvalidRequestException: invalidRequest,
  InvalidActiveRegionException: invalidRequest,
  ConflictException: invalidRequest,
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
  // Which of two quotas it is can be told for a creation, by counting: see full-quota.ts.
  ServiceQuotaExceededException: quotaExceeded,
  LimitExceededException: (_, { operation }) =>
    operation === 'PauseContact'
      ? new ServiceQuotaExceededError('PAUSES', PAUSES)
      : new ServiceQuotaExceededError('UNKNOWN'),
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
  AccessDeniedException: setUpWrong,
  AccessDenied: setUpWrong,
  UnrecognizedClientException: setUpWrong,
  InvalidClientTokenId: setUpWrong,
  InvalidSignatureException: setUpWrong,
  SignatureDoesNotMatch: setUpWrong,
  IncompleteSignature: setUpWrong,
  MissingAuthenticationToken: setUpWrong,
  MissingAuthenticationTokenException: setUpWrong,
  ExpiredToken: setUpWrong,
  ExpiredTokenException: setUpWrong,
  RequestExpired: setUpWrong,
  OptInRequired: setUpWrong,
  CredentialsProviderError: setUpWrong,
  TokenProviderError: setUpWrong,
  SerializationException: setUpWrong,
  UnknownOperationException: setUpWrong,
};

/** Where the name says nothing, the status does. */
const BY_STATUS: Readonly<Record<number, ToFault>> = {
  402: quotaExceeded,
  408: lost,
  429: throttled,
  500: failed,
  // A proxy gave up on a request that it had passed on.
  502: lost,
  503: unavailable,
  504: lost,
};

/** Says in the port's words what befell a call. Nothing of the SDK goes along but a line for the log, as the cause. */
export function toFault(thrown: unknown, call: CallFacts): ConnectFault {
  if (isConnectFault(thrown)) return thrown;
  const answer = readServiceAnswer(thrown);
  if (answer.name === 'AbortError') return new CancelledError({ cause: causeOf(call.operation, answer) });
  if (Object.hasOwn(BY_NAME, answer.name)) return (BY_NAME[answer.name] as ToFault)(answer, call);
  if (answer.status === undefined) {
    if (isBeforeSending(answer)) return notConnected(answer, call);
    if (answer.code === ANSWER_TOO_LARGE) return call.changes ? lost(answer, call) : setUpWrong(answer, call);
    return isLostConnection(answer) ? lost(answer, call) : failed(answer, call);
  }
  // An answer of success that could not be read: the thing may well be there.
  if (answer.status < 300) return lostOrFailed(answer, call);
  return (BY_STATUS[answer.status] ?? (answer.status < 500 ? setUpWrong : failed))(answer, call);
}

/** The API says that something is not there, and not what: its words may, where the request names several things. */
function notFound(answer: ServiceAnswer, call: CallFacts): ConnectFault {
  const named = call.names.find((one) => isMeant(one, answer.message)) ?? call.names[0];
  if (named === undefined) return failed(answer, call);
  return new ResourceNotFoundError(named.resource, named.id, named.member);
}

/** By its member, as our own wire tells it, else by its id. */
function isMeant({ member, id }: Named, message: string): boolean {
  const pascal = member.charAt(0).toUpperCase() + member.slice(1);
  return message.includes(`Check ${pascal}:`) || (id.length >= 8 && message.includes(id));
}
