import { Field, ObjectType } from 'type-graphql';

/** A user-defined attribute. */
@ObjectType({ description: 'A user-defined attribute. All contacts of a chain share one set of them.' })
export class ConnectAttribute {
  @Field(() => String, {
    description: 'Letters, digits, - and _; 1 to 32,767 characters. Source: GetContactAttributes, Attributes.',
  })
  key!: string;

  @Field(() => String, { description: '0 to 32,767 characters. Source: GetContactAttributes, Attributes.' })
  value!: string;
}

/** A labelled value that the agent sees. */
@ObjectType({ description: 'A labelled value that the agent sees with the contact.' })
export class ConnectReference {
  @Field(() => String, { description: 'The label, 1 to 4,096 characters. Source: ListContactReferences, Name.' })
  name!: string;

  @Field(() => String, {
    description:
      'URL, NUMBER, STRING, DATE or EMAIL, or a type that Connect itself attaches later, such as ATTACHMENT. A string, because Amazon Connect may add types. Source: ListContactReferences, the member that holds the reference.',
  })
  type!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The value, 0 to 4,096 characters. Source: ListContactReferences, Value.',
  })
  value?: string | null;
}

/** A tag. */
@ObjectType({ description: 'A tag of a contact, for reports and permissions. A contact has at most 6.' })
export class ConnectTag {
  @Field(() => String, { description: '1 to 128 characters. Source: DescribeContact, Tags.' })
  key!: string;

  @Field(() => String, { description: '0 to 256 characters. Source: DescribeContact, Tags.' })
  value!: string;
}

/** How a customer is reached. */
@ObjectType({ description: 'How a linked call, chat or e-mail reaches its customer.' })
export class ConnectEndpoint {
  @Field(() => String, {
    description: 'TELEPHONE_NUMBER, EMAIL_ADDRESS or another type. Source: DescribeContact, CustomerEndpoint, Type.',
  })
  type!: string;

  @Field(() => String, { description: 'The address. Source: DescribeContact, CustomerEndpoint, Address.' })
  address!: string;
}
