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
  readonly $response?: {
    readonly statusCode?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
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
    name: classInHeader(error) ?? (typeof error.name === 'string' ? error.name : 'Error'),
    message: messageInBody(error) ?? message,
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

/** Matches the class in the header: a namespace before it and an address after it do not count. */
const HEADER_CLASS = /^(?:[^#:]*#)?([A-Za-z]+)(?::|$)/;

/** Returns the class of an error whose body is no JSON, so that the SDK could not read it: the header states it too. */
function classInHeader(error: SdkError): string | undefined {
  if (!isUnreadable(error)) return undefined;
  const headers = Object.entries(error.$response?.headers ?? {});
  const [, type = ''] = headers.find(([name]) => name.toLowerCase() === 'x-amzn-errortype') ?? [];
  return HEADER_CLASS.exec(type)?.[1];
}

/** Maximum bytes of a body that are read as a message. */
const MAX_TEXT_BYTES = 2048;

/** Returns the text of a body that is no JSON; undefined if the SDK read the body. A page of a proxy is no message. */
function messageInBody(error: SdkError): string | undefined {
  if (classInHeader(error) === undefined) return undefined;
  const body = error.$response?.body;
  const text = body instanceof Uint8Array ? Buffer.from(body.subarray(0, MAX_TEXT_BYTES)).toString() : '';
  return text.trimStart().startsWith('<') ? '' : text.trim();
}

function isUnreadable({ name, $response }: SdkError): boolean {
  return name === 'SyntaxError' && ($response?.statusCode ?? 0) >= 400;
}

/** Returns the cause for the log: one line, without the SDK's objects. */
export function causeOf(operation: string, answer: ServiceAnswer): Error {
  const { name, message, status, code, requestId } = answer;
  const facts = [status && `HTTP ${status}`, code, requestId && `request ${requestId}`].filter(Boolean).join(', ');
  return new Error(`${operation}: ${name}${facts && ` (${facts})`}: ${message}`);
}
