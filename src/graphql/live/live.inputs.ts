import { ArgsType, Directive, Field, ID, InputType } from 'type-graphql';

/** The contacts of a subscription. */
@InputType({ description: 'The contacts whose changes are received. Exactly one member.' })
@Directive('@oneOf')
export class ConnectContactChangesInput {
  @Field(() => [ID], { nullable: true, description: 'These contacts: 1 to 100 ids.' })
  contactIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'All contacts of the chain of this contact, also later ones.' })
  chainOf?: string | null;

  @Field(() => ID, { nullable: true, description: 'All contacts that are or were last in this queue.' })
  queueId?: string | null;

  @Field(() => ID, { nullable: true, description: 'All contacts of this agent, a user of Amazon Connect.' })
  userId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'All contacts of the instance: true.' })
  all?: boolean | null;
}

/** Arguments of connectContactChanged. */
@ArgsType()
export class ContactChangesArgs {
  @Field(() => ConnectContactChangesInput, { description: 'The contacts whose changes are received.' })
  of!: ConnectContactChangesInput;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last received change: continues after it without a gap. Default: changes from now on.',
  })
  after?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID.',
  })
  instanceId?: string | null;
}
