import type { CallOptions, Connect } from '../connect/connect.js';
import type { ContactSummary } from '../connect/contact.js';
import { ResourceNotFoundError } from '../connect/errors.js';
import { instanceNamed, isNamed, type ServedInstance } from './instances.js';
import type { ValidationService } from '../validation/validation-service.js';
import type { Identity } from './identity.js';
import type { AnswerSize } from './loading/answer-size.js';
import type { AuditRecord } from './audit.js';
import type { ConnectContact } from './contact/contact.type.js';
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
  readonly members: Map<ContactSummary, ConnectContact>;
  /** Told the codes of what a payload refuses. Omitted: nobody watches. */
  readonly refused?: (codes: readonly string[]) => void;
  /** What every call of this request to the port is told: when nobody waits any more, for whom it is, what it is for. */
  readonly call: CallOptions;
  /** Who the caller is, and what it may do. Undefined: nobody is asked, and everyone may do everything. */
  readonly identity: Identity | undefined;
  /** Keeps what became of a mutation. Undefined: nobody does. */
  readonly audit: ((record: AuditRecord) => void) | undefined;
}

/** The instances that this gateway serves. */
export interface Instances {
  /** The instance that is meant where none is named. */
  readonly defaultId: string;
  /** The id of the instance that a caller means, by id or alias; undefined where the gateway does not serve it. */
  resolve(name: string | null | undefined): string | undefined;
}

/**
 * The id of the instance that a caller means, where the answer cannot be that nothing is there.
 *
 * @throws ResourceNotFoundError where the gateway does not serve it
 */
export function servedInstance({ instances }: GatewayContext, name: string | null | undefined): string {
  const instanceId = instances.resolve(name);
  if (instanceId === undefined) throw new ResourceNotFoundError('INSTANCE', name ?? '', 'instanceId');
  return instanceId;
}

/**
 * Serves these instances and no other.
 *
 * D: the default stays the same for every caller. One who may not touch it must name an instance: a request must not mean
 * another one because a token changed.
 *
 * @param allowed those that the caller may touch, by id or alias: any other is one that is not served. Omitted: all
 */
export function instanceTable(
  defaultId: string,
  served: readonly ServedInstance[],
  allowed?: readonly string[],
): Instances {
  const open =
    allowed === undefined ? served : served.filter((instance) => allowed.some((name) => isNamed(instance, name)));
  return {
    defaultId,
    resolve: (name) => instanceNamed(open, name ?? defaultId)?.id,
  };
}
