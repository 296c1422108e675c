import { Args, ArgsType, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  type Contact,
  type ContactChain,
  type ContactSummary,
  chainIdOf,
  isLinkedTask,
} from '../../connect/contact.js';
import { ATTRIBUTE_BYTES } from '../../connect/limits.js';
import type { RatedOperation } from '../../connect/rates.js';
import { attributeBytes } from '../../validation/rules/attributes.js';
import type { GatewayContext } from '../context.js';
import type { Known } from '../loading/lazy.js';
import type { LoaderKey } from '../loading/loader.js';
import { memberOf, membersReportedBy, Reads, readsOf } from '../loading/reads.js';
import { ConnectAttribute } from '../values/values.types.js';
import { ContactDetails } from './contact-details.type.js';

/** What is known of a contact before it is read. */
export interface ContactFacts {
  readonly known?: Known<Contact>;
  /** Members that the source of `known` reports: an absent one is one that the contact does not have. Default: none. */
  readonly reported?: ReadonlySet<string>;
  /** The id of its chain: then all members share one read of the chain. */
  readonly chainId?: string | undefined;
  /** Whether what is known was stated by the request that created the contact. Default: false. */
  readonly isStated?: boolean;
}

const NOTHING_KNOWN: ContactFacts = {};
const NO_MEMBERS: ReadonlySet<string> = new Set();

/** Arguments of a contact's attributes. */
@ArgsType()
class AttributesArgs {
  @Field(() => [String], { nullable: true, description: 'Only these keys. Default: all.' })
  keys?: readonly string[] | null;
}

/** A contact: its ids, and what a listing, a search or the request that created it reports. The rest is read when selected. */
@ObjectType({
  description:
    'A contact: a task, or a call, chat or e-mail that a task is linked to. Fields other than the ids are null if Amazon Connect does not report them, or if reading them failed (then with an error).',
})
@Directive('@key(fields: "instanceId id")')
export class ConnectContact extends ContactDetails {
  readonly #chainId: string | undefined;

  readonly #isStated: boolean;

  constructor(context: GatewayContext, instanceId: string, id: string, facts = NOTHING_KNOWN) {
    const { known = {}, reported = NO_MEMBERS, chainId, isStated = false } = facts;
    super(context, instanceId, id, known, reported);
    this.#chainId = chainId;
    this.#isStated = isStated;
  }

  /** Makes a contact that has been read: as a whole, by the listing of a chain, or by a search. */
  static of(
    context: GatewayContext,
    contact: Contact | ContactSummary,
    by: 'ListAssociatedContacts' | 'SearchContacts' = 'ListAssociatedContacts',
  ): ConnectContact {
    return new ConnectContact(context, contact.instanceId, contact.id, {
      known: contact,
      // Only a contact that was read as a whole has a state.
      reported: REPORTED['state' in contact ? 'DescribeContact' : by],
      chainId: chainIdOf(contact),
    });
  }

  /** Resolves references of other subgraphs: null for an entity that does not exist, by a read that is needed anyway. */
  static resolveReferences(context: GatewayContext, keys: readonly LoaderKey[], reads: ReadonlySet<RatedOperation>) {
    const { contacts, attributes, chains } = context.loaders;
    const refer = (_: unknown, { instanceId, id }: LoaderKey) => new ConnectContact(context, instanceId, id);
    if (reads.has('DescribeContact')) return contacts.loadAll(keys, (contact) => ConnectContact.of(context, contact));
    // These two are read by the contact's id alone.
    if (reads.has('GetContactAttributes')) return attributes.loadAll(keys, refer);
    return chains.loadAll(keys, refer);
  }

  @Field(() => [ConnectAttribute], {
    nullable: true,
    description:
      "The attributes that the contact's chain shares, by key. Keys that do not exist are omitted. Source: GetContactAttributes.",
  })
  @Reads('GetContactAttributes')
  attributes(@Args(() => AttributesArgs) { keys }: AttributesArgs) {
    const { instanceId } = this;
    return this.context.loaders.attributes.load({ instanceId, id: this.#chainId ?? this.id }, (attributes) => {
      if (keys == null || attributes === null) return attributes;
      const wanted = new Set(keys);
      return attributes.filter(({ key }) => wanted.has(key));
    });
  }

  @Field(() => ConnectContact, {
    nullable: true,
    description: 'The contact whose chain this one joined. Source: DescribeContact, PreviousContactId.',
  })
  @Reads('DescribeContact', {
    id: 'previousContactId',
    ofChain: true,
    reportedBy: ['ListAssociatedContacts', 'SearchContacts', 'StartTaskContact'],
  })
  previousContact() {
    return this.contact.get('previousContactId', (id) => this.#refer(id, this.#chainId));
  }

  @Field(() => ConnectContact, {
    nullable: true,
    description:
      'The contact whose attributes this one copied when it was created. Source: DescribeContact, RelatedContactId.',
  })
  @Reads('DescribeContact', { id: 'relatedContactId', reportedBy: ['ListAssociatedContacts', 'StartTaskContact'] })
  relatedContact() {
    return this.contact.get('relatedContactId', (id) => this.#refer(id));
  }

  @Field(() => ConnectContactChain, {
    nullable: true,
    description:
      'The chain that the contact belongs to. An unlinked contact is a chain of one. Source: DescribeContact, InitialContactId.',
  })
  @Reads('ListAssociatedContacts', { reportedBy: ['DescribeContact', 'SearchContacts'] })
  chain() {
    const { context, instanceId, id } = this;
    return this.#chainId === undefined
      ? ConnectContactChain.ofMember(context, { instanceId, id })
      : new ConnectContactChain(context, instanceId, this.#chainId);
  }

  /** Whether the request that created the contact states a field, so that the answer takes no read. */
  isStated(field: string): boolean {
    return this.#isStated && this.contact.knows(memberOf(field, readsOf(ConnectContact).get(field)) as keyof Contact);
  }

  #refer(id: string | null, chainId?: string): ConnectContact | null {
    return id === null ? null : new ConnectContact(this.context, this.instanceId, id, { chainId });
  }
}

const REPORTED = {
  DescribeContact: membersReportedBy(ConnectContact, 'DescribeContact'),
  ListAssociatedContacts: membersReportedBy(ConnectContact, 'ListAssociatedContacts'),
  SearchContacts: membersReportedBy(ConnectContact, 'SearchContacts'),
};

/** A chain: its ids. Its listing and its attributes are read when a field needs them. */
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
    description: 'The instance that the chain belongs to. Source: the request; an alias is resolved to its id.',
  })
  readonly instanceId: string;

  readonly #context: GatewayContext;

  constructor(context: GatewayContext, instanceId: string, id: string) {
    this.#context = context;
    this.instanceId = instanceId;
    this.id = id;
  }

  /** Reads the chain of any of its contacts; null if there is no such contact. */
  static ofMember(context: GatewayContext, key: LoaderKey) {
    const { chains } = context.loaders;
    return chains.load(key, (chain) => {
      if (chain === null) return null;
      // The listing holds for every member: a read by the chain's own id finds it.
      chains.prime({ instanceId: chain.instanceId, id: chain.id }, chain);
      return new ConnectContactChain(context, chain.instanceId, chain.id);
    });
  }

  /** Resolves references of other subgraphs: null for an entity that does not exist, by a read that is needed anyway. */
  static resolveReferences(context: GatewayContext, keys: readonly LoaderKey[], reads: ReadonlySet<RatedOperation>) {
    const { contacts, attributes, chains } = context.loaders;
    const refer = (_: unknown, { instanceId, id }: LoaderKey) => new ConnectContactChain(context, instanceId, id);
    if (reads.has('ListAssociatedContacts')) return chains.loadAll(keys, refer);
    if (reads.has('GetContactAttributes')) return attributes.loadAll(keys, refer);
    return contacts.loadAll(keys, refer);
  }

  @Field(() => ConnectContact, {
    nullable: true,
    description: 'The contact that the chain began with. Source: ListAssociatedContacts, InitialContactId.',
  })
  @Reads([], { verifiedBy: 'DescribeContact' })
  initialContact() {
    return new ConnectContact(this.#context, this.instanceId, this.id, { chainId: this.id });
  }

  @Field(() => ConnectContact, {
    nullable: true,
    description: 'The contact that was initiated last. Source: ListAssociatedContacts, InitiationTimestamp.',
  })
  @Reads('ListAssociatedContacts')
  latestContact() {
    return this.#context.loaders.chains.load(this, (listing) => {
      const latest = listing?.members.at(-1);
      return latest === undefined ? null : contactOf(this.#context, latest);
    });
  }

  @Field(() => [ConnectContact], {
    nullable: 'itemsAndList',
    description: 'All contacts of the chain, by time of initiation, then id. Source: ListAssociatedContacts.',
  })
  @Reads('ListAssociatedContacts')
  contacts() {
    const context = this.#context;
    return context.loaders.chains.load(
      this,
      (listing) => listing && context.answerSize.list(listing.members).map((member) => contactOf(context, member)),
    );
  }

  @Field(() => Int, {
    nullable: true,
    description:
      'Tasks that were created with a previousContactId. The initial contact and transfers do not count. Source: counted over ListAssociatedContacts.',
  })
  @Reads('ListAssociatedContacts')
  linkedTaskCount() {
    return this.#context.loaders.chains.load(this, (listing) => listing && linkedTasksOf(listing));
  }

  @Field(() => Int, { description: 'Maximum linked tasks of a chain: 12. Source: StartTaskContact.' })
  linkedTaskLimit() {
    return this.#context.chainTasks;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'Tasks that can still join the chain. Source: linkedTaskLimit minus linkedTaskCount.',
  })
  @Reads('ListAssociatedContacts')
  remaining() {
    const { loaders, chainTasks } = this.#context;
    return loaders.chains.load(this, (listing) => listing && Math.max(0, chainTasks - linkedTasksOf(listing)));
  }

  @Field(() => [ConnectAttribute], {
    nullable: true,
    description: 'The attributes that all contacts of the chain share, by key. Source: GetContactAttributes.',
  })
  @Reads('GetContactAttributes')
  sharedAttributes() {
    return this.#context.loaders.attributes.load(this);
  }

  @Field(() => Int, {
    nullable: true,
    description:
      'UTF-8 bytes of all keys and values of the shared attributes. Source: counted over GetContactAttributes.',
  })
  @Reads('GetContactAttributes')
  attributeBytes() {
    return this.#context.loaders.attributes.load(this, (attributes) => attributes && attributeBytes(attributes));
  }

  @Field(() => Int, {
    description: 'Maximum UTF-8 bytes of the shared attributes: 32,768. Source: StartTaskContact, Attributes.',
  })
  attributeBytesLimit() {
    return ATTRIBUTE_BYTES;
  }
}

function linkedTasksOf({ members }: ContactChain): number {
  return members.filter(isLinkedTask).length;
}

/** Makes the contact of a member once a request, because a member is reached by way of each of the others. */
function contactOf(context: GatewayContext, member: ContactSummary): ConnectContact {
  const known = context.members.get(member) as ConnectContact | undefined;
  if (known !== undefined) return known;
  const made = ConnectContact.of(context, member);
  context.members.set(member, made);
  return made;
}
