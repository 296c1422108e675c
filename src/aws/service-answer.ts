/** The facts of an error of the SDK, without the SDK's own members. */
export interface ServiceAnswer {
  /** The error's name: of the API, of the SDK, or of Node. */
  readonly name: string;
  readonly message: string;
  /** The HTTP status; undefined if there was no answer. */
  readonly status?: number;
  /** Node's code of a failed connection. */
  readonly code?: string;
  readonly retryAfterMs?: number;
  readonly requestId?: string;
  /** The violations in PropertyValidationException. */
  readonly properties: readonly {
    readonly path: string;
    readonly reason: string | undefined;
    readonly message: string;
  }[];
}

interface SdkError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
  readonly PropertyList?: readonly { PropertyPath?: string; Reason?: string; Message?: string }[];
}

/** Reads the facts of an error that the SDK threw. */
export function readServiceAnswer(thrown: unknown): ServiceAnswer {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as SdkError;
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode;
  const retryAfter = Number(error.$response?.headers?.['retry-after'] ?? Number.NaN);
  const message = typeof error.message === 'string' ? error.message : '';
  // The SDK wraps unknown errors, and then Node's code is only in the message.
  const code = typeof error.code === 'string' ? error.code : /\bE[A-Z]{4,}\b/.exec(message)?.[0];
  const requestId = error.$metadata?.requestId;
  return {
    name: typeof error.name === 'string' ? error.name : 'Error',
    message,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(retryAfter >= 0 && { retryAfterMs: Math.ceil(retryAfter * 1000) }),
    ...(requestId !== undefined && { requestId }),
    properties: (error.PropertyList ?? []).map(({ PropertyPath = '', Reason, Message }) => ({
      path: PropertyPath,
      reason: Reason,
      message: Message || Reason || '',
    })),
  };
}

/** Returns the cause for the log: one line, without the SDK's objects. */
export function causeOf(operation: string, answer: ServiceAnswer): Error {
  const { name, message, status, code, requestId } = answer;
  const facts = [status && `HTTP ${status}`, code, requestId && `request ${requestId}`].filter(Boolean).join(', ');
  return new Error(`${operation}: ${name}${facts && ` (${facts})`}: ${message}`);
}
