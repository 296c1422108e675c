import { Field, ObjectType } from 'type-graphql';

/** A user-defined attribute. */
@ObjectType({ description: 'A user-defined attribute. All contacts of a chain share one set of them.' })
export class ConnectAttribute {
  @Field(() => String, { description: 'Letters, digits, - and _; 1 to 32,767 characters.' })
  key!: string;

  @Field(() => String, { description: '0 to 32,767 characters.' })
  value!: string;
}

/** A labelled value that the agent sees. */
@ObjectType({ description: 'A labelled value that the agent sees with the contact.' })
export class ConnectReference {
  @Field(() => String, { description: 'The label, 1 to 4,096 characters.' })
  name!: string;

  @Field(() => String, {
    description:
      'URL, NUMBER, STRING, DATE or EMAIL, or a type that Connect itself attaches later, such as ATTACHMENT. A text, since Connect may add types.',
  })
  type!: string;

  @Field(() => String, { nullable: true, description: 'The value, 0 to 4,096 characters.' })
  value?: string | null;
}
