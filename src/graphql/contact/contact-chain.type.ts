import { Ctx, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { type Attribute, type ContactChain, type ContactSummary, isLinkedTask } from '../../connect/contact.js';
import { ATTRIBUTE_BYTES } from '../../connect/limits.js';
import { attributeBytes } from '../../validation/rules/attributes.js';
import type { GatewayContext } from '../context.js';
import { type MaybePromise, whenThere } from '../loading/loader.js';
import { ConnectContact } from './contact.type.js';
import { ConnectAttribute } from '../values/values.types.js';

/** The fields of a chain that its listing tells. */
export const LISTED_OF_CHAIN: readonly string[] = ['contacts', 'latestContact', 'linkedTaskCount', 'remaining'];

/** A chain: begins as a reference, and reads its listing and its attributes when a field needs them. */
@ObjectType({
  description:
    'Contacts that are linked, step by step, by previousContactId. They share one set of attributes. An unlinked contact is a chain of one.',
})
@Directive('@key(fields: "instanceId id")')
export class ConnectContactChain {
  @Field(() => ID, {
    description: "The initial contact's id. Source: DescribeContact or ListAssociatedContacts, InitialContactId.",
  })
  readonly id: string;

  @Field(() => ID, {
    description: 'The instance that the chain belongs to. Source: the request, an alias as the id that it stands for.',
  })
  readonly instanceId: string;

  constructor(instanceId: string, id: string) {
    this.instanceId = instanceId;
    this.id = id;
  }

  @Field(() => ConnectContact, {
    nullable: true,
    description: 'The contact that the chain began with. Source: ListAssociatedContacts, InitialContactId.',
  })
  initialContact(): ConnectContact {
    return new ConnectContact(this.instanceId, this.id, {}, this.id);
  }

  @Field(() => ConnectContact, {
    nullable: true,
    description: 'The contact that was initiated last. Source: ListAssociatedContacts, InitiationTimestamp.',
  })
  async latestContact(@Ctx() context: GatewayContext): Promise<ConnectContact | null> {
    const latest = (await this.#listing(context))?.members.at(-1);
    return latest === undefined ? null : toldOnce(context, latest);
  }

  @Field(() => [ConnectContact], {
    nullable: 'itemsAndList',
    description: 'All contacts of the chain, by time of initiation, then id. Source: ListAssociatedContacts.',
  })
  contacts(@Ctx() context: GatewayContext): MaybePromise<readonly ConnectContact[] | null> {
    return whenThere(
      this.#listing(context),
      (listing) => listing && context.answerSize.list(listing.members).map((member) => toldOnce(context, member)),
    );
  }

  @Field(() => Int, {
    nullable: true,
    description:
      'Tasks that were created with a previousContactId. The initial contact and transfers do not count. Source: counted over ListAssociatedContacts.',
  })
  linkedTaskCount(@Ctx() context: GatewayContext): MaybePromise<number | null> {
    return whenThere(this.#listing(context), (listing) => listing?.members.filter(isLinkedTask).length ?? null);
  }

  @Field(() => Int, { description: 'How many such tasks a chain may hold: 12. Source: StartTaskContact.' })
  linkedTaskLimit(@Ctx() context: GatewayContext): number {
    return context.chainTasks;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'How many more tasks the chain can take. Source: linkedTaskLimit less linkedTaskCount.',
  })
  async remaining(@Ctx() context: GatewayContext): Promise<number | null> {
    const count = await this.linkedTaskCount(context);
    return count === null ? null : Math.max(0, context.chainTasks - count);
  }

  @Field(() => [ConnectAttribute], {
    nullable: true,
    description: 'The attributes that all contacts of the chain share, by key. Source: GetContactAttributes.',
  })
  sharedAttributes(@Ctx() context: GatewayContext): MaybePromise<readonly Attribute[] | null> {
    return context.loaders.attributes.load(this);
  }

  @Field(() => Int, {
    nullable: true,
    description:
      'UTF-8 bytes of all keys and values of the shared attributes. Source: counted over GetContactAttributes.',
  })
  async attributeBytes(@Ctx() context: GatewayContext): Promise<number | null> {
    const attributes = await this.sharedAttributes(context);
    return attributes && attributeBytes(attributes);
  }

  @Field(() => Int, {
    description: 'How many bytes the shared attributes may take: 32,768. Source: StartTaskContact, Attributes.',
  })
  attributeBytesLimit(): number {
    return ATTRIBUTE_BYTES;
  }

  #listing(context: GatewayContext): MaybePromise<ContactChain | null> {
    return context.loaders.chains.load(this);
  }
}

/** What is made of a member is made once a request: all members tell of the chain, each for itself. */
function toldOnce({ members }: GatewayContext, member: ContactSummary): ConnectContact {
  const told = members.get(member) as ConnectContact | undefined;
  if (told !== undefined) return told;
  const made = ConnectContact.of(member);
  members.set(member, made);
  return made;
}
