import { Field, ObjectType } from 'type-graphql';
import { ConnectContact, ConnectContactChain } from '../contact/contact.type.js';
import { ConnectError } from '../errors/error.types.js';

const ERRORS = 'All errors at once. Empty if the change was made.';

/** The contact after the change. */
function ContactAfterwards(): PropertyDecorator & MethodDecorator {
  return Field(() => ConnectContact, {
    nullable: true,
    description: 'The contact after the change. Null exactly if errors is not empty.',
  });
}

/** Payload of updateConnectSharedAttributes. */
@ObjectType({ description: 'The chain with its shared attributes, or the errors.' })
export class UpdateConnectSharedAttributesPayload {
  @Field(() => ConnectContactChain, {
    nullable: true,
    description: 'The chain after the change. Null if errors is not empty.',
  })
  chain!: ConnectContactChain | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of updateTaskContact. */
@ObjectType({ description: 'The changed task, or the errors.' })
export class UpdateTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of rescheduleTaskContact. */
@ObjectType({ description: 'The task with its new time, or the errors.' })
export class RescheduleTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of pauseTaskContact. */
@ObjectType({ description: 'The paused task, or the errors.' })
export class PauseTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of resumeTaskContact. */
@ObjectType({ description: 'The resumed task, or the errors.' })
export class ResumeTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of transferTaskContact. */
@ObjectType({ description: 'The contact that continues the task, or the errors.' })
export class TransferTaskContactPayload {
  @Field(() => ConnectContact, {
    nullable: true,
    description: 'The new contact that continues the task. Null exactly if errors is not empty.',
  })
  contact!: ConnectContact | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the client token was used before. Null if Amazon Connect does not report it.',
  })
  replayed!: boolean | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of stopTaskContact. */
@ObjectType({ description: 'The ended task, or the errors. A task that had already ended stays as it was.' })
export class StopTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of assignTaskContact. */
@ObjectType({ description: 'The assigned task, or the errors.' })
export class AssignTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of changeTaskContactTemplate. */
@ObjectType({ description: 'The task with its new template, or the errors.' })
export class ChangeTaskContactTemplatePayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of updateTaskContactRouting. */
@ObjectType({ description: 'The task with its new place, or the errors.' })
export class UpdateTaskContactRoutingPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of tagTaskContact. */
@ObjectType({ description: 'The tagged task, or the errors.' })
export class TagTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}

/** Payload of untagTaskContact. */
@ObjectType({ description: 'The task without the tags, or the errors.' })
export class UntagTaskContactPayload {
  @ContactAfterwards()
  contact!: ConnectContact | null;

  @Field(() => [ConnectError], { description: ERRORS })
  errors!: readonly ConnectError[];
}
