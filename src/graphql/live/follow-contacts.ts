import { GraphQLError } from 'graphql';
import { chainIdOf } from '../../connect/contact.js';
import { ResourceNotFoundError } from '../../connect/errors.js';
import { DAY_MS, PAGE_SIZES } from '../../connect/limits.js';
import type { ChangeFilter } from '../../feed/change-filter.js';
import { BadCursorError, type FeedChange, type Resync } from '../../feed/contact-feed.js';
import type { GatewayContext } from '../context.js';
import { badUserInput, type ResponseErrorCode } from '../errors/response-codes.js';
import { servedInstance } from '../instances.js';
import type { StreamedChange } from './contact-change.type.js';
import type { ConnectContactChangesInput, ContactChangesArgs } from './live.inputs.js';

/** Maximum ids of one subscription. */
const MAX_IDS = 100;

/** Range in which a resync looks for open contacts, in days: the longest range of a search (contact-search, 8 weeks). */
const RESYNC_DAYS = 56;

/**
 * Follows the changes of contacts.
 *
 * @throws ResourceNotFoundError, GraphQLError with the codes BAD_USER_INPUT and BAD_CURSOR
 */
export async function followContacts(
  context: GatewayContext,
  { of, after, instanceId: name }: ContactChangesArgs,
): Promise<AsyncIterable<StreamedChange>> {
  const instanceId = servedInstance(context, name);
  const filter = await filterOf(context, instanceId, of);
  const { feed, call } = context;
  try {
    const changes = await feed.changes({
      instanceId,
      filter,
      after: after ?? undefined,
      signal: call.signal ?? new AbortController().signal,
    });
    return streamed(context, instanceId, filter, changes);
  } catch (error) {
    if (!(error instanceof BadCursorError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: 'BAD_CURSOR' satisfies ResponseErrorCode } });
  }
}

async function filterOf(
  context: GatewayContext,
  instanceId: string,
  { contactIds, chainOf, queueId, userId, all }: ConnectContactChangesInput,
): Promise<ChangeFilter> {
  if (contactIds != null) {
    if (contactIds.length === 0 || contactIds.length > MAX_IDS) {
      throw badUserInput(`of.contactIds: expected 1 to ${MAX_IDS} ids, but got ${contactIds.length}.`);
    }
    return { by: 'contacts', contactIds: new Set(contactIds) };
  }
  if (chainOf != null) {
    const contact = await context.loaders.contacts.load({ instanceId, id: chainOf });
    if (contact === null) throw new ResourceNotFoundError('CONTACT', chainOf, 'of.chainOf');
    return { by: 'chain', chainId: chainIdOf(contact) };
  }
  if (queueId != null) return { by: 'queue', queueId };
  if (userId != null) return { by: 'user', userId };
  if (all !== true)
    throw badUserInput('of.all: expected true. To receive less, name contacts, a chain, a queue or a user.');
  return { by: 'all' };
}

async function* streamed(
  context: GatewayContext,
  instanceId: string,
  filter: ChangeFilter,
  changes: AsyncIterable<FeedChange | Resync>,
): AsyncGenerator<StreamedChange> {
  for await (const change of changes) {
    const { kind, contactId, occurredAt, cursor } = change;
    if (kind !== 'RESYNC') {
      yield { instanceId, kind, contactId, occurredAt, cursor };
      continue;
    }
    for (const id of await contactsToResync(context, instanceId, filter, contactId)) {
      yield { instanceId, kind, contactId: id, occurredAt, cursor };
    }
  }
}

/** The contacts that a resync names: those of the filter; of a queue, a user or an instance its open ones, at most 100. */
async function contactsToResync(
  { connect, call }: GatewayContext,
  instanceId: string,
  filter: ChangeFilter,
  newest: string | undefined,
): Promise<readonly string[]> {
  if (filter.by === 'contacts') return [...filter.contactIds];
  if (filter.by === 'chain') return [filter.chainId];
  const to = new Date(Date.now() + DAY_MS);
  const { contacts } = await connect.searchContacts(
    {
      instanceId,
      timeRange: { type: 'INITIATION_TIMESTAMP', from: new Date(to.getTime() - RESYNC_DAYS * DAY_MS), to },
      criteria: {
        ...(filter.by === 'queue' && { queueIds: [filter.queueId] }),
        ...(filter.by === 'user' && { agentIds: [filter.userId] }),
      },
      counted: false,
      maxResults: PAGE_SIZES.searchContacts.max,
    },
    call,
  );
  const open = contacts.filter(({ endedAt }) => endedAt === undefined).map(({ id }) => id);
  // A resync without a contact would be silence.
  return open.length > 0 || newest === undefined ? open : [newest];
}
