import { bareId } from '../../connect/arn.js';
import type { Attribute } from '../../connect/contact.js';
import {
  type ConnectFault,
  type InvalidParameterError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
} from '../../connect/errors.js';
import { ATTRIBUTE_BYTES } from '../../connect/limits.js';
import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import type { RuleFacts } from '../../connect/violation.js';
import { attributeBytes, attributesBytes } from '../../validation/rules/attributes.js';
import type { ChainRow, ContactRow, ResourceKey } from '../store/tables.js';
import { mergeAttributes, writeAttributes } from './attributes.js';
import { invalidParameter, invalidRequest } from './operation.js';
import type { Quotas, State } from './state.js';

/** Requires a contact whose chain can be joined. */
export const previousContactChannel: RuleFacts = {
  id: 'api/previous-contact-channel',
  limit: 'a chat, voice or task contact',
  source: 'StartTaskContact, PreviousContactId: the identifier of the previous chat, voice, or task contact',
};

const JOINABLE_CHANNELS: readonly string[] = ['CHAT', 'VOICE', 'TASK'];

/** The links of a new task to other contacts. */
export interface Link {
  readonly previous?: ContactRow;
  readonly related?: ContactRow;
  /** The chain that the task joins, or whose attributes it copies. */
  readonly base?: ChainRow;
  /** Number of linked tasks in the new task's chain, itself included. */
  readonly linkedTasks: number;
}

/**
 * Finds the contacts that a request links to. The new task joins the chain of the previous contact, or starts its own.
 */
export function resolveLink(state: State, instanceId: string, request: StartTaskContactRequest): Link | ConnectFault {
  const previous = linked(state, instanceId, request.previousContactId, 'previousContactId');
  if (previous instanceof Error) return previous;
  const related = linked(state, instanceId, request.relatedContactId, 'relatedContactId');
  if (related instanceof Error) return related;
  if (previous !== undefined && !JOINABLE_CHANNELS.includes(previous.channel)) {
    return invalidRequest(previousContactChannel, ['previousContactId'], `a contact of channel ${previous.channel}`);
  }
  const base = chainOf(state, previous ?? related);
  const linkedTasks = previous === undefined ? 0 : (base?.linkedTasks ?? 0) + 1;
  return { ...(previous && { previous }), ...(related && { related }), ...(base && { base }), linkedTasks };
}

/** Returns the refusal of a chain that has no place left; undefined if there is one, or the task joins none. */
export function fullChain(
  state: State,
  { chainTasks }: Quotas,
  { previous, base }: Link,
): ServiceQuotaExceededError | undefined {
  const isFull = previous !== undefined && base !== undefined && state.placesTaken(base) >= chainTasks;
  return isFull ? new ServiceQuotaExceededError('CHAIN', chainTasks) : undefined;
}

/**
 * Returns the chain with the new task in it. The request's attributes overwrite equal keys of the linked ones. The
 * limit applies to the whole set.
 *
 * @param key the new task's key
 */
export function chainWith(
  link: Link,
  key: ResourceKey,
  attributes: readonly Attribute[] = [],
): ChainRow | InvalidParameterError {
  const all = mergeAttributes(link.base?.attributes, attributes);
  const bytes = attributeBytes(all);
  if (bytes > ATTRIBUTE_BYTES) {
    const others = link.previous ? 'those of the chain' : 'those of the related contact';
    return invalidParameter(attributesBytes, ['attributes'], `${bytes} bytes, together with ${others}`);
  }
  return {
    instanceId: key.instanceId,
    id: link.previous?.chainId ?? key.id,
    attributes: writeAttributes(all),
    attributeBytes: bytes,
    linkedTasks: link.linkedTasks,
  };
}

function linked(
  state: State,
  instanceId: string,
  contactId: string | undefined,
  member: string,
): ContactRow | undefined | ResourceNotFoundError {
  if (contactId === undefined) return undefined;
  return (
    state.contact({ instanceId, id: bareId(contactId) }) ?? new ResourceNotFoundError('CONTACT', contactId, member)
  );
}

function chainOf(state: State, contact: ContactRow | undefined): ChainRow | undefined {
  return contact && state.chain({ instanceId: contact.instanceId, id: contact.chainId });
}
