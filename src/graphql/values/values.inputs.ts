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

/** A file for a task. */
@InputType({ description: 'A file for the task. Amazon Connect reads it after the creation.' })
export class ConnectAttachmentInput {
  @Field(() => String, {
    description:
      "The file's name, 1 to 256 visible characters. Its end states the type: an instance accepts csv, doc, docx, heic, jfif, jpeg, jpg, mov, mp4, pdf, png, ppt, pptx, rtf, txt, wav, xls and xlsx unless its administrator changes that.",
  })
  fileName!: string;

  @Field(() => String, {
    description: 'A pre-signed address that Amazon Connect reads the file from, 1 to 2,000 characters.',
  })
  url!: string;
}

/** A tag. */
@InputType({ description: 'A tag of a contact.' })
export class ConnectTagInput {
  @Field(() => String, { description: '1 to 128 characters: letters, digits and + , - . / : ; < = _; not aws:.' })
  key!: string;

  @Field(() => String, { description: '0 to 256 characters.' })
  value!: string;
}
