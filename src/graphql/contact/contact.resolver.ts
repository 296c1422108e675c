import { type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from 'graphql';
import { Args, Ctx, Directive, Info, Query, Resolver } from 'type-graphql';
import { chainIdOf } from '../../connect/contact.js';
import type { GatewayContext } from '../context.js';
import { badUserInput } from '../errors/response-codes.js';
import { servedInstance, unknownInstance } from '../instances.js';
import type { Outcome } from '../loading/loader.js';
import { operationsFor, Reads } from '../loading/reads.js';
import { selectedFields } from '../loading/selection.js';
import { ContactArgs, ContactChainArgs, ContactsArgs } from './contact.args.js';
import { ConnectContact, ConnectContactChain } from './contact.type.js';

/** Maximum ids of one query: the maximum of a page. */
const MAX_IDS = 100;

/** Resolves contacts and chains. */
@Resolver()
export class ContactResolver {
  @Query(() => ConnectContact, { nullable: true, description: 'A contact by its id. Null if it does not exist.' })
  @Reads('DescribeContact')
  async connectContact(
    @Args(() => ContactArgs) { id, instanceId }: ContactArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ConnectContact | null> {
    const instance = servedInstance(context, instanceId);
    const [contact = null] = await readContacts(context, instance, [id], needsListing(info));
    if (contact instanceof Error) throw contact;
    return contact;
  }

  @Query(() => [ConnectContact], {
    nullable: 'items',
    description: 'Contacts by their ids, 1 to 100, in the order of the ids. Unknown ones are null.',
  })
  @Directive('@cost(weight: 5)')
  @Reads('DescribeContact')
  async connectContacts(
    @Args(() => ContactsArgs) { ids, instanceId }: ContactsArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Outcome<ConnectContact>[]> {
    if (ids.length > MAX_IDS) throw badUserInput(`ids: expected at most ${MAX_IDS} ids, but got ${ids.length}.`);
    const instance = context.instances.resolve(instanceId);
    // An error at each id, because one of the list as a whole would make all data of the query null.
    if (instance === undefined) return ids.map(() => unknownInstance(instanceId));
    // Each read fails by itself, so that the others are still returned.
    return readContacts(context, instance, ids, needsListing(info));
  }

  @Query(() => ConnectContactChain, {
    nullable: true,
    description:
      'The chain that a contact belongs to, by the id of any of its contacts. Null if the contact does not exist.',
  })
  @Reads('ListAssociatedContacts')
  async connectContactChain(
    @Args(() => ContactChainArgs) { contactId, instanceId }: ContactChainArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectContactChain | null> {
    return ConnectContactChain.ofMember(context, { instanceId: servedInstance(context, instanceId), id: contactId });
  }
}

/** Whether a selected field of the contacts' chains needs a listing. */
function needsListing(info: GraphQLResolveInfo): boolean {
  const selected = selectedFields(info, getNamedType(info.returnType) as GraphQLObjectType, 'chain');
  return operationsFor(ConnectContactChain, selected).has('ListAssociatedContacts');
}

/**
 * Reads contacts.
 *
 * @param listed whether their chains' listings are needed too: they are requested at the same time by the contacts' ids, because
 *   the chains' ids are known only after the read. So a chain takes two waves of calls instead of three.
 */
async function readContacts(
  context: GatewayContext,
  instanceId: string,
  ids: readonly string[],
  listed: boolean,
): Promise<readonly Outcome<ConnectContact>[]> {
  const { loaders, connect } = context;
  const keys = ids.map((id) => ({ instanceId, id }));
  // The fields that need it report its errors.
  const listing = listed ? loaders.chains.loadAll(keys) : [];
  // The listing returns whole contacts, so no further read is needed.
  if (connect.listsWholeContacts) await listing;
  return loaders.contacts.loadAll(keys, (contact, key) => {
    if (listed) loaders.chains.alias({ instanceId, id: chainIdOf(contact) }, key);
    return ConnectContact.of(context, contact);
  });
}
