import { type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from 'graphql';
import { Args, Ctx, Directive, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { chainIdOf } from '../../connect/contact.js';
import type { GatewayContext } from '../context.js';
import { badUserInput } from '../errors/response-codes.js';
import { type LoaderKey, type MaybePromise, type Outcome, whenThere } from '../loading/loader.js';
import { selectedFields } from '../loading/selection.js';
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
    if (instance === undefined) return null;
    const [contact = null] = await readContacts(context, instance, [id], needsListing(info));
    if (contact instanceof Error) throw contact;
    return contact;
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
  ): MaybePromise<readonly Outcome<ConnectContact>[]> {
    if (ids.length > MAX_IDS) throw badUserInput(`ids: expected at most ${MAX_IDS} ids, but got ${ids.length}.`);
    const instance = context.instances.resolve(instanceId);
    if (instance === undefined) return ids.map(() => null);
    // Each by itself: what befalls one read does not take the others away.
    return readContacts(context, instance, ids, needsListing(info));
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
  chain(@Root() contact: ConnectContact, @Ctx() context: GatewayContext): MaybePromise<ConnectContactChain | null> {
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
 * Reads contacts.
 *
 * @param listed whether their chains' listings are needed as well: they go out at the same time, by the contacts' ids, since
 *   the chains' show only when the contacts are read. So a chain takes two waves of calls, and not three.
 */
function readContacts(
  { loaders, connect }: GatewayContext,
  instanceId: string,
  ids: readonly string[],
  listed: boolean,
): MaybePromise<readonly Outcome<ConnectContact>[]> {
  const keys = ids.map((id) => ({ instanceId, id }));
  // What befalls it is told by the fields that need it.
  const listing = listed ? loaders.chains.loadAll(keys) : [];
  // Whole contacts come with their listing: reading them beside it, too, would be for nothing.
  const reading = whenThere(connect.listsWholeContacts ? listing : [], () => loaders.contacts.loadAll(keys));
  return whenThere(reading, (contacts) =>
    contacts.map((contact, index) => {
      if (contact === null || contact instanceof Error) return contact;
      if (listed) loaders.chains.alias({ instanceId, id: chainIdOf(contact) }, keys[index] as LoaderKey);
      return ConnectContact.of(contact);
    }),
  );
}

function readChain(
  { loaders }: GatewayContext,
  instanceId: string,
  id: string,
): MaybePromise<ConnectContactChain | null> {
  return whenThere(loaders.chains.load({ instanceId, id }), (chain) => {
    if (chain === null) return null;
    // The listing holds for every member: whoever asks by the chain's own id next finds it read.
    loaders.chains.prime({ instanceId, id: chain.id }, chain);
    return new ConnectContactChain(instanceId, chain.id);
  });
}
