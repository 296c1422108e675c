import { type ConnectFault, InvalidParameterError, InvalidRequestError } from '../../connect/errors.js';
import type { Path, RuleFacts, Violation } from '../../connect/violation.js';
import { violationOf } from '../../validation/rule.js';
import type { Keys } from '../store/store.js';
import type { Change, Quotas, State } from './state.js';

/** The context of a decision. */
export interface Circumstances {
  readonly state: State;
  readonly quotas: Quotas;
  /** The id for a resource that the decision creates. */
  readonly newId: string;
}

/** A decision: a refusal, or the result with its changes. */
export type Decision<Result> =
  | { readonly refusal: ConnectFault }
  | { readonly result: Result; readonly changes: readonly Change[] };

/** An operation that changes data, as pure functions: the keys that it needs, and its decision. */
export interface Operation<Request, Result> {
  /** The API's name of the operation. It is also the scope of its client tokens. */
  readonly name: string;
  /** Validates the request alone, before anything is loaded. */
  readonly check: (request: Request) => readonly Violation[];
  readonly keysOf: (request: Request) => Keys;
  readonly decide: (circumstances: Circumstances, request: Request) => Decision<Result>;
  /** Returns the approximate size of a request in bytes. Only its texts count, because the rest has a fixed size. */
  readonly sizeOf: (request: Request) => number;
}

/** The result of an operation without a result. */
export const DONE = undefined;

/** Returns a decision with changes and without a result. */
export function done(...changes: readonly Change[]): Decision<void> {
  return { result: DONE, changes };
}

/** Returns a refusal. */
export function refuse(refusal: ConnectFault): { readonly refusal: ConnectFault } {
  return { refusal };
}

/** Returns the refusal of a request that contradicts the state of a resource (InvalidRequestException). */
export function invalidRequest(rule: RuleFacts, path: Path, actual: string): InvalidRequestError {
  return new InvalidRequestError([violationOf(rule, path, actual)]);
}

/** Returns the refusal of a field that violates a rule of its own (InvalidParameterException). */
export function invalidParameter(rule: RuleFacts, path: Path, actual: string): InvalidParameterError {
  return new InvalidParameterError([violationOf(rule, path, actual)]);
}
