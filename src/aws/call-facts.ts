import type { Resource } from '../connect/errors.js';
import type { RatedOperation } from '../connect/rates.js';

/** Something that a request names by an id. */
export interface Named {
  readonly resource: Resource;
  readonly id: string;
  /** The member of the port's request that holds the id. */
  readonly member: string;
}

/** What is known of a call, for the case that it fails. */
export interface CallFacts {
  /** How the API calls it. */
  readonly operation: RatedOperation;
  /** The instance that is asked; undefined where the operation names none. */
  readonly instanceId: string | undefined;
  /** The members of the port's request. */
  readonly members: readonly string[];
  /** The port's request itself. */
  readonly request: object;
  /** What the request names, the most likely to be missing first: the API does not tell which of them it lacks. */
  readonly names: readonly Named[];
  /** Present where the call creates something: then a lost answer leaves the outcome unknown. */
  readonly creation?: {
    /** The token that was sent. */
    readonly clientToken: string;
    /** Whether the caller chose it. */
    readonly chosen: boolean;
  };
  /** Whether the call changes something: then too a lost answer leaves the outcome unknown. */
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
  ['instanceId', 'INSTANCE'],
];

/** Operations with an id in their path or query. Reads by many ids pass over those without a place there themselves. */
const IN_PATH: Readonly<Partial<Record<RatedOperation, string>>> = {
  GetTaskTemplate: 'taskTemplateId',
  UpdateContact: 'contactId',
  UntagContact: 'contactId',
  ListAssociatedContacts: 'contactId',
};

/** Returns what a call names by an id without a place in a path, so that it names nothing; undefined where there is none. */
export function unplaceable({ operation, names }: CallFacts): Named | undefined {
  return names.find(({ member, id }) => member === IN_PATH[operation] && !isPlaceable(id));
}

/**
 * Whether an id can be a segment of a path. Without one the path is another operation's, as GetTaskTemplate's is that of
 * ListTaskTemplates; '.' and '..' are taken for steps between segments; and half of a surrogate pair cannot be encoded.
 */
export function isPlaceable(id: string): boolean {
  return id !== '' && id !== '.' && id !== '..' && id.isWellFormed();
}

/** The facts of a call with a request of the port. */
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
