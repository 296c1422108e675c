import type { CallOptions, Connect } from '../connect/connect.js';
import type { ValidationService } from '../validation/validation-service.js';
import type { ContactFeed } from '../feed/contact-feed.js';
import type { Jobs } from '../jobs/jobs.js';
import type { Identity } from './identity.js';
import type { Instances } from './instances.js';
import type { AnswerSize } from './loading/answer-size.js';
import type { Loaders } from './loading/loaders.js';

/** The per-request resolver context. */
export interface GatewayContext {
  readonly connect: Connect;
  readonly validation: ValidationService;
  /** The changes of contacts. */
  readonly feed: ContactFeed;
  /** Many creations as one piece of work. */
  readonly jobs: Jobs;
  readonly loaders: Loaders;
  readonly instances: Instances;
  /** Maximum linked tasks of a chain. */
  readonly chainTasks: number;
  /** Counts the contacts that the answer lists. */
  readonly answerSize: AnswerSize;
  /**
   * Objects of chain members, one each. A map for each request, because the garbage collector keeps the values of a longer-lived
   * WeakMap until a full collection.
   */
  readonly members: Map<object, object>;
  /** Receives the codes of a payload's errors. Default: none are reported. */
  readonly refused?: (codes: readonly string[]) => void;
  /** Options of every call of the port in this request: signal, deadline, caller, purpose. */
  readonly call: CallOptions;
  /** The caller's identity and scopes. Undefined without authentication: then every field is allowed. */
  readonly identity: Identity | undefined;
  /** Writes the outcome of a mutation. Returns a promise if the answer must wait for it. Undefined: nothing is audited. */
  readonly audit: ((record: AuditRecord) => Promise<void> | undefined) | undefined;
}

/** The outcome of one mutation, for the audit log. Of the task's content it has the name only. */
export interface AuditRecord {
  /** The mutation's field: createTaskContact. */
  readonly operation: string;
  /** The instance's id; if it is not served, the name from the request. */
  readonly instance: string;
  /** Contacts of the request and of its result, without duplicates. */
  readonly contacts: readonly string[];
  /** The job of the request, or of the item that was settled. */
  readonly job?: string | undefined;
  /** The key of the item that was settled. */
  readonly item?: string | undefined;
  /** OK, or the error codes, without duplicates. */
  readonly outcome: readonly string[];
  /** A hash of the caller's client token. */
  readonly tokenHash: string | undefined;
  readonly taskName: string | undefined;
  /** Duration in milliseconds. */
  readonly duration: number;
}
