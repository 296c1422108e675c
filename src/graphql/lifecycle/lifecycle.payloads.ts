import { Field, ObjectType } from 'type-graphql';
import { ConnectContact, ConnectContactChain } from '../contact/contact.type.js';
import { ConnectError } from '../errors/error.types.js';

const ERRORS = 'Everything that is wrong, at once. Empty: it was done.';

/** The contact as it is afterwards. */
function ContactAfterwards(): PropertyDecorator & MethodDecorator {
  return Field(() => ConnectContact, {
    nullable: true,
    description: 'The contact as it is afterwards. Null exactly when errors is not empty.',
  });
}

/** What became of updateConnectSharedAttributes. */
@ObjectType({ description: 'The chain with its shared attributes, or why nothing was changed.' })
export class UpdateConnectSharedAttributesPayload {
  @Field(() => ConnectContactChain, {
    nullable: true,
    description: 'The chain as it is afterwards. Null when errors is not empty.',
  })
  chain!: ConnectContactChain | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** What became of updateTaskContact. */
@ObjectType({ description: 'The changed task, or why nothing was changed.' })
export class UpdateTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** What became of rescheduleTaskContact. */
@ObjectType({ description: 'The task with its new time, or why nothing was changed.' })
export class RescheduleTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** What became of pauseTaskContact. */
@ObjectType({ description: 'The paused task, or why it was not paused.' })
export class PauseTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** What became of resumeTaskContact. */
@ObjectType({ description: 'The resumed task, or why it was not resumed.' })
export class ResumeTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** What became of transferTaskContact. */
@ObjectType({ description: 'The contact that carries the task on, or why it was not transferred.' })
export class TransferTaskContactPayload {
  @Field(() => ConnectContact, {
    nullable: true,
    description: 'The new contact that carries the task on. Null exactly when errors is not empty.',
  })
  contact!: ConnectContact | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: the client token had made it earlier. Null: Connect does not tell.',
  })
  replayed!: boolean | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** What became of stopTaskContact. */
@ObjectType({ description: 'The ended task, or why it was not ended. One that had ended before stays as it was.' })
export class StopTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** What became of tagTaskContact. */
@ObjectType({ description: 'The tagged task, or why it was not tagged.' })
export class TagTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** What became of untagTaskContact. */
@ObjectType({ description: 'The task without the tags, or why they were not taken off.' })
export class UntagTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}
