import { breach, type RuleFacts } from '../../validation/rule.js';
import { InvalidParameterError, InvalidRequestError } from '../../connect/errors.js';
import type { Path } from '../../connect/violation.js';

/** The refusal of a request that contradicts the state of what it names (InvalidRequestException). */
export function invalidRequest(rule: RuleFacts, path: Path, actual: string): InvalidRequestError {
  return new InvalidRequestError([breach(rule, path, actual)]);
}

/** The refusal of a field that breaks a rule of its own (InvalidParameterException). */
export function invalidParameter(rule: RuleFacts, path: Path, actual: string): InvalidParameterError {
  return new InvalidParameterError([breach(rule, path, actual)]);
}
