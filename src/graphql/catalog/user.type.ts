import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { User } from '../../connect/user.js';
import { connectionOf } from '../connection/connection-of.js';
import type { GatewayContext } from '../context.js';
import { type Known, Lazy } from '../loading/lazy.js';
import type { LoaderKey } from '../loading/loader.js';
import { Reads } from '../loading/reads.js';

/** A user: a reference that holds the members that a list or a contact reports. */
@ObjectType({
  description:
    'A user of Amazon Connect, such as an agent. An entity of its own: instants of a contact with the agent are on the contact.',
})
@Directive('@key(fields: "instanceId id")')
export class ConnectUser {
  @Field(() => ID, {
    description: "The user's id, for userId of a transfer and agentIds of a search. Source: ListUsers, Id.",
  })
  readonly id: string;

  @Field(() => ID, {
    description: 'The instance that the user belongs to. Source: the request; an alias is resolved to its id.',
  })
  readonly instanceId: string;

  readonly #user: Lazy<User>;

  constructor(context: GatewayContext, instanceId: string, id: string, known: Known<User> = {}) {
    this.instanceId = instanceId;
    this.id = id;
    this.#user = new Lazy(context.loaders.users, { instanceId, id }, known);
  }

  /** Resolves references of other subgraphs. Null for an entity that does not exist. */
  static resolveReferences(context: GatewayContext, keys: readonly LoaderKey[]) {
    return context.loaders.users.loadAll(
      keys,
      (thing, { instanceId, id }) => new ConnectUser(context, instanceId, id, thing),
    );
  }

  @Field(() => String, {
    nullable: true,
    description:
      "The Amazon Resource Name. Source: ListUsers or DescribeUser, Arn; a contact's agent: derived from its id.",
  })
  @Reads('DescribeUser', { reportedBy: ['ListUsers', 'DescribeContact'] })
  arn() {
    return this.#user.get('arn');
  }

  @Field(() => String, {
    nullable: true,
    description:
      'The name that the user signs in with, to show in a list. Source: ListUsers or DescribeUser, Username.',
  })
  @Reads('DescribeUser', { reportedBy: ['ListUsers'] })
  username() {
    return this.#user.get('username');
  }
}

/** A page of users. */
@ObjectType({ description: "A page of an instance's users, by username." })
export class ConnectUserConnection extends connectionOf(ConnectUser, { one: 'user', many: 'users' }) {}
