import type { Channel, ContactState } from './contact.js';
import { allowedActions } from './contact-state.js';
import type { Violation } from './violation.js';

/** The party in a message if the adapter states no other. */
const SERVICE = 'Amazon Connect';

/** A kind of resource that a request can name. */
export type Resource =
  | 'INSTANCE'
  | 'CONTACT'
  | 'CONTACT_FLOW'
  | 'QUICK_CONNECT'
  | 'TASK_TEMPLATE'
  | 'QUEUE'
  | 'USER'
  | 'FILE';

/** A quota of Amazon Connect for tasks. UNKNOWN: the service did not report which quota it is. */
export type Quota =
  | 'CHAIN'
  | 'ACTIVE_TASKS'
  | 'TRANSFERS'
  | 'PAUSES'
  | 'RESCHEDULES'
  | 'TEMPLATE_CHANGES'
  | 'TASK_TEMPLATES'
  | 'UNKNOWN';

/**
 * The base class of the port's errors. The set is closed: {@link ConnectFault} lists it, and `code` distinguishes its
 * members. Those named like errors of StartTaskContact mirror them; the others are for faults around the call.
 */
abstract class PortError extends Error {
  abstract readonly code: string;

  /** Further refusals of the same request, which were found together with this one. Absent: there are none. */
  readonly others?: readonly ConnectFault[];

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A field violates a rule of its own (HTTP 400). */
export class InvalidParameterError extends PortError {
  readonly code = 'InvalidParameterException';
  constructor(readonly violations: readonly Violation[]) {
    super(sentence(violations));
  }
}

/** Fields contradict each other, or the state of a resource that they name (HTTP 400). */
export class InvalidRequestError extends PortError {
  readonly code = 'InvalidRequestException';
  constructor(readonly violations: readonly Violation[]) {
    super(sentence(violations));
  }
}

/** Why a property of a template is refused (service model, PropertyValidationExceptionReason). */
export type PropertyReason =
  | 'INVALID_FORMAT'
  | 'UNIQUE_CONSTRAINT_VIOLATED'
  | 'REFERENCED_RESOURCE_NOT_FOUND'
  | 'RESOURCE_NAME_ALREADY_EXISTS'
  | 'REQUIRED_PROPERTY_MISSING'
  | 'NOT_SUPPORTED'
  | 'TYPE_MISMATCH';

/** A violation in a template, with the API's reason. */
export interface PropertyViolation extends Violation {
  /** One of {@link PropertyReason}, or a reason that the service added later. Absent if the API gives none. */
  readonly reason?: string;
}

/** The parts of a task template contradict each other, or the instance's resources (HTTP 400). */
export class PropertyValidationError extends PortError {
  readonly code = 'PropertyValidationException';
  constructor(readonly violations: readonly PropertyViolation[]) {
    super(sentence(violations));
  }
}

/** An id in the request names no resource (HTTP 404). */
export class ResourceNotFoundError extends PortError {
  readonly code = 'ResourceNotFoundException';
  /**
   * @param member the request's member that holds the id
   */
  constructor(
    readonly resource: Resource,
    readonly id: string,
    readonly member: string,
  ) {
    const place = resource === 'INSTANCE' ? 'the id of an instance that is served here' : 'an id of this instance';
    super(`${RESOURCE_NAMES[resource]} not found. Check ${member}: it must be ${place}.`);
  }
}

/** A quota is full (HTTP 402). A chain stays full; active tasks become available as tasks end. */
export class ServiceQuotaExceededError extends PortError {
  readonly code = 'ServiceQuotaExceededException';
  constructor(
    readonly quota: Quota,
    readonly limit?: number,
  ) {
    super(QUOTA_SENTENCES[quota](limit));
  }
}

/** The rate limit is exceeded (HTTP 429). */
export class ThrottlingError extends PortError {
  readonly code = 'ThrottlingException';
  constructor(readonly retryAfterMs?: number) {
    super(
      `Amazon Connect's rate limit is reached. Try again ${retryAfterMs === undefined ? 'later' : `in ${retryAfterMs} ms`}.`,
    );
  }
}

/** Options of an error that an adapter, or the service behind it, causes. */
interface PartyOptions extends ErrorOptions {
  /** The failed part, as messages name it. Default: 'Amazon Connect'. */
  readonly party?: string;
}

/** The service, or the configuration of this gateway, failed (HTTP 500). Clients do not see the cause. */
export class InternalServiceError extends PortError {
  readonly code = 'InternalServiceException';
  /** Whether a repeat may succeed; false for wrong credentials or missing permissions. Default: true. */
  readonly passing: boolean;
  constructor({ passing = true, party = SERVICE, ...options }: PartyOptions & { readonly passing?: boolean } = {}) {
    super(`${party} could not process the request. Try again with the same client token.`, options);
    this.passing = passing;
  }
}

/** The client token belongs to another request. */
export class IdempotencyConflictError extends PortError {
  readonly code = 'IdempotencyException';
  constructor() {
    super(
      'This client token was used before with other parameters. Use a new token for a new task, or repeat the first request unchanged.',
    );
  }
}

/** The API's names of an error about the state of a contact. UpdateContactRoutingData models the last one alone. */
export type StateErrorName = 'InvalidRequestException' | 'ConflictException' | 'ResourceConflictException';

/** The state of the contact does not allow the action. */
export class IllegalStateError extends PortError {
  readonly code = 'IllegalState';
  /**
   * @param apiName the API's name of the error in this case
   * @param action the requested action, of the port or of the adapter alone
   * @param allowed the actions of that kind that the state allows
   */
  constructor(
    readonly apiName: StateErrorName,
    readonly action: string,
    readonly channel: Channel,
    readonly state: ContactState,
    allowed: readonly string[] = allowedActions(channel, state),
  ) {
    super(
      `A contact of channel ${channel} that is ${state} does not allow ${action}. It allows ${allowed.length === 0 ? 'nothing' : allowed.join(', ')}.`,
    );
  }
}

/**
 * The request may or may not have taken effect. Repeating it with the same client token is safe and reveals the
 * outcome. After a change without a client token, the outcome can be read.
 */
export class OutcomeUnknownError extends PortError {
  readonly code = 'OutcomeUnknown';
  constructor(
    readonly clientToken?: string,
    options?: ErrorOptions,
  ) {
    const toDo = clientToken === undefined ? 'Read what it changes' : 'Repeat it with the same client token';
    super(`The outcome of the request is unknown. ${toDo} to learn it.`, options);
  }
}

/** Connect cannot be reached, or is shutting down. Nothing was changed. */
export class UnavailableError extends PortError {
  readonly code = 'Unavailable';
  /** When to retry, in milliseconds from now; undefined if unknown. */
  readonly retryAfterMs?: number;
  /** Whether no connection was established, because the address is wrong or no server answers there. */
  readonly notConnected: boolean;
  constructor({
    retryAfterMs,
    notConnected = false,
    party = SERVICE,
    ...options
  }: PartyOptions & { readonly retryAfterMs?: number; readonly notConnected?: boolean } = {}) {
    super(
      `${party} cannot be reached at the moment. Try again ${retryAfterMs === undefined ? 'later' : `in ${retryAfterMs} ms`}.`,
      options,
    );
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
    this.notConnected = notConnected;
  }
}

/** There is more to read than one read returns. A part must not be returned as the whole. */
export class TooLargeError extends PortError {
  readonly code = 'TooLarge';

  /** @param max maximum number of contacts that are read for one chain */
  static ofChain(max: number): TooLargeError {
    return new TooLargeError(
      `The chain is too large: links of either kind connect more than ${max} contacts, the maximum that is read for a chain. Request the contact without its chain.`,
    );
  }

  /** @param maxBytes bytes that the caller can hold */
  static ofRead(maxBytes: number): TooLargeError {
    return new TooLargeError(`The read is too large: more than ${maxBytes} bytes. Request fewer contacts.`);
  }
}

/** The deadline of the request passed before there was an answer. Nothing was changed. */
export class DeadlineExceededError extends PortError {
  readonly code = 'DeadlineExceeded';
  constructor(options?: ErrorOptions) {
    super('The request timed out. Request less data or raise the timeout.', options);
  }
}

/** The caller aborted the request before it was sent. */
export class CancelledError extends PortError {
  readonly code = 'Cancelled';
  constructor(options?: ErrorOptions) {
    super('The request was cancelled before it took effect.', options);
  }
}

/** Every error that a method of the port may throw. Switch over `code`. */
export type ConnectFault =
  | InvalidParameterError
  | InvalidRequestError
  | PropertyValidationError
  | ResourceNotFoundError
  | ServiceQuotaExceededError
  | ThrottlingError
  | InternalServiceError
  | IdempotencyConflictError
  | IllegalStateError
  | OutcomeUnknownError
  | UnavailableError
  | TooLargeError
  | DeadlineExceededError
  | CancelledError;

/**
 * Makes one refusal of several that were found together, in the order of the API's checks: it is the first, which is the
 * one that the API would report. Broken rules of one class are one error; the rest is in `others`.
 */
export function together([first, ...rest]: readonly [ConnectFault, ...ConnectFault[]]): ConnectFault {
  if (rest.length === 0) return first;
  const isMerged = (fault: ConnectFault) => first.code === 'InvalidRequestException' && fault.code === first.code;
  const merged = [first, ...rest].filter(isMerged).flatMap((fault) => ('violations' in fault ? fault.violations : []));
  const head = merged.length === 0 ? first : new InvalidRequestError(merged);
  const others = rest.filter((fault) => !isMerged(fault));
  return others.length === 0 ? head : Object.assign(head, { others });
}

/** Returns whether a caught value is an error of the port. */
export function isConnectFault(error: unknown): error is ConnectFault {
  return error instanceof PortError;
}

/** Returns the error for an aborted signal: its reason if that is an error of the port, otherwise CancelledError. */
export function endOf(signal: AbortSignal): ConnectFault {
  return isConnectFault(signal.reason) ? signal.reason : new CancelledError({ cause: signal.reason });
}

const RESOURCE_NAMES: Readonly<Record<Resource, string>> = {
  INSTANCE: 'Instance',
  CONTACT: 'Contact',
  CONTACT_FLOW: 'Contact flow',
  QUICK_CONNECT: 'Quick connect',
  TASK_TEMPLATE: 'Task template',
  QUEUE: 'Queue',
  USER: 'User',
  FILE: 'Attached file',
};

const shown = (limit?: number) => (limit === undefined ? '' : ` (${limit})`);

const QUOTA_SENTENCES: Readonly<Record<Quota, (limit?: number) => string>> = {
  CHAIN: (limit) =>
    `The chain is full: it has the maximum number of linked tasks${shown(limit)}. Start a new chain, or link by relatedContactId, which has no limit.`,
  ACTIVE_TASKS: (limit) =>
    `The instance has the maximum number of active tasks${shown(limit)}. Try again when tasks have ended.`,
  TRANSFERS: (limit) => `The task was transferred the maximum number of times${shown(limit)}.`,
  PAUSES: (limit) => `The contact was paused the maximum number of times${shown(limit)}.`,
  RESCHEDULES: (limit) =>
    `The task was rescheduled the maximum number of times${shown(limit)}. Stop it and create a new one.`,
  TEMPLATE_CHANGES: (limit) => `The task got another template the maximum number of times${shown(limit)}.`,
  TASK_TEMPLATES: (limit) => `The instance has the maximum number of task templates${shown(limit)}.`,
  UNKNOWN: () => 'A quota of Amazon Connect is full; the service did not report which.',
};

/** Maximum number of violations that a message lists. It counts the others. */
const MAX_LISTED = 5;

function sentence(violations: readonly Violation[]): string {
  const listed = violations.slice(0, MAX_LISTED).map(({ path, message }) => {
    return path.length === 0 ? message : `${path.join('.')}: ${message}`;
  });
  const more = violations.length - listed.length;
  return [...listed, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}
