import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { Queue } from '../../connect/queue.js';
import { connectionOf } from '../connection/connection-of.js';
import type { GatewayContext } from '../context.js';
import { type Known, Lazy } from '../loading/lazy.js';
import type { LoaderKey } from '../loading/loader.js';
import { Reads } from '../loading/reads.js';

/** A queue: a reference that holds the members that a list or a contact reports. */
@ObjectType({
  description:
    'A queue, in which contacts wait for an agent. An entity of its own: instants of a contact in it are on the contact.',
})
@Directive('@key(fields: "instanceId id")')
export class ConnectQueue {
  @Field(() => ID, {
    description: "The queue's id, for queueId of a transfer and queueIds of a search. Source: ListQueues, Id.",
  })
  readonly id: string;

  @Field(() => ID, {
    description: 'The instance that the queue belongs to. Source: the request; an alias is resolved to its id.',
  })
  readonly instanceId: string;

  readonly #queue: Lazy<Queue>;

  constructor(context: GatewayContext, instanceId: string, id: string, known: Known<Queue> = {}) {
    this.instanceId = instanceId;
    this.id = id;
    this.#queue = new Lazy(context.loaders.queues, { instanceId, id }, known);
  }

  /** Resolves references of other subgraphs. Null for an entity that does not exist. */
  static resolveReferences(context: GatewayContext, keys: readonly LoaderKey[]) {
    return context.loaders.queues.loadAll(
      keys,
      (thing, { instanceId, id }) => new ConnectQueue(context, instanceId, id, thing),
    );
  }

  @Field(() => String, {
    nullable: true,
    description:
      "The Amazon Resource Name. Source: ListQueues, Arn, or DescribeQueue, QueueArn; a contact's queue: derived from its id.",
  })
  @Reads('DescribeQueue', { reportedBy: ['ListQueues', 'DescribeContact'] })
  arn() {
    return this.#queue.get('arn');
  }

  @Field(() => String, {
    nullable: true,
    description: 'The name, to show in a list. Source: ListQueues or DescribeQueue, Name.',
  })
  @Reads('DescribeQueue', { reportedBy: ['ListQueues'] })
  name() {
    return this.#queue.get('name');
  }

  @Field(() => String, {
    nullable: true,
    description:
      'STANDARD, or AGENT for the queue of one agent. A string, because Amazon Connect may add types. Source: ListQueues, QueueType; DescribeQueue: derived from QueueArn.',
  })
  @Reads('DescribeQueue', { reportedBy: ['ListQueues'] })
  type() {
    return this.#queue.get('type');
  }
}

/** A page of queues. */
@ObjectType({ description: "A page of an instance's queues, by name." })
export class ConnectQueueConnection extends connectionOf(ConnectQueue, { one: 'queue', many: 'queues' }) {}
