import type { Channel, ContactState } from './contact.js';
import { allowedActions } from './contact-state.js';
import type { Violation } from './violation.js';

/** The party that a message names where an adapter states no other. */
const SERVICE = 'Amazon Connect';

/** A kind of thing that a request can name. */
export type Resource = 'INSTANCE' | 'CONTACT' | 'CONTACT_FLOW' | 'QUICK_CONNECT' | 'TASK_TEMPLATE' | 'QUEUE' | 'USER';

/** A quota of Amazon Connect that a task can meet. UNKNOWN: the service did not tell which. */
export type Quota = 'CHAIN' | 'ACTIVE_TASKS' | 'TRANSFERS' | 'PAUSES' | 'TASK_TEMPLATES' | 'UNKNOWN';

/**
 * What every error of the port is. The set is closed: {@link ConnectFault} lists it, and its `code` tells the members
 * apart. The first six mirror the errors of StartTaskContact by name; the others are ours, for what happens around it.
 */
abstract class PortError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A field breaks a rule of its own (HTTP 400). */
export class InvalidParameterError extends PortError {
  readonly code = 'InvalidParameterException';
  constructor(readonly violations: readonly Violation[]) {
    super(sentence(violations));
  }
}

/** Fields contradict each other or the state of what they name (HTTP 400). */
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

/** A broken rule of a template, with the API's reason. */
export interface PropertyViolation extends Violation {
  /** One of {@link PropertyReason}, or one that the service added since; absent where it gives none. */
  readonly reason?: string;
}

/** The parts of a task template do not go together, or not with what the instance holds (HTTP 400). */
export class PropertyValidationError extends PortError {
  readonly code = 'PropertyValidationException';
  constructor(readonly violations: readonly PropertyViolation[]) {
    super(sentence(violations));
  }
}

/** An id that the request names resolves to nothing (HTTP 404). */
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

/** A quota is full (HTTP 402). A chain stays full; active tasks become free as tasks end. */
export class ServiceQuotaExceededError extends PortError {
  readonly code = 'ServiceQuotaExceededException';
  constructor(
    readonly quota: Quota,
    readonly limit?: number,
  ) {
    super(QUOTA_SENTENCES[quota](limit));
  }
}

/** Too many requests for the moment (HTTP 429). */
export class ThrottlingError extends PortError {
  readonly code = 'ThrottlingException';
  constructor(readonly retryAfterMs?: number) {
    super(
      `Amazon Connect's rate limit is reached. Try again ${retryAfterMs === undefined ? 'later' : `in ${retryAfterMs} ms`}.`,
    );
  }
}

/** Options of an error for which an adapter, or what stands behind it, is responsible. */
interface PartyOptions extends ErrorOptions {
  /** The failed part, as the message names it. Default: 'Amazon Connect'. */
  readonly party?: string;
}

/** The service failed (HTTP 500), or this gateway's own set-up. The cause stays inside. */
export class InternalServiceError extends PortError {
  readonly code = 'InternalServiceException';
  /** Whether a repeat may do better. What is wrong with credentials or permissions stays wrong. */
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

/** The contact is in a state that does not allow what was asked. */
export class IllegalStateError extends PortError {
  readonly code = 'IllegalState';
  /**
   * @param apiName how the API names the error in this case
   * @param action what was asked for: an action of the port, or what an adapter offers besides
   * @param allowed what of that kind can be done instead
   */
  constructor(
    readonly apiName: 'InvalidRequestException' | 'ConflictException',
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
 * The request may or may not have taken effect. Repeating it with the same client token is safe and tells; a change that
 * takes no token has none, and what it changes can be read.
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
  /** When to come back, in milliseconds from now; undefined where it is not known. */
  readonly retryAfterMs?: number;
  /** Whether no connection came about: the address is wrong, or nothing answers there. */
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

/** More is joined to a contact than may be read for one chain, part of which must not pass for all of it. */
export class TooLargeError extends PortError {
  readonly code = 'TooLarge';
  /** @param most contacts that are read, at most */
  constructor(readonly most: number) {
    super(
      `The chain cannot be told: more than ${most} contacts are joined to this one by links of either kind, and no more are read for a chain. Ask for the contact without its chain.`,
    );
  }
}

/** The request's time was up before there was an answer. Nothing was changed. */
export class DeadlineExceededError extends PortError {
  readonly code = 'DeadlineExceeded';
  constructor(options?: ErrorOptions) {
    super('The time that the request may take is up. Ask for less, or allow it more time.', options);
  }
}

/** The caller gave up before the request was sent. */
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

/** Whether a caught value is an error of the port. */
export function isConnectFault(error: unknown): error is ConnectFault {
  return error instanceof PortError;
}

/** What a signal that fired says: its reason where that is an error of the port, else that the caller gave up. */
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
};

const QUOTA_SENTENCES: Readonly<Record<Quota, (limit?: number) => string>> = {
  CHAIN: (limit) =>
    `The chain is full: it has ${limit ?? 'all the'} linked tasks that it may have. Start a new chain, or link by relatedContactId, which has no limit.`,
  ACTIVE_TASKS: (limit) =>
    `The instance has ${limit ?? 'as many'} active tasks${limit === undefined ? ' as it may have' : ', which is its quota'}. Try again when tasks have ended.`,
  TRANSFERS: (limit) =>
    `The task was transferred ${limit ?? 'as often as it may be'}${limit === undefined ? '' : ' times, which is the limit'}.`,
  PAUSES: (limit) =>
    `The contact was paused ${limit ?? 'as often as it may be'}${limit === undefined ? '' : ' times, which is the limit'}.`,
  TASK_TEMPLATES: (limit) =>
    `The instance has ${limit ?? 'as many'} task templates${limit === undefined ? ' as it may have' : ', which is its quota'}.`,
  UNKNOWN: () => 'A quota of Amazon Connect is full; the service did not tell which.',
};

/** Violations that a message tells in full; the others are counted. */
const MAX_TOLD = 5;

function sentence(violations: readonly Violation[]): string {
  const told = violations.slice(0, MAX_TOLD).map(({ path, message }) => {
    return path.length === 0 ? message : `${path.join('.')}: ${message}`;
  });
  const more = violations.length - told.length;
  return [...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}
