import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import type { ErrorMode, ItemState, JobAction } from '../../jobs/job.js';
import { Conforms, ConformsInside } from '../../validation/conforms.js';
import { startTaskContactRules } from '../../validation/requests/start-task-contact.js';
import { jobRules } from '../../validation/rules/jobs.js';
import { CreateTaskContactInput } from '../create-task-contact/create-task-contact.input.js';
import { DateTime } from '../values/date-time.js';
import { ConnectTaskJobAction, ConnectTaskJobErrorMode, ConnectTaskJobItemState } from './jobs.enums.js';

/** An item of a job. */
@InputType({ description: 'A task of a job.' })
export class CreateTaskContactsItemInput {
  @Field(() => String, { description: "The caller's own key of the item, once in a job: 1 to 128 characters." })
  @Conforms(jobRules.key)
  key!: string;

  @Field(() => CreateTaskContactInput, {
    description: 'The task to create, without instanceId and clientToken, which the job has.',
  })
  @Conforms(jobRules.task)
  @ConformsInside()
  task!: CreateTaskContactInput;
}

/** The job to start. */
@InputType({ description: 'The job to start. All violations of all items are reported at once, each with its path.' })
export class CreateTaskContactsInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID.',
  })
  @Conforms(startTaskContactRules.instanceId)
  instanceId?: string | null;

  @Field(() => String, { nullable: true, description: 'A name to show in lists: 0 to 256 characters.' })
  @Conforms(jobRules.name)
  name?: string | null;

  @Field(() => [CreateTaskContactsItemInput], {
    description:
      'The tasks, in the order of their creation: 1 to 1,000. addTaskContactsToJob adds more, up to 100,000.',
  })
  @Conforms(jobRules.items)
  @ConformsInside()
  items!: CreateTaskContactsItemInput[];

  @Field(() => ConnectTaskJobErrorMode, {
    nullable: true,
    defaultValue: 'CONTINUE',
    description: 'What the job does when an item fails.',
  })
  onError?: ErrorMode | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'What is not created by then fails as EXPIRED. Default: no end.',
  })
  notAfter?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Makes repeats safe: the same token and input return the same job, as long as it is kept. At most 500 characters.',
  })
  @Conforms(startTaskContactRules.clientToken)
  clientToken?: string | null;
}

/** Items for a job. */
@InputType({
  description: 'Further items of a job. A repeated request adds nothing twice: items are known by their keys.',
})
export class AddTaskContactsToJobInput {
  @Field(() => ID, { description: 'The job.' })
  jobId!: string;

  @Field(() => [CreateTaskContactsItemInput], { description: 'The tasks, in the order of their creation: 1 to 1,000.' })
  @Conforms(jobRules.items)
  @ConformsInside()
  items!: CreateTaskContactsItemInput[];
}

/** An action on a job. */
@InputType({ description: 'An action on a job.' })
export class ControlConnectTaskJobInput {
  @Field(() => ID, { description: 'The job.' })
  jobId!: string;

  @Field(() => ConnectTaskJobAction, { description: 'The action.' })
  action!: JobAction;
}

/** Arguments that name a job. */
@ArgsType()
export class TaskJobArgs {
  @Field(() => ID, { description: 'The job.' })
  id!: string;
}

/** Arguments of the items of a job. */
@ArgsType()
export class TaskJobItemsArgs {
  @Field(() => ConnectTaskJobItemState, { nullable: true, description: 'Only items in this state. Default: all.' })
  state?: ItemState | null;

  @Field(() => Int, { nullable: true, defaultValue: 25, description: 'Items on the page, 1 to 100.' })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor after which the page begins. Default: the first page.',
  })
  after?: string | null;
}
