import { ArgsType, Field, ID } from 'type-graphql';

/** Which template. */
@ArgsType()
export class TaskTemplateArgs {
  @Field(() => ID, { description: "The template's id." })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The Amazon Connect instance, by id or alias. Omitted: the configured default.',
  })
  instanceId?: string | null;
}
