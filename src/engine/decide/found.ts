import { bareId } from '../../connect/arn.js';
import {
  type ConnectFault,
  InvalidParameterError,
  type Resource,
  ResourceNotFoundError,
  together,
} from '../../connect/errors.js';
import type { ContactRequest } from '../../connect/lifecycle.js';
import { checkArn } from '../arn.js';
import type { Keys } from '../store/store.js';
import type { ContactRow, InstanceRow, ResourceKey } from '../store/tables.js';
import type { State } from './state.js';

/** Keys without any entry, to be extended. */
export const NO_KEYS: Keys = {
  instances: [],
  contactFlows: [],
  quickConnects: [],
  taskTemplates: [],
  queues: [],
  users: [],
  contacts: [],
  templatesOf: [],
  tokens: [],
};

/** Returns the keys that a request about one contact needs. */
export function keysOfContact(request: ContactRequest): Keys {
  return { ...NO_KEYS, instances: [bareId(request.instanceId)], contacts: [keyIn(request, request.contactId)] };
}

/** Returns the key of a resource in a request's instance. */
export function keyIn(request: { readonly instanceId: string }, id: string): ResourceKey {
  return { instanceId: bareId(request.instanceId), id: bareId(id) };
}

/** Whether a request names a contact that does not exist. What else it names can still be looked up. */
export function isUnknownContact(fault: ConnectFault): boolean {
  return fault.code === 'ResourceNotFoundException' && fault.resource === 'CONTACT';
}

/** Returns all faults of a list as one refusal, the first of them at its head; undefined if there are none. */
export function allOf(faults: readonly (ConnectFault | undefined)[]): ConnectFault | undefined {
  const [first, ...rest] = faults.filter((fault) => fault !== undefined);
  return first && together([first, ...rest]);
}

/** A contact and its instance. */
export interface Found {
  readonly instance: InstanceRow;
  readonly contact: ContactRow;
}

/**
 * Finds the contact that a request is about.
 *
 * @param more further members with ids, and the kinds of resource that they name: their ARNs are validated too
 */
export function findContact(
  state: State,
  request: ContactRequest,
  more: readonly (readonly [member: string, resource: Resource, id: string | undefined])[] = [],
): Found | ConnectFault {
  const instance = state.instance(bareId(request.instanceId));
  if (instance === undefined) return new ResourceNotFoundError('INSTANCE', request.instanceId, 'instanceId');
  const members = [
    ['instanceId', 'INSTANCE', request.instanceId] as const,
    ['contactId', 'CONTACT', request.contactId] as const,
    ...more,
  ];
  const foreign = members.flatMap(([member, resource, id]) =>
    id === undefined ? [] : checkArn(id, instance.arn, resource, [member]),
  );
  if (foreign.length > 0) return new InvalidParameterError(foreign);
  const contact = state.contact(keyIn(request, request.contactId));
  return contact === undefined
    ? new ResourceNotFoundError('CONTACT', request.contactId, 'contactId')
    : { instance, contact };
}
