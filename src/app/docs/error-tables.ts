import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';
import type { ConnectErrorCode } from '../../graphql/values/enums.js';
import type { HttpErrorCode } from '../../http/graphql-error.js';
import { code, table } from './table.js';

/** What a client developer needs to know of an error code. */
interface CodeFacts {
  /** When it occurs. */
  readonly when: string;
  /** What to do about it. */
  readonly action: string;
  /** Whether the same request may be sent again. */
  readonly retry: string;
}

const NO = 'no';
const AFTER_CHANGE = 'no; change the request';
const SAFE = 'yes';

const PAYLOAD = {
  INVALID_INPUT: {
    when: 'a value breaks a rule',
    action: 'show `message` at the field of `path`',
    retry: AFTER_CHANGE,
  },
  NOT_FOUND: { when: 'an id does not exist in the instance', action: 'correct the id at `path`', retry: AFTER_CHANGE },
  QUOTA_EXCEEDED: {
    when: 'a quota is full; `quota` and `limit` say which',
    action: 'CHAIN: use `relatedContactId` or a new chain. ACTIVE_TASKS: wait until tasks end',
    retry: 'later, for ACTIVE_TASKS',
  },
  THROTTLED: { when: "Amazon Connect's rate is reached", action: 'wait `retryAfterMs`', retry: SAFE },
  IDEMPOTENCY_CONFLICT: {
    when: 'the client token belongs to another request',
    action: 'use a new token for a new task',
    retry: NO,
  },
  CONFLICT: {
    when: 'another change of the contact is under way',
    action: 'read the contact, then decide',
    retry: SAFE,
  },
  ILLEGAL_STATE: {
    when: "the contact's state does not allow the change",
    action: 'offer `allowedActions` instead',
    retry: NO,
  },
  REFUSED: {
    when: 'Amazon Connect refused for a reason of its own',
    action: 'show `message`',
    retry: AFTER_CHANGE,
  },
  EXPIRED: {
    when: 'an item of a job was not created before `notAfter`',
    action: 'start another job for it',
    retry: NO,
  },
  OUTCOME_UNKNOWN: {
    when: 'an item of a job may have been created, and a repeat is no longer safe',
    action: 'search for the task, then decide',
    retry: NO,
  },
} as const satisfies Record<keyof typeof ConnectErrorCode, CodeFacts>;

const RESPONSE = {
  BAD_USER_INPUT: {
    when: 'an argument or variable does not match the schema, or a filter breaks a rule (`violations`)',
    action: 'correct the request',
    retry: AFTER_CHANGE,
  },
  BAD_REQUEST: { when: 'the request is not a GraphQL request', action: 'correct the request', retry: AFTER_CHANGE },
  BAD_CURSOR: { when: 'a cursor belongs to another list or has expired', action: 'start at the first page', retry: NO },
  ANSWER_TOO_LARGE: { when: 'the answer would exceed a limit', action: 'ask for less', retry: AFTER_CHANGE },
  TOO_MANY_UPSTREAM_CALLS: {
    when: 'the request may cost more calls of Amazon Connect than `MAX_UPSTREAM_CALLS`',
    action: 'ask for less, or raise the setting',
    retry: AFTER_CHANGE,
  },
  GRAPHQL_PARSE_FAILED: {
    when: 'the document has a syntax error',
    action: 'correct it at `locations`',
    retry: AFTER_CHANGE,
  },
  GRAPHQL_VALIDATION_FAILED: {
    when: 'the document does not match the schema',
    action: 'correct it at `locations`',
    retry: AFTER_CHANGE,
  },
  OPERATION_RESOLUTION_FAILURE: {
    when: 'the document does not have the operation of `operationName`, or has several and the request names none',
    action: 'name an operation of the document',
    retry: AFTER_CHANGE,
  },
  LIMIT_EXCEEDED: { when: 'the request breaks a limit', action: 'ask for less', retry: AFTER_CHANGE },
  PERSISTED_QUERY_NOT_FOUND: {
    when: 'no persisted document has this id',
    action: 'send the document itself',
    retry: AFTER_CHANGE,
  },
  PERSISTED_DOCUMENT_REQUIRED: {
    when: 'the gateway runs persisted documents only',
    action: 'add the document to the manifest',
    retry: NO,
  },
  NOT_FOUND: { when: 'an id that must exist does not', action: 'correct the id', retry: AFTER_CHANGE },
  QUOTA_EXCEEDED: { when: 'a quota of Amazon Connect is full', action: 'as in payloads', retry: 'later' },
  THROTTLED: { when: "Amazon Connect's rate is reached", action: 'wait `retryAfterMs`', retry: SAFE },
  CONFLICT: { when: 'another change is under way', action: 'read, then decide', retry: SAFE },
  CONNECT_FAILED: {
    when: "Amazon Connect or the gateway's database failed",
    action: 'report `requestId` if it persists',
    retry: 'yes; creations with the same `clientToken`',
  },
  CONNECT_UNAVAILABLE: {
    when: 'Amazon Connect cannot be reached, or the engine is shutting down',
    action: 'wait `retryAfterMs`',
    retry: SAFE,
  },
  OUTCOME_UNKNOWN: {
    when: 'a change may or may not have taken effect',
    action: 'repeat a creation with `extensions.clientToken`; for other changes read the contact',
    retry: 'with that token',
  },
  DEADLINE_EXCEEDED: {
    when: 'the request timed out',
    action: 'ask for less, or allow more time',
    retry: 'yes; creations with the same `clientToken`',
  },
  CANCELLED: { when: 'the client disconnected', action: 'none', retry: SAFE },
  FORBIDDEN: { when: 'a scope is missing (`requiredScopes`)', action: 'get a token with that scope', retry: NO },
  UNAUTHENTICATED: {
    when: 'the token of a subscription has expired',
    action: 'sign in again, and continue after the last cursor',
    retry: AFTER_CHANGE,
  },
  SHUTTING_DOWN: { when: 'the gateway is stopping; nothing was done', action: 'send it again', retry: SAFE },
  INTERNAL_SERVER_ERROR: {
    when: 'an unexpected error',
    action: 'report `requestId`',
    retry: 'yes; creations with the same `clientToken`',
  },
} as const satisfies Record<ResponseErrorCode, CodeFacts>;

const HTTP = {
  BAD_REQUEST: { when: '400: the path, headers or body cannot be read', action: 'correct them', retry: NO },
  UNAUTHENTICATED: { when: '401: no valid token', action: 'sign in again', retry: NO },
  AUTHENTICATION_UNAVAILABLE: { when: "503: the issuer's keys are missing", action: 'wait', retry: SAFE },
  NOT_FOUND: { when: '404: no such path', action: 'use `POST /graphql`', retry: NO },
  ORIGIN_NOT_ALLOWED: { when: '403: a page of another origin', action: 'add it to `CORS_ORIGINS`', retry: NO },
  METHOD_NOT_ALLOWED: { when: '405: not POST', action: 'use POST', retry: NO },
  NOT_ACCEPTABLE: { when: '406: `accept` admits no JSON', action: 'accept JSON', retry: NO },
  REQUEST_TIMEOUT: { when: '408: the request took too long to arrive', action: 'send it again', retry: SAFE },
  PAYLOAD_TOO_LARGE: { when: '413: the body is too large', action: 'send less', retry: NO },
  HEADERS_TOO_LARGE: { when: '431: the headers are too large', action: 'send less', retry: NO },
  UNSUPPORTED_MEDIA_TYPE: { when: '415: the body is not JSON in UTF-8', action: 'send JSON', retry: NO },
  OVERLOADED: { when: '503: too many requests at once', action: 'wait `Retry-After`', retry: SAFE },
  SHUTTING_DOWN: { when: '503: the gateway is stopping', action: 'send it again', retry: SAFE },
  INTERNAL_SERVER_ERROR: { when: '500: an unexpected error', action: 'report `requestId`', retry: SAFE },
} as const satisfies Record<HttpErrorCode, CodeFacts>;

function codeTable(codes: Readonly<Record<string, CodeFacts>>): string {
  return table(
    ['code', 'when', 'what to do', 'retry'],
    Object.entries(codes).map(([name, { when, action, retry }]) => [code(name), when, action, retry]),
  );
}

/** Tables of the error codes, by the place in which a client finds them. */
export const ERROR_TABLES = {
  'payload-codes': () => codeTable(PAYLOAD),
  'response-codes': () => codeTable(RESPONSE),
  'http-codes': () => codeTable(HTTP),
} as const;
