/**
 * The permanent id of a rule. Its prefix names the rule's family:
 * - api/: a rule of the API reference. It holds before every adapter.
 * - gateway/: a rule of this gateway (a repeated key, text that cannot be stored). It holds before every adapter.
 * - engine/: a rule of the embedded engine, for cases that the reference leaves open. Before a real instance it is
 *   optional, because the service may differ.
 */
export type RuleId = `${RuleFamily}/${string}`;

/** See {@link RuleId}. */
export type RuleFamily = 'api' | 'gateway' | 'engine';

/** The facts of a rule, without its check. */
export interface RuleFacts {
  readonly id: RuleId;
  /** The requirement in words and units: "0 to 512 characters". */
  readonly limit: string;
  /** The document and place that state the rule, or a decision with its reason. */
  readonly source: string;
  /** The way to fix a violation, if limit and actual value do not show it. */
  readonly advice?: string;
}

/** A place in a request: member names and list indices. */
export type Path = readonly (string | number)[];

/** A violation of one rule, at one place of a request. */
export interface Violation {
  readonly rule: RuleId;
  readonly path: Path;
  /** The requirement in words and units: "0 to 512 characters". */
  readonly limit: string;
  /** The received value in the same units: "513 characters". Contains at most a short excerpt of the value. */
  readonly actual: string;
  /** The name of the field of the task template, where the rule is about one. */
  readonly templateField?: string;
  /** A sentence with limit and actual value, and the fix if they do not show it. */
  readonly message: string;
}
