import { ArgsType, Field, ID, Int } from 'type-graphql';

/** Arguments of a paged list. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { nullable: true, defaultValue: 25, description: 'Items on the page, 1 to 100.' })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor after which the page begins. Default: the first page.',
  })
  after?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID.',
  })
  instanceId?: string | null;
}

/** The directive by which routers and cost rules size a list. */
export const LIST_SIZE = '@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])';
