import { Directive, Field, ID, InputType, Int } from 'type-graphql';
import { Conforms, ConformsInside } from '../../validation/conforms.js';
import { startTaskContactRules as rules } from '../../validation/requests/start-task-contact.js';
import type { AssignmentType } from '../../connect/start-task-contact.js';
import { DateTime } from '../values/date-time.js';
import { ConnectAssignmentType } from '../values/enums.js';
import { ConnectAttachmentInput, ConnectAttributeInput, ConnectReferenceInput } from '../values/values.inputs.js';

/** The flow source of a task. */
@InputType({
  description:
    'The source of the flow that starts the task. Exactly one member, because Amazon Connect runs exactly one flow for a task.',
})
@Directive('@oneOf')
export class ConnectFlowSourceInput {
  @Field(() => ID, { nullable: true, description: 'A contact flow, by its id: 1 to 500 characters.' })
  @Conforms(rules.contactFlowId)
  contactFlowId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A quick connect, by its id: its flow runs. Type PHONE_NUMBER has no flow and is refused.',
  })
  @Conforms(rules.quickConnectId)
  quickConnectId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'A task template, by its id, 1 to 500 characters: its flow runs, and the task is validated against its fields.',
  })
  @Conforms(rules.taskTemplateId)
  taskTemplateId?: string | null;
}

/** The link of a task. */
@InputType({
  description:
    'A link to another contact. Exactly one member: previousContactId joins the chain and shares its attributes (at most 12 linked tasks in a chain); relatedContactId copies the attributes once, without limit.',
})
@Directive('@oneOf')
export class ConnectContactLinkInput {
  @Field(() => ID, {
    nullable: true,
    description: 'A chat, voice or task contact whose chain the task joins: 1 to 256 characters.',
  })
  @Conforms(rules.previousContactId)
  previousContactId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A contact whose attributes the task copies; afterwards the two are independent: 1 to 256 characters.',
  })
  @Conforms(rules.relatedContactId)
  relatedContactId?: string | null;
}

/** The task to create. */
@InputType({ description: 'The task to create. All violations are reported at once, each with its path.' })
export class CreateTaskContactInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The Amazon Connect instance, by id or alias, 1 to 100 characters. Default: CONNECT_INSTANCE_ID.',
  })
  @Conforms(rules.instanceId)
  instanceId?: string | null;

  @Field(() => String, {
    description: "The task's name, as the agent sees it: 0 to 512 characters; 1,024 before a real instance.",
  })
  @Conforms(rules.name)
  name!: string;

  @Field(() => ConnectFlowSourceInput, { description: 'The flow source: exactly one member.' })
  @ConformsInside()
  flow!: ConnectFlowSourceInput;

  @Field(() => String, {
    nullable: true,
    description: "The task's description, as the agent sees it: 0 to 4,096 characters.",
  })
  @Conforms(rules.description)
  description?: string | null;

  @Field(() => [ConnectAttributeInput], {
    nullable: true,
    description: 'Attributes for the flow: at most 32,768 bytes of UTF-8 over all keys and values.',
  })
  @Conforms(rules.attributes)
  attributes?: ConnectAttributeInput[] | null;

  @Field(() => [ConnectReferenceInput], {
    nullable: true,
    description: 'Labelled values for the agent: at most 4,096 bytes of UTF-8 over all of them.',
  })
  @Conforms(rules.references)
  references?: ConnectReferenceInput[] | null;

  @Field(() => [ConnectAttachmentInput], { nullable: true, description: 'Files for the agent: at most 5.' })
  @Conforms(rules.attachments)
  attachments?: ConnectAttachmentInput[] | null;

  @Field(() => [ConnectAttributeInput], {
    nullable: true,
    description:
      'Segment attributes of this contact alone: its chain does not share them. Keys: 1 to 128 letters, digits, - and _. Values: at most 1,024 characters. Amazon Connect accepts keys that are predefined attributes of the instance.',
  })
  @Conforms(rules.segmentAttributes)
  segmentAttributes?: ConnectAttributeInput[] | null;

  @Field(() => ID, { nullable: true, description: 'The Connect user who creates the task: 1 to 256 characters.' })
  @Conforms(rules.createdByUserId)
  createdByUserId?: string | null;

  @Field(() => ConnectAssignmentType, {
    nullable: true,
    description:
      'SELF: the task goes to its creator. Requires createdByUserId and a task template with a self-assign flow. Default: the flow decides.',
  })
  @Conforms(rules.assignmentType)
  assignmentType?: AssignmentType | null;

  @Field(() => ConnectContactLinkInput, {
    nullable: true,
    description: 'A link to another contact: exactly one member. Default: the task starts a chain of its own.',
  })
  @ConformsInside()
  link?: ConnectContactLinkInput | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the flow starts: not in the past, to the second; at most 6 days ahead by the API reference, 90 days before a real instance. Default: at once.',
  })
  scheduledTime?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes after its start until the task expires: 1 to 129,600. Default: 10,080 (7 days).',
  })
  @Conforms(rules.expiryMinutes)
  expiryMinutes?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Makes repeats safe: for 7 days the same token and input return the same contact; another input is an error. At most 500 characters, case-sensitive.',
  })
  @Conforms(rules.clientToken)
  clientToken?: string | null;
}
