import { type ConnectFault, InvalidParameterError, InvalidRequestError } from '../../connect/errors.js';
import type { Path, RuleFacts, Violation } from '../../connect/violation.js';
import { violationOf } from '../../validation/rule.js';
import type { Keys } from '../store/store.js';
import type { Change, Quotas, State } from './state.js';

/** What a decision is made with. */
export interface Circumstances {
  readonly state: State;
  readonly quotas: Quotas;
  /** An id for what the decision makes, if it makes anything. */
  readonly newId: string;
}

/** A decision: why not, or what the caller is answered and what that changes. */
export type Decision<Result> =
  | { readonly refusal: ConnectFault }
  | { readonly result: Result; readonly changes: readonly Change[] };

/** An operation that changes something, as pure functions: what it needs, and what it decides from that. */
export interface Operation<Request, Result> {
  /** The API's name of it: also the scope of its client tokens. */
  readonly name: string;
  /** Checks what the request states by itself, before anything is loaded. */
  readonly check: (request: Request) => readonly Violation[];
  readonly keysOf: (request: Request) => Keys;
  readonly decide: (circumstances: Circumstances, request: Request) => Decision<Result>;
  /** About the request's size in bytes: its texts, which is all that grows. */
  readonly sizeOf: (request: Request) => number;
}

/** The answer of an operation that answers nothing. */
export const DONE = undefined;

/** A decision that changes things and answers nothing. */
export function done(...changes: readonly Change[]): Decision<void> {
  return { result: DONE, changes };
}

/** A refusal. */
export function refuse(refusal: ConnectFault): { readonly refusal: ConnectFault } {
  return { refusal };
}

/** The refusal of a request that contradicts the state of what it names (InvalidRequestException). */
export function invalidRequest(rule: RuleFacts, path: Path, actual: string): InvalidRequestError {
  return new InvalidRequestError([violationOf(rule, path, actual)]);
}

/** The refusal of a field that breaks a rule of its own (InvalidParameterException). */
export function invalidParameter(rule: RuleFacts, path: Path, actual: string): InvalidParameterError {
  return new InvalidParameterError([violationOf(rule, path, actual)]);
}
