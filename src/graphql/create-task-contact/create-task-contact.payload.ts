import { Field, ObjectType } from 'type-graphql';
import { ConnectContact } from '../contact/contact.type.js';
import { ConnectError } from '../errors/error.types.js';

/** The outcome of a creation. */
@ObjectType({ description: 'The created task, or the errors.' })
export class CreateTaskContactPayload {
  @Field(() => ConnectContact, {
    nullable: true,
    description:
      'The created task. Null exactly if errors is not empty. What the request states is served without a read.',
  })
  contact!: ConnectContact | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the client token was used before. Null if Amazon Connect does not report it.',
  })
  replayed!: boolean | null;

  @Field(() => [ConnectError], { description: 'Everything that is wrong, at once. Empty: the task was created.' })
  errors!: readonly ConnectError[];
}
