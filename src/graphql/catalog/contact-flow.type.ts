import { Ctx, Directive, Field, ID, ObjectType } from 'type-graphql';
import { type ContactFlow, canStartTask } from '../../connect/catalog.js';
import { connectionOf } from '../connection/connection-of.js';
import type { GatewayContext } from '../context.js';
import { type Known, Lazy } from '../loading/lazy.js';

/** A contact flow: a reference, of which what a list tells is known. */
@ObjectType({ description: 'A contact flow: what Connect runs for a contact.' })
@Directive('@key(fields: "instanceId id")')
export class ConnectContactFlow {
  @Field(() => ID, {
    description:
      "The flow's id, for contactFlowId of a flow source. Source: ListContactFlows or DescribeContactFlow, Id.",
  })
  readonly id: string;

  @Field(() => ID, {
    description: 'The instance that the flow belongs to. Source: the request, an alias as the id that it stands for.',
  })
  readonly instanceId: string;

  readonly #flow: Lazy<ContactFlow>;

  constructor(instanceId: string, id: string, known: Known<ContactFlow> = {}) {
    this.instanceId = instanceId;
    this.id = id;
    this.#flow = new Lazy({ instanceId, id }, known, ({ contactFlows }) => contactFlows);
  }

  @Field(() => String, {
    nullable: true,
    description: 'The Amazon Resource Name. Source: ListContactFlows or DescribeContactFlow, Arn.',
  })
  arn(@Ctx() context: GatewayContext) {
    return this.#flow.tell(context, 'arn');
  }

  @Field(() => String, {
    nullable: true,
    description: 'The name, to show in a list. Source: ListContactFlows or DescribeContactFlow, Name.',
  })
  name(@Ctx() context: GatewayContext) {
    return this.#flow.tell(context, 'name');
  }

  @Field(() => String, {
    nullable: true,
    description:
      'CONTACT_FLOW for an inbound flow, QUEUE_TRANSFER, AGENT_TRANSFER and others. A text, since Connect may add types. Source: ListContactFlows or DescribeContactFlow, Type.',
  })
  type(@Ctx() context: GatewayContext) {
    return this.#flow.tell(context, 'type');
  }

  @Field(() => String, {
    nullable: true,
    description: 'ACTIVE or ARCHIVED. Source: ListContactFlows or DescribeContactFlow, State.',
  })
  state(@Ctx() context: GatewayContext) {
    return this.#flow.tell(context, 'state');
  }

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether createTaskContact takes it: it is active, published, and of type CONTACT_FLOW, QUEUE_TRANSFER or AGENT_TRANSFER. Source: derived from Type, State and Status of ListContactFlows or DescribeContactFlow.',
  })
  async canStartTask(@Ctx() context: GatewayContext): Promise<boolean | null> {
    const type = await this.#flow.tell(context, 'type');
    const state = await this.#flow.tell(context, 'state');
    const status = await this.#flow.tell(context, 'status');
    return type === null || state === null || status === null ? null : canStartTask({ type, state, status });
  }
}

/** A page of flows. */
@ObjectType({ description: "A page of an instance's flows, by name." })
export class ConnectContactFlowConnection extends connectionOf(ConnectContactFlow, {
  one: 'flow',
  many: 'flows',
}) {}
