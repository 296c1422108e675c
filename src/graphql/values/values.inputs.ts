import { Field, InputType } from 'type-graphql';
import type { ReferenceType } from '../../connect/contact.js';
import { ConnectReferenceInputType } from './enums.js';

/** A user-defined attribute. */
@InputType({ description: 'A user-defined attribute.' })
export class ConnectAttributeInput {
  @Field(() => String, { description: 'Letters, digits, - and _; 1 to 32,767 characters; each key once.' })
  key!: string;

  @Field(() => String, { description: '0 to 32,767 characters.' })
  value!: string;
}

/** A labelled value for the agent. */
@InputType({ description: 'A labelled value that the agent sees with the task.' })
export class ConnectReferenceInput {
  @Field(() => String, { description: 'The label, 1 to 4,096 characters; each name once.' })
  name!: string;

  @Field(() => ConnectReferenceInputType, { description: 'The type of the value.' })
  type!: ReferenceType;

  @Field(() => String, { description: 'The value, 0 to 4,096 characters, in the format of its type.' })
  value!: string;
}

/** A tag. */
@InputType({ description: 'A tag of a contact.' })
export class ConnectTagInput {
  @Field(() => String, { description: '1 to 128 characters: letters, digits and + , - . / : ; < = _; not aws:.' })
  key!: string;

  @Field(() => String, { description: '0 to 256 characters.' })
  value!: string;
}
