import { unwrapResolverError } from '@apollo/server/errors';
import { type ASTNode, GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { type ConnectFault, isConnectFault } from '../connect/errors.js';
import { codeOfFault, type ResponseErrorCode } from '../graphql/errors/response-codes.js';
import { clientMessage, shortened } from './client-message.js';
import { LimitExceededError } from './limits/limits.js';
import { ShuttingDown } from './shutting-down.js';

/** Formats an error for a client. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Options of {@link createFormatError}. */
export interface FormatOptions {
  /** Whether an unexpected error has its cause in extensions.detail, for developers of the gateway. */
  readonly detail: boolean;
  /** Whether the message about a wrong name lists similar names, which reveals the schema name by name. */
  readonly suggestions: boolean;
}

/**
 * Creates the formatter of all errors of GraphQL responses. Known errors keep their code. Any other becomes
 * INTERNAL_SERVER_ERROR without internals, unless `detail` is set.
 *
 * @param report receives the errors that clients do not see, for the log
 * @param requestId returns the id of the request that is being executed, so that a client can name it. Default: no id
 */
export function createFormatError(
  report: (error: unknown) => void,
  { detail, suggestions }: FormatOptions = { detail: false, suggestions: true },
  requestId: () => string | undefined = () => undefined,
): FormatError {
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
        extensions: {
          code: 'INTERNAL_SERVER_ERROR' satisfies ResponseErrorCode,
          ...(detail && { detail: shortened(String(cause)) }),
          ...request,
        },
      };
    }
    const facts = cause instanceof LimitExceededError ? cause.facts : { ...figuresOf(formatted), ...scopesOf(cause) };
    return {
      message: clientMessage(formatted.message, suggestions),
      ...place,
      extensions: { code, ...facts, ...request },
    };
  };
}

/** Returns the code of a fault. A call that the gateway's own end cancelled is SHUTTING_DOWN: the client may retry. */
function codeOf(fault: ConnectFault): ResponseErrorCode {
  return fault.code === 'Cancelled' && fault.cause instanceof ShuttingDown ? 'SHUTTING_DOWN' : codeOfFault(fault);
}

/** Returns the code of an error that the request causes; undefined for any other error. */
function foreseenCode(cause: unknown, formatted: GraphQLFormattedError): string | undefined {
  if (!(cause instanceof GraphQLError)) return undefined;
  // A value of a wrong shape has one code wherever it is found: in a literal by validation, in a variable by coercion, in a
  // literal with a variable during execution. A fault of the gateway is found at a field instead.
  if (cause.nodes?.length && cause.nodes.every(isValue)) return 'BAD_USER_INPUT';
  const code = formatted.extensions?.code;
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return code;
  // graphql-js has no codes. If it refuses a request as a whole, such as a subscription, the error has no path.
  const refusesRequest = cause.extensions.code === undefined && formatted.path === undefined && !cause.originalError;
  return refusesRequest ? 'BAD_REQUEST' : undefined;
}

/** Returns the figures that the gateway's own error has beside its code. */
function figuresOf({ extensions = {} }: GraphQLFormattedError): Readonly<Record<string, unknown>> {
  const { code, estimate, limit } = extensions;
  return code === ('TOO_MANY_UPSTREAM_CALLS' satisfies ResponseErrorCode) ? { estimate, limit } : {};
}

/** Returns the scopes that a caller lacks. No other extension of an error reaches a client. */
function scopesOf(cause: unknown): { readonly requiredScopes?: unknown } {
  const { requiredScopes } = cause instanceof GraphQLError ? cause.extensions : {};
  return requiredScopes === undefined ? {} : { requiredScopes };
}

function isValue({ kind }: ASTNode): boolean {
  return kind.endsWith('Value') || kind === Kind.OBJECT_FIELD || kind === Kind.VARIABLE;
}

/** Maximum number of broken rules in one error. */
const MAX_VIOLATIONS = 100;

function factsOf(fault: ConnectFault): Readonly<Record<string, unknown>> {
  if (fault.code === 'InvalidParameterException' || fault.code === 'InvalidRequestException') {
    const violations = fault.violations
      .slice(0, MAX_VIOLATIONS)
      .map(({ path, rule, limit, actual }) => ({ path: path.map(String), rule, expected: limit, actual }));
    return { violations };
  }
  if ('retryAfterMs' in fault && fault.retryAfterMs !== undefined) return { retryAfterMs: fault.retryAfterMs };
  return fault.code === 'OutcomeUnknown' && fault.clientToken !== undefined ? { clientToken: fault.clientToken } : {};
}
