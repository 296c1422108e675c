import { unwrapResolverError } from '@apollo/server/errors';
import { type ASTNode, GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { type ConnectFault, isConnectFault } from '../connect/errors.js';
import { codeOfFault, type ResponseErrorCode } from '../graphql/errors/response-codes.js';
import { clientMessage, shortened } from './client-message.js';
import { LimitExceededError } from './limits/limits.js';
import { ShuttingDown } from './shutting-down.js';

/** Makes of an error what a client is told. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** How much clients are told. */
export interface FormatOptions {
  /** Whether an error that nobody foresaw tells its cause, in extensions.detail: for those who work on the gateway. */
  readonly detail: boolean;
  /** Whether a wrong name is answered with similar ones that there are. They tell of the schema, name by name. */
  readonly suggestions: boolean;
}

/**
 * The one door from errors to the client. What is known passes with its code; anything else becomes
 * INTERNAL_SERVER_ERROR without a word of what happened inside, unless that is asked for.
 *
 * @param report takes what the client is not told, for the log
 * @param requestId the id of the request at hand; a client that reports an error can name it
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

/** A call that the gateway's own end cancels is no fault of the client: it may send the request again. */
function codeOf(fault: ConnectFault): ResponseErrorCode {
  return fault.code === 'Cancelled' && fault.cause instanceof ShuttingDown ? 'SHUTTING_DOWN' : codeOfFault(fault);
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

/** Figures that an error of ours tells beside its code. */
function figuresOf({ extensions = {} }: GraphQLFormattedError): Readonly<Record<string, unknown>> {
  const { code, estimate, limit } = extensions;
  return code === ('TOO_MANY_UPSTREAM_CALLS' satisfies ResponseErrorCode) ? { estimate, limit } : {};
}

/** Which scopes a caller lacks. Nothing else of what an error carries is passed on. */
function scopesOf(cause: unknown): { readonly requiredScopes?: unknown } {
  const { requiredScopes } = cause instanceof GraphQLError ? cause.extensions : {};
  return requiredScopes === undefined ? {} : { requiredScopes };
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
      .map(({ path, rule, limit, actual }) => ({ path: path.map(String), rule, expected: limit, actual }));
    return { violations };
  }
  if ('retryAfterMs' in fault && fault.retryAfterMs !== undefined) return { retryAfterMs: fault.retryAfterMs };
  return fault.code === 'OutcomeUnknown' && fault.clientToken !== undefined ? { clientToken: fault.clientToken } : {};
}
