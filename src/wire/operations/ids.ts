import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import type { Answers } from '../../connect/connect.js';
import { InvalidParameterError, type Resource, ResourceNotFoundError } from '../../connect/errors.js';
import type { ContactRequest } from '../../connect/lifecycle.js';

/** The ids of a request, in its path. */
export const IDS_IN_PATH = {
  InstanceId: { type: 'string', in: 'path', required: true },
  ContactId: { type: 'string', in: 'path', required: true },
} as const;

/** The ids of a request, in its body. */
export const IDS_IN_BODY = {
  InstanceId: { type: 'string', required: true },
  ContactId: { type: 'string', required: true },
} as const;

/** Which contact a request is about, in the port's words. */
export function aboutContact(input: { readonly InstanceId: string; readonly ContactId: string }): ContactRequest {
  return { instanceId: input.InstanceId, contactId: input.ContactId };
}

/**
 * Reads something of one contact by a batch read. The port's reads judge no ids, since they answer null for whatever
 * names nothing; the API does.
 *
 * @throws InvalidParameterError, ResourceNotFoundError, and what befell the read
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
 * Reads one thing that an instance is set up with.
 *
 * @throws ResourceNotFoundError, and what befell the read
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
