import { Directive, Field, ID, InputType, Int } from 'type-graphql';
import { Conforms, ConformsInside } from '../../validation/conforms.js';
import { lifecycleRules as rules } from '../../validation/requests/lifecycle.js';
import { DateTime } from '../values/date-time.js';
import { ConnectAttributeInput, ConnectReferenceInput, ConnectTagInput } from '../values/values.inputs.js';

/** The contact of a mutation. */
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
      description: 'The Amazon Connect instance, by id or alias. Default: CONNECT_INSTANCE_ID.',
    }),
    Conforms(rules.instanceId),
  );
}

function all(...decorators: readonly (PropertyDecorator | MethodDecorator)[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) (decorate as PropertyDecorator)(target, property);
  };
}

/** Input of updateConnectSharedAttributes. */
@InputType({ description: 'Attributes to merge into the set that the whole chain shares.' })
export class UpdateConnectSharedAttributesInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => [ConnectAttributeInput], {
    description: 'They overwrite equal keys. The set has at most 32,768 bytes of UTF-8. Keys cannot be removed.',
  })
  @Conforms(rules.attributes)
  attributes!: ConnectAttributeInput[];
}

/** Input of updateTaskContact. */
@InputType({ description: 'Changes to a task, ended or not: at least one member besides the ids.' })
export class UpdateTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The new name: 0 to 512 characters; 1,024 before a real instance.',
  })
  @Conforms(rules.name)
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The new description: 0 to 4,096 characters.' })
  @Conforms(rules.description)
  description?: string | null;

  @Field(() => [ConnectReferenceInput], {
    nullable: true,
    description:
      'Each replaces the reference of the same name or is added; others stay. At most 4,096 bytes of UTF-8 over all references of the task.',
  })
  @Conforms(rules.references)
  references?: ConnectReferenceInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes after its start until the task expires: 1 to 129,600.',
  })
  @Conforms(rules.expiryMinutes)
  expiryMinutes?: number | null;

  @Field(() => [ConnectAttributeInput], {
    nullable: true,
    description:
      "Each replaces the contact's own segment attribute of the same key or is added; others stay. Keys: 1 to 128 letters, digits, - and _. Values: at most 1,024 characters.",
  })
  @Conforms(rules.segmentAttributes)
  segmentAttributes?: ConnectAttributeInput[] | null;
}

/** Input of rescheduleTaskContact. */
@InputType({ description: 'A new time for a task that is still SCHEDULED.' })
export class RescheduleTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => DateTime, {
    description:
      'When the flow starts: not in the past, to the second; at most 6 days ahead by the API reference, 90 days before a real instance.',
  })
  scheduledTime!: Date;
}

/** Input of pauseTaskContact. */
@InputType({ description: 'The task to pause.' })
export class PauseTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A contact flow to run, by its id: 1 to 500 characters.' })
  @Conforms(rules.contactFlowId)
  contactFlowId?: string | null;
}

/** Input of resumeTaskContact. */
@InputType({ description: 'The task to resume.' })
export class ResumeTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A contact flow to run, by its id: 1 to 500 characters.' })
  @Conforms(rules.contactFlowId)
  contactFlowId?: string | null;
}

/** The target of a transfer. */
@InputType({ description: 'The target of a transfer: exactly one member.' })
@Directive('@oneOf')
export class ConnectTransferTargetInput {
  @Field(() => ID, { nullable: true, description: "A queue's id." })
  @Conforms(rules.queueId)
  queueId?: string | null;

  @Field(() => ID, { nullable: true, description: "An agent's user id: 1 to 256 characters." })
  @Conforms(rules.userId)
  userId?: string | null;
}

/** Input of transferTaskContact. */
@InputType({ description: 'The task to transfer, and where to.' })
export class TransferTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => ID, { description: 'The contact flow of the new contact, by its id: 1 to 500 characters.' })
  @Conforms(rules.contactFlowId)
  contactFlowId!: string;

  @Field(() => ConnectTransferTargetInput, {
    nullable: true,
    description: 'The target: exactly one member. Default: the contact flow decides.',
  })
  @ConformsInside()
  target?: ConnectTransferTargetInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Makes repeats safe, as at creation: at most 500 characters, case-sensitive.',
  })
  @Conforms(rules.clientToken)
  clientToken?: string | null;
}

/** Input of stopTaskContact. */
@InputType({ description: 'The task to end.' })
export class StopTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;
}

/** Input of assignTaskContact. */
@InputType({ description: 'The waiting task, and the agent who gets it.' })
export class AssignTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => ID, { description: "The agent's user id: 1 to 256 characters." })
  @Conforms(rules.userId)
  userId!: string;
}

/** Input of changeTaskContactTemplate. */
@InputType({ description: 'The task, and its new template.' })
export class ChangeTaskContactTemplateInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => ID, { description: 'An active task template, by its id: 1 to 500 characters.' })
  @Conforms(rules.taskTemplateId)
  taskTemplateId!: string;
}

/** The place of a task in its queue. */
@InputType({ description: 'The place of a task in its queue: exactly one member.' })
@Directive('@oneOf')
export class ConnectRoutingInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The priority, in decimal digits: 1 (first) to 9,223,372,036,854,775,807. A string, because a number cannot hold them all. New tasks have 5.',
  })
  @Conforms(rules.queuePriority)
  queuePriority?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Seconds that are added to the time that the task has waited; negative: subtracted.',
  })
  @Conforms(rules.queueTimeAdjustmentSeconds)
  queueTimeAdjustmentSeconds?: number | null;
}

/** Input of updateTaskContactRouting. */
@InputType({ description: 'The task, and its new place in its queue.' })
export class UpdateTaskContactRoutingInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => ConnectRoutingInput, { description: 'The new place: exactly one member.' })
  @ConformsInside()
  routing!: ConnectRoutingInput;
}

/** Input of tagTaskContact. */
@InputType({ description: 'The tags to add.' })
export class TagTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => [ConnectTagInput], { description: '1 to 6 tags, each key once. An equal key gets the new value.' })
  @Conforms(rules.tags)
  tags!: ConnectTagInput[];
}

/** Input of untagTaskContact. */
@InputType({ description: 'The tags to remove.' })
export class UntagTaskContactInput {
  @ContactId()
  contactId!: string;

  @InstanceId()
  instanceId?: string | null;

  @Field(() => [String], { description: '1 to 6 keys. Unknown keys are ignored.' })
  @Conforms(rules.keys)
  keys!: string[];
}
