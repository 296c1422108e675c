/**
 * The fixed id of a rule. Its family says whose rule it is:
 *   api/      the API reference's own: holds before every adapter
 *   gateway/  a promise of this gateway's contract (a repeated key, text that no store can keep): holds always too
 *   engine/   our reading where the reference is silent: the embedded engine keeps it; before a real instance it is
 *             judged only on request, since the service may differ
 */
export type RuleId = `${RuleFamily}/${string}`;

/** See {@link RuleId}. */
export type RuleFamily = 'api' | 'gateway' | 'engine';

/** Facts of a rule, apart from its check. */
export interface RuleFacts {
  readonly id: RuleId;
  /** Requirement in words and units: "0 to 512 characters". */
  readonly limit: string;
  /** Document and place that state the rule, or the reason of our decision. */
  readonly source: string;
  /** What to do, where limit and actual value do not make it plain. */
  readonly advice?: string;
}

/** Where in a request something is wrong: member names and list indices. */
export type Path = readonly (string | number)[];

/** One broken rule, at one place of a request. */
export interface Violation {
  readonly rule: RuleId;
  readonly path: Path;
  /** What the rule asks for, in words and units: "0 to 512 characters". */
  readonly limit: string;
  /** What came, in the same units: "513 characters". Never more than a short excerpt of the value. */
  readonly actual: string;
  /** A sentence of the two, and what to do where that is not plain. */
  readonly message: string;
}
