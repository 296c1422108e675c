import { Field, ObjectType } from 'type-graphql';
import { ConnectError } from '../errors/error.types.js';
import { ConnectTaskJob } from './job.type.js';

/** Payload of createTaskContacts. */
@ObjectType({ description: 'The started job, or the errors.' })
export class CreateTaskContactsPayload {
  @Field(() => ConnectTaskJob, {
    nullable: true,
    description: 'The job. Null exactly if errors is not empty: then nothing was stored.',
  })
  job!: ConnectTaskJob | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the client token was used before. Null with errors.' })
  replayed!: boolean | null;

  @Field(() => [ConnectError], { description: 'Everything that is wrong, at once. Empty: the job was started.' })
  errors!: readonly ConnectError[];
}

/** Payload of addTaskContactsToJob. */
@ObjectType({ description: 'The job with its further items, or the errors.' })
export class AddTaskContactsToJobPayload {
  @Field(() => ConnectTaskJob, {
    nullable: true,
    description: 'The job. Null exactly if errors is not empty: then nothing was added.',
  })
  job!: ConnectTaskJob | null;

  @Field(() => [ConnectError], { description: 'Everything that is wrong, at once. Empty: the items were added.' })
  errors!: readonly ConnectError[];
}

/** Payload of controlConnectTaskJob. */
@ObjectType({ description: 'The job after the action, or the errors.' })
export class ControlConnectTaskJobPayload {
  @Field(() => ConnectTaskJob, {
    nullable: true,
    description: 'The job after the action. Null exactly if errors is not empty.',
  })
  job!: ConnectTaskJob | null;

  @Field(() => [ConnectError], { description: 'All errors at once. Empty if the job follows the action.' })
  errors!: readonly ConnectError[];
}
