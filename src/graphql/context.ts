import type { CallOptions, Connect } from '../connect/connect.js';
import type { ValidationService } from '../validation/validation-service.js';
import type { Identity } from './identity.js';
import type { Instances } from './instances.js';
import type { AnswerSize } from './loading/answer-size.js';
import type { Loaders } from './loading/loaders.js';

/** What resolvers are told beside their arguments: one a request. */
export interface GatewayContext {
  readonly connect: Connect;
  readonly validation: ValidationService;
  readonly loaders: Loaders;
  readonly instances: Instances;
  /** Linked tasks that a chain may hold. */
  readonly chainTasks: number;
  /** What the answer lists so far. */
  readonly answerSize: AnswerSize;
  /**
   * What was made of members of chains. A table for each request: the collector keeps what is told in one that outlives it
   * until a full collection, also in a WeakMap.
   */
  readonly members: Map<object, object>;
  /** Told the codes of what a payload refuses. Omitted: nobody watches. */
  readonly refused?: (codes: readonly string[]) => void;
  /** What every call of this request to the port is told: when nobody waits any more, for whom it is, what it is for. */
  readonly call: CallOptions;
  /** Who the caller is, and what it may do. Undefined: nobody is asked, and everyone may do everything. */
  readonly identity: Identity | undefined;
  /** Writes the outcome of a mutation. Returns a promise if the answer must wait for it. Undefined: nothing is audited. */
  readonly audit: ((record: AuditRecord) => Promise<void> | undefined) | undefined;
}

/** What became of one mutation, for the audit log. It holds nothing that a task says but its name. */
export interface AuditRecord {
  /** The mutation's field: createTaskContact. */
  readonly operation: string;
  /** Its id, also where none was named; as the caller named it, where it is not served. */
  readonly instance: string;
  /** The contacts that the request names and that came of it, each once. */
  readonly contacts: readonly string[];
  /** OK, or the codes of everything that was wrong, each once. */
  readonly outcome: readonly string[];
  /** Stands for the caller's client token: equal for equal ones. */
  readonly tokenHash: string | undefined;
  readonly taskName: string | undefined;
  /** Milliseconds. */
  readonly duration: number;
}
