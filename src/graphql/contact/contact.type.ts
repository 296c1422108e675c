import { DateTime } from '../date-time.js';
import { Arg, Ctx, Directive, Field, ID, ObjectType } from 'type-graphql';
import {
  type Attribute,
  type Channel,
  type Contact,
  type ContactAction,
  type ContactState,
  type ContactSummary,
  chainIdOf,
  type Reference,
  type Tag,
} from '../../connect/contact.js';
import { allowedActions } from '../../connect/contact-state.js';
import type { GatewayContext } from '../context.js';
import { ConnectChannel, ConnectContactAction, ConnectContactState } from '../enums.js';
import {
  ConnectAttribute,
  ConnectContactAgent,
  ConnectContactQueue,
  ConnectReference,
  ConnectTag,
} from './values.types.js';

/** What is known of a contact before it is read: from a chain's listing, or from the request that created it. */
export type KnownOfContact = Partial<Omit<Contact, 'instanceId' | 'id'>>;

/** What a listing leaves out is not there: it takes no read to know that. */
const NOT_LISTED = {
  endedAt: undefined,
  initialContactId: undefined,
  previousContactId: undefined,
  relatedContactId: undefined,
} as unknown as KnownOfContact;

type MaybePromise<Value> = Value | Promise<Value>;

/**
 * A contact. It begins as a reference, with what is known of it; the first selected field that is not known reads it, by
 * the request's loader. So a reference that selects its key alone costs no call.
 */
@ObjectType({
  description:
    'A contact: a task, or a call, chat or e-mail that a task is linked to. All but its ids is null where Connect does not tell it, or where reading it failed (then errors says why).',
})
@Directive('@key(fields: "instanceId id")')
export class ConnectContact {
  @Field(() => ID, { description: "The contact's id. Ids made by the embedded engine sort by time." })
  readonly id: string;

  @Field(() => ID, { description: 'The instance that the contact belongs to.' })
  readonly instanceId: string;

  /** The chain's id, where it is known without a read: then all members share one read of the chain. */
  readonly knownChainId: string | undefined;

  readonly #known: KnownOfContact;

  readonly #isCreated: boolean;

  /** @param isCreated whether what is known was stated by the request that created the contact */
  constructor(instanceId: string, id: string, known: KnownOfContact = {}, chainId?: string, isCreated = false) {
    this.instanceId = instanceId;
    this.id = id;
    this.knownChainId = chainId;
    this.#known = known;
    this.#isCreated = isCreated;
  }

  /** A contact that has been read, wholly or as a chain's listing tells it. */
  static of(contact: Contact | ContactSummary): ConnectContact {
    return new ConnectContact(contact.instanceId, contact.id, { ...NOT_LISTED, ...contact }, chainIdOf(contact));
  }

  @Field(() => String, { nullable: true, description: 'The Amazon Resource Name.' })
  arn(@Ctx() context: GatewayContext): MaybePromise<string | null> {
    return this.#tell(context, 'arn');
  }

  @Field(() => ConnectChannel, { nullable: true, description: 'How the contact reaches the contact centre.' })
  channel(@Ctx() context: GatewayContext): MaybePromise<Channel | null> {
    return this.#tell(context, 'channel');
  }

  @Field(() => String, { nullable: true, description: "The task's name, as the agent sees it." })
  name(@Ctx() context: GatewayContext): MaybePromise<string | null> {
    return this.#tell(context, 'name');
  }

  @Field(() => String, { nullable: true, description: "The task's description, as the agent sees it." })
  description(@Ctx() context: GatewayContext): MaybePromise<string | null> {
    return this.#tell(context, 'description');
  }

  @Field(() => ConnectContactState, {
    nullable: true,
    description: 'Where the contact stands at the moment of the request.',
  })
  state(@Ctx() context: GatewayContext): MaybePromise<ContactState | null> {
    return this.#tell(context, 'state');
  }

  @Field(() => [ConnectContactAction], {
    nullable: true,
    description: 'What may be done with the contact in its present state. Empty for other channels than tasks.',
  })
  async allowedActions(@Ctx() context: GatewayContext): Promise<readonly ContactAction[] | null> {
    const channel = await this.#tell(context, 'channel');
    const state = await this.#tell(context, 'state');
    return channel === null || state === null ? null : allowedActions(channel, state);
  }

  @Field(() => String, {
    nullable: true,
    description:
      'How the contact came about: API for a created task, TRANSFER for a transferred one, INBOUND and others for calls. A text, since Connect may add methods.',
  })
  initiationMethod(@Ctx() context: GatewayContext): MaybePromise<string | null> {
    return this.#tell(context, 'initiationMethod');
  }

  @Field(() => DateTime, { nullable: true, description: 'When the contact was created.' })
  initiatedAt(@Ctx() context: GatewayContext): MaybePromise<Date | null> {
    return this.#tell(context, 'initiatedAt');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the flow starts, or started, for a task that was scheduled.',
  })
  scheduledTime(@Ctx() context: GatewayContext): MaybePromise<Date | null> {
    return this.#tell(context, 'scheduledTime');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the task ends by itself. The clock runs from scheduledTime, else from initiatedAt.',
  })
  expiresAt(@Ctx() context: GatewayContext): MaybePromise<Date | null> {
    return this.#tell(context, 'expiresAt');
  }

  @Field(() => DateTime, { nullable: true, description: 'When the contact ended.' })
  endedAt(@Ctx() context: GatewayContext): MaybePromise<Date | null> {
    return this.#tell(context, 'endedAt');
  }

  @Field(() => DateTime, { nullable: true, description: 'When the contact last changed.' })
  updatedAt(@Ctx() context: GatewayContext): MaybePromise<Date | null> {
    return this.#tell(context, 'updatedAt');
  }

  @Field(() => String, {
    nullable: true,
    description:
      'Why the contact ended. For tasks: AGENT_COMPLETED, AGENT_DISCONNECT, EXPIRED, CONTACT_FLOW_DISCONNECT, API or OTHER.',
  })
  disconnectReason(@Ctx() context: GatewayContext): MaybePromise<string | null> {
    return this.#tell(context, 'disconnectReason');
  }

  @Field(() => ConnectContactQueue, {
    nullable: true,
    description: 'The queue that the contact waits in, or came from.',
  })
  queue(@Ctx() context: GatewayContext): MaybePromise<Contact['queue'] | null> {
    return this.#tell(context, 'queue');
  }

  @Field(() => ConnectContactAgent, {
    nullable: true,
    description: 'The agent that the contact is, or was, connected to.',
  })
  agent(@Ctx() context: GatewayContext): MaybePromise<Contact['agent'] | null> {
    return this.#tell(context, 'agent');
  }

  @Field(() => [ConnectTag], { nullable: true, description: 'Tags, for reports and permissions: at most 6.' })
  tags(@Ctx() context: GatewayContext): MaybePromise<readonly Tag[] | null> {
    return this.#tell(context, 'tags');
  }

  @Field(() => [ConnectReference], { nullable: true, description: 'What the agent sees with the contact.' })
  async references(@Ctx() context: GatewayContext): Promise<readonly Reference[] | null> {
    // Some adapters read them along with the contact, others by a call of their own.
    const told = await this.#tell(context, 'references');
    return told ?? context.loaders.references.load({ instanceId: this.instanceId, id: this.id });
  }

  @Field(() => [ConnectAttribute], {
    nullable: true,
    description: "The attributes that the contact's chain shares, by key. Keys that do not exist are left out.",
  })
  async attributes(
    @Ctx() context: GatewayContext,
    @Arg('keys', () => [String], { nullable: true, description: 'Only these keys. Omitted: all.' })
    keys?: readonly string[] | null,
  ): Promise<readonly Attribute[] | null> {
    const { instanceId, id, knownChainId } = this;
    const attributes = await context.loaders.attributes.load({ instanceId, id: knownChainId ?? id });
    return keys == null ? attributes : (attributes?.filter(({ key }) => keys.includes(key)) ?? null);
  }

  @Field(() => ConnectContact, {
    nullable: true,
    description: 'The contact whose chain this one joined.',
  })
  previousContact(@Ctx() context: GatewayContext): MaybePromise<ConnectContact | null> {
    return this.#refer(this.#tell(context, 'previousContactId'), this.knownChainId);
  }

  @Field(() => ConnectContact, {
    nullable: true,
    description: 'The contact whose attributes this one copied when it was created.',
  })
  relatedContact(@Ctx() context: GatewayContext): MaybePromise<ConnectContact | null> {
    return this.#refer(this.#tell(context, 'relatedContactId'));
  }

  /** Whether the request that created the contact states a field, so that telling it is no read. */
  isStated(field: string): boolean {
    return this.#isCreated && (field in this.#known || `${field}Id` in this.#known);
  }

  #tell<Name extends keyof KnownOfContact>(
    context: GatewayContext,
    name: Name,
  ): MaybePromise<NonNullable<Contact[Name]> | null> {
    const known = this.#known;
    if (name in known || 'state' in known) return (known[name] ?? null) as NonNullable<Contact[Name]> | null;
    return context.loaders.contacts
      .load({ instanceId: this.instanceId, id: this.id })
      .then((contact) => (contact?.[name] ?? null) as NonNullable<Contact[Name]> | null);
  }

  #refer(id: MaybePromise<string | null>, chainId?: string): MaybePromise<ConnectContact | null> {
    if (id instanceof Promise) return id.then((known) => this.#refer(known, chainId));
    return id === null ? null : new ConnectContact(this.instanceId, id, {}, chainId);
  }
}
