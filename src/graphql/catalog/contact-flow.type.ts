import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { type ContactFlow, canStartTask } from '../../connect/catalog.js';
import { connectionOf } from '../connection/connection-of.js';
import type { GatewayContext } from '../context.js';
import { type Known, Lazy } from '../loading/lazy.js';
import type { LoaderKey } from '../loading/loader.js';
import { Reads } from '../loading/reads.js';

/** A contact flow: a reference that knows what a list reports. */
@ObjectType({ description: 'A contact flow, which Amazon Connect runs for a contact.' })
@Directive('@key(fields: "instanceId id")')
export class ConnectContactFlow {
  @Field(() => ID, {
    description:
      "The flow's id, for contactFlowId of a flow source. Source: ListContactFlows or DescribeContactFlow, Id.",
  })
  readonly id: string;

  @Field(() => ID, {
    description: 'The instance that the flow belongs to. Source: the request; an alias is resolved to its id.',
  })
  readonly instanceId: string;

  readonly #flow: Lazy<ContactFlow>;

  constructor(context: GatewayContext, instanceId: string, id: string, known: Known<ContactFlow> = {}) {
    this.instanceId = instanceId;
    this.id = id;
    this.#flow = new Lazy(context.loaders.contactFlows, { instanceId, id }, known);
  }

  /** Resolves references of other subgraphs. Null for an entity that does not exist. */
  static resolveReferences(context: GatewayContext, keys: readonly LoaderKey[]) {
    return context.loaders.contactFlows.loadAll(
      keys,
      (thing, { instanceId, id }) => new ConnectContactFlow(context, instanceId, id, thing),
    );
  }

  @Field(() => String, {
    nullable: true,
    description: 'The Amazon Resource Name. Source: ListContactFlows or DescribeContactFlow, Arn.',
  })
  @Reads('DescribeContactFlow', { reportedBy: ['ListContactFlows'] })
  arn() {
    return this.#flow.get('arn');
  }

  @Field(() => String, {
    nullable: true,
    description: 'The name, to show in a list. Source: ListContactFlows or DescribeContactFlow, Name.',
  })
  @Reads('DescribeContactFlow', { reportedBy: ['ListContactFlows'] })
  name() {
    return this.#flow.get('name');
  }

  @Field(() => String, {
    nullable: true,
    description:
      'CONTACT_FLOW for an inbound flow, QUEUE_TRANSFER, AGENT_TRANSFER and others. A string, because Amazon Connect may add types. Source: ListContactFlows or DescribeContactFlow, Type.',
  })
  @Reads('DescribeContactFlow', { reportedBy: ['ListContactFlows'] })
  type() {
    return this.#flow.get('type');
  }

  @Field(() => String, {
    nullable: true,
    description: 'ACTIVE or ARCHIVED. Source: ListContactFlows or DescribeContactFlow, State.',
  })
  @Reads('DescribeContactFlow', { reportedBy: ['ListContactFlows'] })
  state() {
    return this.#flow.get('state');
  }

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether createTaskContact accepts it: it is active, published, and of type CONTACT_FLOW, QUEUE_TRANSFER or AGENT_TRANSFER. Source: derived from Type, State and Status of ListContactFlows or DescribeContactFlow.',
  })
  @Reads('DescribeContactFlow', { reportedBy: ['ListContactFlows'] })
  async canStartTask() {
    const type = await this.#flow.get('type');
    const state = await this.#flow.get('state');
    const status = await this.#flow.get('status');
    return type === null || state === null || status === null ? null : canStartTask({ type, state, status });
  }
}

/** A page of flows. */
@ObjectType({ description: "A page of an instance's flows, by name." })
export class ConnectContactFlowConnection extends connectionOf(ConnectContactFlow, {
  one: 'flow',
  many: 'flows',
}) {}
