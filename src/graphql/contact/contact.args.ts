import { ArgsType, Field, ID } from 'type-graphql';

const INSTANCE = {
  nullable: true,
  description: 'The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID.',
} as const;

/** Arguments of a query for one contact. */
@ArgsType()
export class ContactArgs {
  @Field(() => ID, { description: "The contact's id." })
  id!: string;

  @Field(() => ID, INSTANCE)
  instanceId?: string | null;
}

/** Arguments of a query for several contacts, or the conditions of a search. */
@ArgsType()
export class ContactsArgs {
  @Field(() => [ID], { description: 'Ids of contacts, at most 100.' })
  ids!: string[];

  @Field(() => ID, INSTANCE)
  instanceId?: string | null;
}

/** Arguments of a query for a chain. */
@ArgsType()
export class ContactChainArgs {
  @Field(() => ID, { description: 'The id of any contact of the chain.' })
  contactId!: string;

  @Field(() => ID, INSTANCE)
  instanceId?: string | null;
}
