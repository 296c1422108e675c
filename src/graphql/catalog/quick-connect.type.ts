import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { QuickConnect, QuickConnectType } from '../../connect/catalog.js';
import { connectionOf } from '../connection/connection-of.js';
import type { GatewayContext } from '../context.js';
import { ConnectQuickConnectType } from '../values/enums.js';
import { type Known, Lazy } from '../loading/lazy.js';
import type { LoaderKey } from '../loading/loader.js';
import { Reads } from '../loading/reads.js';

/** The type of quick connects without a flow. Source: StartTaskContact, QuickConnectId. */
const WITHOUT_FLOW: QuickConnectType = 'PHONE_NUMBER';

/** A quick connect: a reference that knows what a list reports. */
@ObjectType({
  description: 'A quick connect: a named destination, which is a queue, an agent, a flow or a phone number.',
})
@Directive('@key(fields: "instanceId id")')
export class ConnectQuickConnect {
  @Field(() => ID, {
    description:
      "The quick connect's id, for quickConnectId of a flow source. Source: ListQuickConnects or DescribeQuickConnect, Id.",
  })
  readonly id: string;

  @Field(() => ID, {
    description: 'The instance that the quick connect belongs to. Source: the request; an alias is resolved to its id.',
  })
  readonly instanceId: string;

  readonly #quickConnect: Lazy<QuickConnect>;

  constructor(context: GatewayContext, instanceId: string, id: string, known: Known<QuickConnect> = {}) {
    this.instanceId = instanceId;
    this.id = id;
    this.#quickConnect = new Lazy(context.loaders.quickConnects, { instanceId, id }, known);
  }

  /** Resolves references of other subgraphs. Null for an entity that does not exist. */
  static resolveReferences(context: GatewayContext, keys: readonly LoaderKey[]) {
    return context.loaders.quickConnects.loadAll(
      keys,
      (thing, { instanceId, id }) => new ConnectQuickConnect(context, instanceId, id, thing),
    );
  }

  @Field(() => String, {
    nullable: true,
    description: 'The Amazon Resource Name. Source: ListQuickConnects or DescribeQuickConnect, Arn.',
  })
  @Reads('DescribeQuickConnect', { reportedBy: ['ListQuickConnects'] })
  arn() {
    return this.#quickConnect.get('arn');
  }

  @Field(() => String, {
    nullable: true,
    description: 'The name, to show in a list. Source: ListQuickConnects or DescribeQuickConnect, Name.',
  })
  @Reads('DescribeQuickConnect', { reportedBy: ['ListQuickConnects'] })
  name() {
    return this.#quickConnect.get('name');
  }

  @Field(() => ConnectQuickConnectType, {
    nullable: true,
    description: 'The kind of its destination. Source: ListQuickConnects or DescribeQuickConnect, QuickConnectType.',
  })
  @Reads('DescribeQuickConnect', { reportedBy: ['ListQuickConnects'] })
  type() {
    return this.#quickConnect.get('type');
  }

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it has a flow, which createTaskContact needs: all types except PHONE_NUMBER. The flow itself is validated at creation. Source: derived from QuickConnectType.',
  })
  @Reads('DescribeQuickConnect', { reportedBy: ['ListQuickConnects'] })
  canStartTask() {
    return this.#quickConnect.get('type', (type) => type && type !== WITHOUT_FLOW);
  }
}

/** A page of quick connects. */
@ObjectType({ description: "A page of an instance's quick connects, by name." })
export class ConnectQuickConnectConnection extends connectionOf(ConnectQuickConnect, {
  one: 'quick connect',
  many: 'quick connects',
}) {}
