import { Directive, Field, ID, InputType } from 'type-graphql';
import { Conforms, ConformsInside } from '../../validation/conforms.js';
import { lifecycleRules as rules } from '../../validation/requests/lifecycle.js';
import { DateTime } from '../values/date-time.js';
import { ConnectAttributeInput, ConnectReferenceInput, ConnectTagInput } from '../values/values.inputs.js';

/** The contact that a mutation is about. */
function ContactId(): PropertyDecorator {
  return all(
    Field(() => ID, { description: "The contact's id: 1 to 256 characters." }),
    Conforms(rules.contactId),
  );
}

/** The instance that it belongs to. */
function InstanceId(): PropertyDecorator {
  return all(
    Field(() => ID, {
      nullable: true,
      description: 'The Amazon Connect instance, by id or alias. Omitted: the configured default.',
    }),
    Conforms(rules.instanceId),
  );
}

function all(...decorators: readonly (PropertyDecorator | MethodDecorator)[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) (decorate as PropertyDecorator)(target, property);
  };
}

/** For updateConnectSharedAttributes. */
@InputType({ description: 'Which attributes to merge into the set that the whole chain shares.' })
export class UpdateConnectSharedAttributesInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => [ConnectAttributeInput], {
    description:
      'They overwrite equal keys; the set may have 32,768 bytes of UTF-8 in all. A key cannot be taken away.',
  })
  @Conforms(rules.attributes)
  attributes!: ConnectAttributeInput[];
}

/** For updateTaskContact. */
@InputType({ description: 'What to change of a task, ended or not: at least one of name, description and references.' })
export class UpdateTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => String, { nullable: true, description: 'Its new name: 0 to 512 characters.' })
  @Conforms(rules.name)
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Its new description: 0 to 4,096 characters.' })
  @Conforms(rules.description)
  description?: string | null;

  @Field(() => [ConnectReferenceInput], {
    nullable: true,
    description: 'Each replaces the reference of its name, or is added; the others stay.',
  })
  @Conforms(rules.references)
  references?: ConnectReferenceInput[] | null;
}

/** For rescheduleTaskContact. */
@InputType({ description: 'Another time for a task that still waits for its present one.' })
export class RescheduleTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => DateTime, { description: 'When the flow starts: not in the past, at most 6 days ahead, to the second.' })
  scheduledTime!: Date;
}

/** For pauseTaskContact. */
@InputType({ description: 'Which task to pause.' })
export class PauseTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A contact flow to run for it: 1 to 500 characters.' })
  @Conforms(rules.contactFlowId)
  contactFlowId?: string | null;
}

/** For resumeTaskContact. */
@InputType({ description: 'Which task to resume.' })
export class ResumeTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A contact flow to run for it: 1 to 500 characters.' })
  @Conforms(rules.contactFlowId)
  contactFlowId?: string | null;
}

/** Where a task goes. */
@InputType({ description: 'Where the task goes: exactly one of the two.' })
@Directive('@oneOf')
export class ConnectTransferTargetInput {
  @Field(() => ID, { nullable: true, description: "A queue's id." })
  @Conforms(rules.queueId)
  queueId?: string | null;

  @Field(() => ID, { nullable: true, description: "An agent's user id: 1 to 256 characters." })
  @Conforms(rules.userId)
  userId?: string | null;
}

/** For transferTaskContact. */
@InputType({ description: 'Which task to hand over, and where to.' })
export class TransferTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => ID, { description: 'The contact flow that carries the task on: 1 to 500 characters.' })
  @Conforms(rules.contactFlowId)
  contactFlowId!: string;

  @Field(() => ConnectTransferTargetInput, { description: 'Where the task goes: exactly one target.' })
  @ConformsInside()
  target!: ConnectTransferTargetInput;

  @Field(() => ID, {
    nullable: true,
    description: 'Makes a repeat safe, as at creation: at most 500 characters, case-sensitive.',
  })
  @Conforms(rules.clientToken)
  clientToken?: string | null;
}

/** For stopTaskContact. */
@InputType({ description: 'Which task to end.' })
export class StopTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;
}

/** For tagTaskContact. */
@InputType({ description: 'Which tags to add.' })
export class TagTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => [ConnectTagInput], { description: '1 to 6 tags, each key once. An equal key gets the new value.' })
  @Conforms(rules.tags)
  tags!: ConnectTagInput[];
}

/** For untagTaskContact. */
@InputType({ description: 'Which tags to take off.' })
export class UntagTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => [String], { description: '1 to 6 keys. Those that the contact does not have are let through.' })
  @Conforms(rules.keys)
  keys!: string[];
}
