import { DateTime } from '../values/date-time.js';
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
import type { FoundContact } from '../../connect/contact-search.js';
import { allowedActions } from '../../connect/contact-state.js';
import { ConnectTaskTemplate } from '../catalog/task-template.type.js';
import type { GatewayContext } from '../context.js';
import { ConnectChannel, ConnectContactAction, ConnectContactState } from '../values/enums.js';
import { type Known, Lazy } from '../loading/lazy.js';
import { type MaybePromise, whenThere } from '../loading/loader.js';
import {
  ConnectAttribute,
  ConnectContactAgent,
  ConnectContactQueue,
  ConnectReference,
  ConnectTag,
} from '../values/values.types.js';

/** What a listing leaves out is not there: it takes no read to know that. */
const NOT_LISTED: Known<Contact> = {
  endedAt: undefined,
  initialContactId: undefined,
  previousContactId: undefined,
  relatedContactId: undefined,
};

/** What a search leaves out is not there either; it says nothing of related contacts. */
const NOT_FOUND: Known<Contact> = {
  endedAt: undefined,
  initialContactId: undefined,
  previousContactId: undefined,
  name: undefined,
  scheduledTime: undefined,
  expiresAt: undefined,
  queue: undefined,
  agent: undefined,
};

/** A contact: a reference, of which what a listing, or the request that created it, tells is known. */
@ObjectType({
  description:
    'A contact: a task, or a call, chat or e-mail that a task is linked to. All but its ids is null where Connect does not tell it, or where reading it failed (then errors says why).',
})
@Directive('@key(fields: "instanceId id")')
export class ConnectContact {
  @Field(() => ID, {
    description: "The contact's id. Ids made by the embedded engine sort by time. Source: DescribeContact, Id.",
  })
  readonly id: string;

  @Field(() => ID, {
    description:
      'The instance that the contact belongs to. Source: the request, an alias as the id that it stands for.',
  })
  readonly instanceId: string;

  /** The chain's id, where it is known without a read: then all members share one read of the chain. */
  readonly knownChainId: string | undefined;

  readonly #contact: Lazy<Contact>;

  readonly #known: Known<Contact>;

  readonly #isCreated: boolean;

  /** @param isCreated whether what is known was stated by the request that created the contact */
  constructor(instanceId: string, id: string, known: Known<Contact> = {}, chainId?: string, isCreated = false) {
    this.instanceId = instanceId;
    this.id = id;
    this.knownChainId = chainId;
    this.#known = known;
    this.#isCreated = isCreated;
    // Only a contact that was read wholly has a state.
    this.#contact = new Lazy({ instanceId, id }, known, ({ contacts }) => contacts, 'state' in known);
  }

  /** A contact that has been read, wholly or as a chain's listing tells it. */
  static of(contact: Contact | ContactSummary): ConnectContact {
    const known = 'state' in contact ? contact : { ...NOT_LISTED, ...contact };
    return new ConnectContact(contact.instanceId, contact.id, known, chainIdOf(contact));
  }

  /** A contact as a search tells it. */
  static found(contact: Contact | FoundContact): ConnectContact {
    return new ConnectContact(contact.instanceId, contact.id, { ...NOT_FOUND, ...contact }, chainIdOf(contact));
  }

  @Field(() => String, { nullable: true, description: 'The Amazon Resource Name. Source: DescribeContact, Arn.' })
  arn(@Ctx() context: GatewayContext): MaybePromise<string | null> {
    return this.#contact.tell(context, 'arn');
  }

  @Field(() => ConnectChannel, {
    nullable: true,
    description: 'How the contact reaches the contact centre. Source: DescribeContact, Channel.',
  })
  channel(@Ctx() context: GatewayContext): MaybePromise<Channel | null> {
    return this.#contact.tell(context, 'channel');
  }

  @Field(() => String, {
    nullable: true,
    description: "The task's name, as the agent sees it. Source: DescribeContact, Name.",
  })
  name(@Ctx() context: GatewayContext): MaybePromise<string | null> {
    return this.#contact.tell(context, 'name');
  }

  @Field(() => String, {
    nullable: true,
    description: "The task's description, as the agent sees it. Source: DescribeContact, Description.",
  })
  description(@Ctx() context: GatewayContext): MaybePromise<string | null> {
    return this.#contact.tell(context, 'description');
  }

  @Field(() => ConnectContactState, {
    nullable: true,
    description:
      'Where the contact stands at the moment of the request. Source: derived from the timestamps of DescribeContact, which tells no state.',
  })
  state(@Ctx() context: GatewayContext): MaybePromise<ContactState | null> {
    return this.#contact.tell(context, 'state');
  }

  @Field(() => [ConnectContactAction], {
    nullable: true,
    description:
      'What may be done with the contact in its present state. Empty for other channels than tasks. Source: derived from channel and state.',
  })
  async allowedActions(@Ctx() context: GatewayContext): Promise<readonly ContactAction[] | null> {
    const channel = await this.#contact.tell(context, 'channel');
    const state = await this.#contact.tell(context, 'state');
    return channel === null || state === null ? null : allowedActions(channel, state);
  }

  @Field(() => String, {
    nullable: true,
    description:
      'How the contact came about: API for a created task, TRANSFER for a transferred one, INBOUND and others for calls. A text, since Connect may add methods. Source: DescribeContact, InitiationMethod.',
  })
  initiationMethod(@Ctx() context: GatewayContext): MaybePromise<string | null> {
    return this.#contact.tell(context, 'initiationMethod');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the contact was created. Source: DescribeContact, InitiationTimestamp.',
  })
  initiatedAt(@Ctx() context: GatewayContext): MaybePromise<Date | null> {
    return this.#contact.tell(context, 'initiatedAt');
  }

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the flow starts, or started, for a task that was scheduled. Source: DescribeContact, ScheduledTimestamp.',
  })
  scheduledTime(@Ctx() context: GatewayContext): MaybePromise<Date | null> {
    return this.#contact.tell(context, 'scheduledTime');
  }

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the task ends by itself. The clock runs from scheduledTime, else from initiatedAt. Source: DescribeContact, SegmentAttributes, connect:ContactExpiry.',
  })
  expiresAt(@Ctx() context: GatewayContext): MaybePromise<Date | null> {
    return this.#contact.tell(context, 'expiresAt');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the contact ended. Source: DescribeContact, DisconnectTimestamp.',
  })
  endedAt(@Ctx() context: GatewayContext): MaybePromise<Date | null> {
    return this.#contact.tell(context, 'endedAt');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the contact last changed. Source: DescribeContact, LastUpdateTimestamp.',
  })
  updatedAt(@Ctx() context: GatewayContext): MaybePromise<Date | null> {
    return this.#contact.tell(context, 'updatedAt');
  }

  @Field(() => String, {
    nullable: true,
    description:
      'Why the contact ended. For tasks: AGENT_COMPLETED, AGENT_DISCONNECT, EXPIRED, CONTACT_FLOW_DISCONNECT, API or OTHER. Source: DescribeContact, DisconnectReason.',
  })
  disconnectReason(@Ctx() context: GatewayContext): MaybePromise<string | null> {
    return this.#contact.tell(context, 'disconnectReason');
  }

  @Field(() => ConnectContactQueue, {
    nullable: true,
    description: 'The queue that the contact waits in, or came from. Source: DescribeContact, QueueInfo.',
  })
  queue(@Ctx() context: GatewayContext): MaybePromise<Contact['queue'] | null> {
    return this.#contact.tell(context, 'queue');
  }

  @Field(() => ConnectContactAgent, {
    nullable: true,
    description: 'The agent that the contact is, or was, connected to. Source: DescribeContact, AgentInfo.',
  })
  agent(@Ctx() context: GatewayContext): MaybePromise<Contact['agent'] | null> {
    return this.#contact.tell(context, 'agent');
  }

  @Field(() => ConnectTaskTemplate, {
    nullable: true,
    description: 'The template that the task was created from. Source: DescribeContact, TaskTemplateInfo.',
  })
  async taskTemplate(@Ctx() context: GatewayContext): Promise<ConnectTaskTemplate | null> {
    const told = await this.#contact.tell(context, 'taskTemplate');
    return told && new ConnectTaskTemplate(this.instanceId, told.id, told);
  }

  @Field(() => [ConnectTag], {
    nullable: true,
    description: 'Tags, for reports and permissions: at most 6. Source: DescribeContact, Tags.',
  })
  tags(@Ctx() context: GatewayContext): MaybePromise<readonly Tag[] | null> {
    return this.#contact.tell(context, 'tags');
  }

  @Field(() => [ConnectReference], {
    nullable: true,
    description: 'What the agent sees with the contact. Source: ListContactReferences.',
  })
  async references(@Ctx() context: GatewayContext): Promise<readonly Reference[] | null> {
    // Some adapters read them along with the contact, others by a call of their own.
    const told = await this.#contact.tell(context, 'references');
    return told ?? context.loaders.references.load({ instanceId: this.instanceId, id: this.id });
  }

  @Field(() => [ConnectAttribute], {
    nullable: true,
    description:
      "The attributes that the contact's chain shares, by key. Keys that do not exist are left out. Source: GetContactAttributes.",
  })
  attributes(
    @Ctx() context: GatewayContext,
    @Arg('keys', () => [String], { nullable: true, description: 'Only these keys. Omitted: all.' })
    keys?: readonly string[] | null,
  ): MaybePromise<readonly Attribute[] | null> {
    const { instanceId, id, knownChainId } = this;
    return whenThere(context.loaders.attributes.load({ instanceId, id: knownChainId ?? id }), (attributes) => {
      if (keys == null || attributes === null) return attributes;
      const wanted = new Set(keys);
      return attributes.filter(({ key }) => wanted.has(key));
    });
  }

  @Field(() => ConnectContact, {
    nullable: true,
    description: 'The contact whose chain this one joined. Source: DescribeContact, PreviousContactId.',
  })
  previousContact(@Ctx() context: GatewayContext): MaybePromise<ConnectContact | null> {
    return this.#refer(this.#contact.tell(context, 'previousContactId'), this.knownChainId);
  }

  @Field(() => ConnectContact, {
    nullable: true,
    description:
      'The contact whose attributes this one copied when it was created. Source: DescribeContact, RelatedContactId.',
  })
  relatedContact(@Ctx() context: GatewayContext): MaybePromise<ConnectContact | null> {
    return this.#refer(this.#contact.tell(context, 'relatedContactId'));
  }

  /** Whether the request that created the contact states a field, so that telling it is no read. */
  isStated(field: string): boolean {
    return this.#isCreated && (field in this.#known || `${field}Id` in this.#known);
  }

  #refer(id: MaybePromise<string | null>, chainId?: string): MaybePromise<ConnectContact | null> {
    if (id instanceof Promise) return id.then((known) => this.#refer(known, chainId));
    return id === null ? null : new ConnectContact(this.instanceId, id, {}, chainId);
  }
}
