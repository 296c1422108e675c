import { Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { GatewayContext } from '../context.js';
import { badUserInput } from '../errors/format-error.js';
import type { MaybePromise } from '../lazy.js';
import { ContactArgs, ContactChainArgs, ContactsArgs } from './contact.args.js';
import { ConnectContact } from './contact.type.js';
import { ConnectContactChain } from './contact-chain.type.js';

/** Contacts that one query may ask for: what one page holds. */
const MAX_IDS = 100;

/** Reading contacts and chains back. */
@Resolver(() => ConnectContact)
export class ContactResolver {
  @Query(() => ConnectContact, { nullable: true, description: 'A contact by its id. Null: there is none.' })
  async connectContact(
    @Args(() => ContactArgs) { id, instanceId }: ContactArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectContact | null> {
    const instance = context.instances.resolve(instanceId);
    return instance === undefined ? null : readContact(context, instance, id);
  }

  @Query(() => [ConnectContact], {
    nullable: 'items',
    description: 'Contacts by their ids, at most 100, in the order asked. Unknown ones are null.',
  })
  @Directive('@cost(weight: 5)')
  connectContacts(
    @Args(() => ContactsArgs) { ids, instanceId }: ContactsArgs,
    @Ctx() context: GatewayContext,
  ): readonly MaybePromise<ConnectContact | null>[] {
    if (ids.length > MAX_IDS) throw badUserInput(`ids: expected at most ${MAX_IDS} ids, but got ${ids.length}.`);
    const instance = context.instances.resolve(instanceId);
    // Each by itself: what befalls one read does not take the others away.
    return ids.map((id) => (instance === undefined ? null : readContact(context, instance, id)));
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

async function readContact(context: GatewayContext, instanceId: string, id: string): Promise<ConnectContact | null> {
  const contact = await context.loaders.contacts.load({ instanceId, id });
  return contact === null ? null : ConnectContact.of(contact);
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
