import { unwrapResolverError } from '@apollo/server/errors';
import { type ASTNode, GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { type ConnectFault, isConnectFault } from '../../connect/errors.js';
import { ShuttingDown } from './shutting-down.js';

/** The codes that an error of a response may carry, beside those that Apollo Server gives to malformed requests. */
export type ResponseErrorCode =
  | 'BAD_USER_INPUT'
  | 'BAD_REQUEST'
  | 'BAD_CURSOR'
  | 'ANSWER_TOO_LARGE'
  | 'NOT_FOUND'
  | 'QUOTA_EXCEEDED'
  | 'THROTTLED'
  | 'CONFLICT'
  | 'CONNECT_FAILED'
  | 'CONNECT_UNAVAILABLE'
  | 'OUTCOME_UNKNOWN'
  | 'CANCELLED'
  | 'SHUTTING_DOWN'
  | 'INTERNAL_SERVER_ERROR';

/** The code of each error of the port where it is told as an error of the response. */
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
 * @param requestId the id of the request at hand; a client that reports an error can name it
 */
export function createFormatError(
  report: (error: unknown) => void,
  requestId: () => string | undefined = () => undefined,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = unwrapResolverError(error);
    const { locations, path } = formatted;
    const id = requestId();
    const request = id === undefined ? {} : { requestId: id };
    const place = { ...(locations && { locations }), ...(path && { path }) };
    if (isConnectFault(cause)) {
      if (cause.code === 'InternalServiceException' || cause.code === 'OutcomeUnknown') report(cause);
      return { message: cause.message, ...place, extensions: { code: codeOf(cause), ...factsOf(cause), ...request } };
    }
    const code = foreseenCode(cause, formatted);
    if (code === undefined) {
      report(cause);
      return {
        message: 'Something went wrong inside the gateway. The details are in its log.',
        ...place,
        extensions: { code: 'INTERNAL_SERVER_ERROR' satisfies ResponseErrorCode, ...request },
      };
    }
    return { message: told(formatted.message), ...place, extensions: { code, ...request } };
  };
}

/** A call that the gateway's own end cancels is no fault of the client: it may send the request again. */
function codeOf(fault: ConnectFault): ResponseErrorCode {
  return fault.code === 'Cancelled' && fault.cause instanceof ShuttingDown ? 'SHUTTING_DOWN' : CODES[fault.code];
}

/** The code of an error that the request itself causes; undefined where it is none of those. */
function foreseenCode(cause: unknown, formatted: GraphQLFormattedError): string | undefined {
  if (!(cause instanceof GraphQLError)) return undefined;
  // A value of a wrong shape is the same fault wherever it is found: in a literal, by validation; in a variable, by
  // coercion; in a literal that holds a variable, while the operation runs. A fault of ours is found at a field instead.
  if (cause.nodes?.length && cause.nodes.every(isValue)) return 'BAD_USER_INPUT';
  const code = formatted.extensions?.code;
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return code;
  // graphql-js gives no codes. What it refuses without a place in the answer is the request as a whole: a subscription.
  const refusesRequest = cause.extensions.code === undefined && formatted.path === undefined && !cause.originalError;
  return refusesRequest ? 'BAD_REQUEST' : undefined;
}

function isValue({ kind }: ASTNode): boolean {
  return kind.endsWith('Value') || kind === Kind.OBJECT_FIELD || kind === Kind.VARIABLE;
}

/** Broken rules that one error tells. */
const MAX_VIOLATIONS = 100;

function factsOf(fault: ConnectFault): Readonly<Record<string, unknown>> {
  if (fault.code === 'InvalidParameterException' || fault.code === 'InvalidRequestException') {
    const violations = fault.violations
      .slice(0, MAX_VIOLATIONS)
      .map(({ path, rule, limit, actual }) => ({ path: path.map(String), rule, limit, actual }));
    return { violations };
  }
  if (fault.code === 'ThrottlingException' && fault.retryAfterMs !== undefined) {
    return { retryAfterMs: fault.retryAfterMs };
  }
  return fault.code === 'OutcomeUnknown' && fault.clientToken !== undefined ? { clientToken: fault.clientToken } : {};
}

/** A message as a client is told it. The parser recurses, and reports a document that is too deep for it as what it met. */
function told(message: string): string {
  return message === 'Maximum call stack size exceeded' ? 'The document is nested too deep.' : shortened(message);
}

/** A long text between quotes, with its beginning. */
const LONG_TEXT = /"((?:[^"\\]|\\.){40})(?:[^"\\]|\\.)+"/g;

/** The values give way first: what tells the field and the rule stands between them, or at the end. */
function shortened(message: string): string {
  const short = message.replace(LONG_TEXT, '"$1…"');
  if (short.length <= MAX_MESSAGE) return short.toWellFormed();
  const half = MAX_MESSAGE / 2;
  return `${short.slice(0, half)}…${short.slice(-half)}`.toWellFormed();
}
