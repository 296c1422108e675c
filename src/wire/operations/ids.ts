import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import type { Answers } from '../../connect/connect.js';
import { InvalidParameterError, type Resource, ResourceNotFoundError } from '../../connect/errors.js';
import type { ContactRequest } from '../../connect/lifecycle.js';

/** Ids in a request's path. */
export const IDS_IN_PATH = {
  InstanceId: { type: 'string', in: 'path', required: true },
  ContactId: { type: 'string', in: 'path', required: true },
} as const;

/** Ids in a request's body. */
export const IDS_IN_BODY = {
  InstanceId: { type: 'string', required: true },
  ContactId: { type: 'string', required: true },
} as const;

/** Converts the ids of a contact to the port's request. */
export function aboutContact(input: { readonly InstanceId: string; readonly ContactId: string }): ContactRequest {
  return { instanceId: input.InstanceId, contactId: input.ContactId };
}

/**
 * Reads one contact by a batch read. The port's reads do not validate ids and return null for unknown ones; the API reports
 * both.
 *
 * @throws InvalidParameterError, ResourceNotFoundError, and the error the read failed with
 */
export async function readOne<Thing>(
  request: ContactRequest,
  read: (instanceId: string, contactIds: readonly string[]) => Promise<Answers<Thing>>,
): Promise<Thing> {
  const violations = checkContactRequest(request);
  if (violations.length > 0) throw new InvalidParameterError(violations);
  const [answer] = await read(request.instanceId, [request.contactId]);
  if (answer === null || answer === undefined) {
    throw new ResourceNotFoundError('CONTACT', request.contactId, 'contactId');
  }
  if (answer instanceof Error) throw answer;
  return answer;
}

/**
 * Reads one resource of an instance.
 *
 * @throws ResourceNotFoundError, and the error the read failed with
 */
export async function readResource<Thing>(
  resource: Resource,
  member: string,
  id: string,
  read: (ids: readonly string[]) => Promise<Answers<Thing>>,
): Promise<Thing> {
  const [answer] = await read([id]);
  if (answer === null || answer === undefined) throw new ResourceNotFoundError(resource, id, member);
  if (answer instanceof Error) throw answer;
  return answer;
}
