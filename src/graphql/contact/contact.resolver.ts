import { type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from 'graphql';
import { Args, Ctx, Directive, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { chainIdOf } from '../../connect/contact.js';
import type { GatewayContext } from '../context.js';
import { badUserInput } from '../errors/format-error.js';
import type { MaybePromise } from '../lazy.js';
import { selectedFields } from '../selection.js';
import { ContactArgs, ContactChainArgs, ContactsArgs } from './contact.args.js';
import { ConnectContact } from './contact.type.js';
import { ConnectContactChain, LISTED_OF_CHAIN } from './contact-chain.type.js';

/** Contacts that one query may ask for: what one page holds. */
const MAX_IDS = 100;

/** Reading contacts and chains back. */
@Resolver(() => ConnectContact)
export class ContactResolver {
  @Query(() => ConnectContact, { nullable: true, description: 'A contact by its id. Null: there is none.' })
  async connectContact(
    @Args(() => ContactArgs) { id, instanceId }: ContactArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ConnectContact | null> {
    const instance = context.instances.resolve(instanceId);
    return instance === undefined ? null : readContact(context, instance, id, needsListing(info));
  }

  @Query(() => [ConnectContact], {
    nullable: 'items',
    description: 'Contacts by their ids, at most 100, in the order asked. Unknown ones are null.',
  })
  @Directive('@cost(weight: 5)')
  connectContacts(
    @Args(() => ContactsArgs) { ids, instanceId }: ContactsArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): readonly MaybePromise<ConnectContact | null>[] {
    if (ids.length > MAX_IDS) throw badUserInput(`ids: expected at most ${MAX_IDS} ids, but got ${ids.length}.`);
    const instance = context.instances.resolve(instanceId);
    const listed = needsListing(info);
    // Each by itself: what befalls one read does not take the others away.
    return ids.map((id) => (instance === undefined ? null : readContact(context, instance, id, listed)));
  }

  @Query(() => ConnectContactChain, {
    nullable: true,
    description:
      'The chain that a contact belongs to, by the id of any of its contacts. Null: there is no such contact.',
  })
  async connectContactChain(
    @Args(() => ContactChainArgs) { contactId, instanceId }: ContactChainArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectContactChain | null> {
    const instance = context.instances.resolve(instanceId);
    return instance === undefined ? null : readChain(context, instance, contactId);
  }

  @FieldResolver(() => ConnectContactChain, {
    nullable: true,
    description:
      'The chain that the contact belongs to. An unlinked contact is a chain of one. Source: DescribeContact, InitialContactId.',
  })
  async chain(@Root() contact: ConnectContact, @Ctx() context: GatewayContext): Promise<ConnectContactChain | null> {
    const { instanceId, id, knownChainId } = contact;
    return knownChainId === undefined
      ? readChain(context, instanceId, id)
      : new ConnectContactChain(instanceId, knownChainId);
  }
}

/** Whether a field of the contacts' chains is selected that a chain's listing tells. */
function needsListing(info: GraphQLResolveInfo): boolean {
  const selected = selectedFields(info, getNamedType(info.returnType) as GraphQLObjectType, 'chain');
  return LISTED_OF_CHAIN.some((field) => selected.has(field));
}

/**
 * Reads a contact.
 *
 * @param listed whether its chain's listing is needed as well: it goes out at the same time, by the contact's id, since the
 *   chain's shows only when the contact is read. So a chain takes two waves of calls, and not three.
 */
async function readContact(
  { loaders }: GatewayContext,
  instanceId: string,
  id: string,
  listed: boolean,
): Promise<ConnectContact | null> {
  const reading = loaders.contacts.load({ instanceId, id });
  const listing = listed ? loaders.chains.load({ instanceId, id }) : undefined;
  // What befalls it is told by the fields that need it.
  listing?.catch(() => {});
  const contact = await reading;
  if (contact === null) return null;
  if (listing) loaders.chains.prime({ instanceId, id: chainIdOf(contact) }, listing);
  return ConnectContact.of(contact);
}

async function readChain(
  context: GatewayContext,
  instanceId: string,
  contactId: string,
): Promise<ConnectContactChain | null> {
  const chain = await context.loaders.chains.load({ instanceId, id: contactId });
  if (chain === null) return null;
  // The listing holds for every member: whoever asks by the chain's own id next finds it read.
  context.loaders.chains.prime({ instanceId, id: chain.id }, chain);
  return new ConnectContactChain(instanceId, chain.id);
}
