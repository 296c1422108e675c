import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ConnectFault, isConnectFault } from '../../connect/errors.js';

/** The codes that an error of a response may carry, beside those that Apollo Server gives to malformed requests. */
export type ResponseErrorCode =
  | 'BAD_USER_INPUT'
  | 'NOT_FOUND'
  | 'QUOTA_EXCEEDED'
  | 'THROTTLED'
  | 'CONFLICT'
  | 'CONNECT_FAILED'
  | 'CONNECT_UNAVAILABLE'
  | 'OUTCOME_UNKNOWN'
  | 'CANCELLED'
  | 'INTERNAL_SERVER_ERROR';

/** The code of each error of the port where it is told as an error of the response. */
const CODES = {
  InvalidParameterException: 'BAD_USER_INPUT',
  InvalidRequestException: 'BAD_USER_INPUT',
  ResourceNotFoundException: 'NOT_FOUND',
  ServiceQuotaExceededException: 'QUOTA_EXCEEDED',
  ThrottlingException: 'THROTTLED',
  IdempotencyException: 'CONFLICT',
  InternalServiceException: 'CONNECT_FAILED',
  Unavailable: 'CONNECT_UNAVAILABLE',
  OutcomeUnknown: 'OUTCOME_UNKNOWN',
  Cancelled: 'CANCELLED',
} as const satisfies Record<ConnectFault['code'], ResponseErrorCode>;

/** Longest message that is passed on, in UTF-16 units: graphql-js prints the offending value, however long it is. */
const MAX_MESSAGE = 500;

/** An error that a caller's arguments cause, found by a resolver. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' satisfies ResponseErrorCode } });
}

/**
 * The one door from errors to the client. What is known passes with its code; anything else becomes
 * INTERNAL_SERVER_ERROR without a word of what happened inside.
 *
 * @param report takes what the client is not told, for the log
 */
export function createFormatError(
  report: (error: unknown) => void,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = unwrapResolverError(error);
    const { locations, path } = formatted;
    const place = { ...(locations && { locations }), ...(path && { path }) };
    if (isConnectFault(cause)) {
      if (cause.code === 'InternalServiceException' || cause.code === 'OutcomeUnknown') report(cause);
      return { message: cause.message, ...place, extensions: { code: CODES[cause.code], ...factsOf(cause) } };
    }
    const isForeseen = cause instanceof GraphQLError && cause.extensions.code !== 'INTERNAL_SERVER_ERROR';
    if (!isForeseen) {
      report(cause);
      return {
        message: 'Something went wrong inside the gateway. The details are in its log.',
        ...place,
        extensions: { code: 'INTERNAL_SERVER_ERROR' satisfies ResponseErrorCode },
      };
    }
    const code = formatted.extensions?.code;
    return {
      message: shortened(formatted.message),
      ...place,
      extensions: { ...(typeof code === 'string' && { code }) },
    };
  };
}

function factsOf(fault: ConnectFault): Readonly<Record<string, unknown>> {
  if (fault.code === 'ThrottlingException' && fault.retryAfterMs !== undefined) {
    return { retryAfterMs: fault.retryAfterMs };
  }
  return fault.code === 'OutcomeUnknown' && fault.clientToken !== undefined ? { clientToken: fault.clientToken } : {};
}

function shortened(message: string): string {
  return message.length <= MAX_MESSAGE ? message : `${message.slice(0, MAX_MESSAGE).toWellFormed()}…`;
}
