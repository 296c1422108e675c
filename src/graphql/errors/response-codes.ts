import { GraphQLError } from 'graphql';
import type { ConnectFault } from '../../connect/errors.js';

/** The codes that an error of a response may carry. */
export type ResponseErrorCode =
  | 'BAD_USER_INPUT'
  | 'BAD_REQUEST'
  | 'BAD_CURSOR'
  | 'ANSWER_TOO_LARGE'
  | 'TOO_MANY_UPSTREAM_CALLS'
  | 'LIMIT_EXCEEDED'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_DOCUMENT_REQUIRED'
  | 'NOT_FOUND'
  | 'QUOTA_EXCEEDED'
  | 'THROTTLED'
  | 'CONFLICT'
  | 'CONNECT_FAILED'
  | 'CONNECT_UNAVAILABLE'
  | 'OUTCOME_UNKNOWN'
  | 'DEADLINE_EXCEEDED'
  | 'CANCELLED'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'SHUTTING_DOWN'
  | 'INTERNAL_SERVER_ERROR';

/** The code of each error of the port among the errors of the response. */
const CODES = {
  InvalidParameterException: 'BAD_USER_INPUT',
  InvalidRequestException: 'BAD_USER_INPUT',
  PropertyValidationException: 'BAD_USER_INPUT',
  ResourceNotFoundException: 'NOT_FOUND',
  ServiceQuotaExceededException: 'QUOTA_EXCEEDED',
  ThrottlingException: 'THROTTLED',
  IdempotencyException: 'CONFLICT',
  IllegalState: 'CONFLICT',
  InternalServiceException: 'CONNECT_FAILED',
  Unavailable: 'CONNECT_UNAVAILABLE',
  TooLarge: 'ANSWER_TOO_LARGE',
  OutcomeUnknown: 'OUTCOME_UNKNOWN',
  DeadlineExceeded: 'DEADLINE_EXCEEDED',
  Cancelled: 'CANCELLED',
} as const satisfies Record<ConnectFault['code'], ResponseErrorCode>;

/** Returns the code of an error of the port among the errors of the response. */
export function codeOfFault({ code }: ConnectFault): ResponseErrorCode {
  return CODES[code];
}

/** Makes the error for arguments that a resolver refuses. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' satisfies ResponseErrorCode } });
}
