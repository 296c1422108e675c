import type { Resource } from '../connect/errors.js';
import type { RatedOperation } from '../connect/rates.js';

/** A resource that a request names by an id. */
export interface Named {
  readonly resource: Resource;
  readonly id: string;
  /** The member of the port's request that holds the id. */
  readonly member: string;
}

/** The facts of a call. Errors are derived from them. */
export interface CallFacts {
  /** The API's name of the operation. */
  readonly operation: RatedOperation;
  /** The requested instance; undefined if the operation names none. */
  readonly instanceId: string | undefined;
  /** The names of the members of the port's request. */
  readonly members: readonly string[];
  /** The port's request itself. */
  readonly request: object;
  /**
   * The resources that the request names, the most likely to be missing first. The API does not report which of them is
   * missing.
   */
  readonly names: readonly Named[];
  /** Present if the call creates a resource. A lost answer then leaves the outcome unknown. */
  readonly creation?: {
    /** The client token that is sent. */
    readonly clientToken: string;
    /** Whether the caller chose the token. */
    readonly chosen: boolean;
  };
  /** Whether the call changes data. A lost answer then leaves the outcome unknown. Default: false. */
  readonly changes?: boolean;
}

/** Which resource each member of the port's requests names, the most likely to be missing first. */
const RESOURCES: readonly (readonly [member: string, resource: Resource])[] = [
  ['contactId', 'CONTACT'],
  ['contactFlowId', 'CONTACT_FLOW'],
  ['quickConnectId', 'QUICK_CONNECT'],
  ['taskTemplateId', 'TASK_TEMPLATE'],
  ['previousContactId', 'CONTACT'],
  ['relatedContactId', 'CONTACT'],
  ['selfAssignFlowId', 'CONTACT_FLOW'],
  ['queueId', 'QUEUE'],
  ['userId', 'USER'],
  ['createdByUserId', 'USER'],
  ['snapshotVersion', 'TASK_TEMPLATE'],
  ['fileId', 'FILE'],
  ['instanceId', 'INSTANCE'],
];

/** Operations with an id in their path or query. Reads by several ids skip invalid ids themselves. */
const IN_PATH: Readonly<Partial<Record<RatedOperation, string>>> = {
  GetTaskTemplate: 'taskTemplateId',
  GetAttachedFile: 'fileId',
  UpdateContact: 'contactId',
  UntagContact: 'contactId',
  UpdateContactRoutingData: 'contactId',
  AssociateContactWithUser: 'contactId',
  ListAssociatedContacts: 'contactId',
};

/** Returns the resource whose id cannot be a path segment, so that it names nothing; undefined if there is none. */
export function invalidPathId({ operation, names }: CallFacts): Named | undefined {
  return names.find(({ member, id }) => member === IN_PATH[operation] && !isPathSegment(id));
}

/**
 * Returns whether an id can be a path segment. Without an id the path belongs to another operation: that of
 * GetTaskTemplate to ListTaskTemplates. '.' and '..' are removed from paths, and half of a surrogate pair cannot be
 * encoded.
 */
export function isPathSegment(id: string): boolean {
  return id !== '' && id !== '.' && id !== '..' && id.isWellFormed();
}

/** Returns the facts of a call with a request of the port. */
export function factsOf(operation: RatedOperation, request: object, creation?: CallFacts['creation']): CallFacts {
  const values = request as Readonly<Record<string, unknown>>;
  return {
    operation,
    instanceId: typeof values.instanceId === 'string' ? values.instanceId : undefined,
    members: Object.keys(request),
    request,
    names: RESOURCES.flatMap(([member, resource]) => {
      const id = values[member];
      return typeof id === 'string' ? [{ member, resource, id }] : [];
    }),
    ...(creation && { creation }),
  };
}
