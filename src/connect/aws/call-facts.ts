import type { Resource } from '../errors.js';

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
  readonly operation: string;
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

/** The facts of a call with a request of the port. */
export function factsOf(operation: string, request: object, creation?: CallFacts['creation']): CallFacts {
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
