import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ATTACHMENT, type Contact } from '../../connect/contact.js';
import { ATTACHMENTS } from '../../connect/limits.js';
import { allowedActions } from '../../connect/contact-state.js';
import type { User } from '../../connect/user.js';
import { ConnectQueue } from '../catalog/queue.type.js';
import { ConnectTaskTemplate } from '../catalog/task-template.type.js';
import { ConnectUser } from '../catalog/user.type.js';
import type { GatewayContext } from '../context.js';
import { ConnectAttachment } from './attachment.type.js';
import { type Known, Lazy } from '../loading/lazy.js';
import { Reads } from '../loading/reads.js';
import { DateTime } from '../values/date-time.js';
import { ConnectAssignmentType, ConnectChannel, ConnectContactAction, ConnectContactState } from '../values/enums.js';
import { ConnectAttribute, ConnectEndpoint, ConnectReference, ConnectTag } from '../values/values.types.js';

/** The fields of a contact that lead to no other contact. */
@ObjectType()
export abstract class ContactDetails {
  @Field(() => ID, {
    description: "The contact's id. Ids made by the embedded engine sort by time. Source: DescribeContact, Id.",
  })
  readonly id: string;

  @Field(() => ID, {
    description: 'The instance that the contact belongs to. Source: the request; an alias is resolved to its id.',
  })
  readonly instanceId: string;

  protected readonly contact: Lazy<Contact>;

  constructor(
    protected readonly context: GatewayContext,
    instanceId: string,
    id: string,
    known: Known<Contact>,
    reported: ReadonlySet<string>,
  ) {
    this.instanceId = instanceId;
    this.id = id;
    this.contact = new Lazy(context.loaders.contacts, { instanceId, id }, known, reported);
  }

  @Field(() => String, { nullable: true, description: 'The Amazon Resource Name. Source: DescribeContact, Arn.' })
  @Reads('DescribeContact', { reportedBy: ['ListAssociatedContacts', 'SearchContacts'] })
  arn() {
    return this.contact.get('arn');
  }

  @Field(() => ConnectChannel, {
    nullable: true,
    description: 'How the contact reaches the contact centre. Source: DescribeContact, Channel.',
  })
  @Reads('DescribeContact', { reportedBy: ['ListAssociatedContacts', 'SearchContacts', 'StartTaskContact'] })
  channel() {
    return this.contact.get('channel');
  }

  @Field(() => String, {
    nullable: true,
    description: "The task's name, as the agent sees it. Source: DescribeContact, Name.",
  })
  @Reads('DescribeContact', { reportedBy: ['SearchContacts', 'StartTaskContact'] })
  name() {
    return this.contact.get('name');
  }

  @Field(() => String, {
    nullable: true,
    description: "The task's description, as the agent sees it. Source: DescribeContact, Description.",
  })
  @Reads('DescribeContact', { reportedBy: ['StartTaskContact'] })
  description() {
    return this.contact.get('description');
  }

  @Field(() => ConnectContactState, {
    nullable: true,
    description:
      'The state at the time of the request. Source: derived from the timestamps of DescribeContact, which reports no state.',
  })
  @Reads('DescribeContact')
  state() {
    return this.contact.get('state');
  }

  @Field(() => [ConnectContactAction], {
    nullable: true,
    description:
      'The actions that its present state allows. Empty for channels other than TASK. Source: derived from channel and state.',
  })
  @Reads('DescribeContact')
  async allowedActions() {
    const channel = await this.contact.get('channel');
    const state = await this.contact.get('state');
    return channel === null || state === null ? null : allowedActions(channel, state);
  }

  @Field(() => String, {
    nullable: true,
    description:
      'How the contact was initiated: API for a created task, TRANSFER for a transferred one, INBOUND and others for calls. A string, because Amazon Connect may add methods. Source: DescribeContact, InitiationMethod.',
  })
  @Reads('DescribeContact', { reportedBy: ['ListAssociatedContacts', 'SearchContacts', 'StartTaskContact'] })
  initiationMethod() {
    return this.contact.get('initiationMethod');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the contact was created. Source: DescribeContact, InitiationTimestamp.',
  })
  @Reads('DescribeContact', { reportedBy: ['ListAssociatedContacts', 'SearchContacts'] })
  initiatedAt() {
    return this.contact.get('initiatedAt');
  }

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the flow starts, or started, for a task that was scheduled. Source: DescribeContact, ScheduledTimestamp.',
  })
  @Reads('DescribeContact', { reportedBy: ['SearchContacts', 'StartTaskContact'] })
  scheduledTime() {
    return this.contact.get('scheduledTime');
  }

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the task expires, counted from scheduledTime, else from initiatedAt. Source: DescribeContact, SegmentAttributes, connect:ContactExpiry.',
  })
  @Reads('DescribeContact', { reportedBy: ['SearchContacts'] })
  expiresAt() {
    return this.contact.get('expiresAt');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the contact ended. Source: DescribeContact, DisconnectTimestamp.',
  })
  @Reads('DescribeContact', { reportedBy: ['ListAssociatedContacts', 'SearchContacts'] })
  endedAt() {
    return this.contact.get('endedAt');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the contact last changed. Source: DescribeContact, LastUpdateTimestamp.',
  })
  @Reads('DescribeContact')
  updatedAt() {
    return this.contact.get('updatedAt');
  }

  @Field(() => String, {
    nullable: true,
    description:
      'Why the contact ended. For tasks: AGENT_COMPLETED, AGENT_DISCONNECT, EXPIRED, CONTACT_FLOW_DISCONNECT, API or OTHER. Source: DescribeContact, DisconnectReason.',
  })
  @Reads('DescribeContact')
  disconnectReason() {
    return this.contact.get('disconnectReason');
  }

  @Field(() => ConnectQueue, {
    nullable: true,
    description: 'The queue that the contact waits in, or came from. Source: DescribeContact, QueueInfo.',
  })
  @Reads('DescribeContact', { reportedBy: ['SearchContacts'] })
  queue() {
    return this.contact.get(
      'queue',
      (queue) => queue && new ConnectQueue(this.context, this.instanceId, queue.id, queue),
    );
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the contact entered the queue. Source: DescribeContact, QueueInfo, EnqueueTimestamp.',
  })
  @Reads('DescribeContact', { reportedBy: ['SearchContacts'] })
  enqueuedAt() {
    return this.contact.get('enqueuedAt');
  }

  @Field(() => ConnectUser, {
    nullable: true,
    description: 'The agent that the contact is, or was, connected to. Source: DescribeContact, AgentInfo.',
  })
  @Reads('DescribeContact', { reportedBy: ['SearchContacts'] })
  agent() {
    return this.contact.get('agent', (agent) => this.#userOf(agent));
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the agent accepted the contact. Source: DescribeContact, AgentInfo, ConnectedToAgentTimestamp.',
  })
  @Reads('DescribeContact', { reportedBy: ['SearchContacts'] })
  connectedToAgentAt() {
    return this.contact.get('connectedToAgentAt');
  }

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the agent began after-contact work. Source: DescribeContact, AgentInfo, AfterContactWorkStartTimestamp.',
  })
  @Reads('DescribeContact')
  afterContactWorkStartedAt() {
    return this.contact.get('afterContactWorkStartedAt');
  }

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the agent ended after-contact work. Source: DescribeContact, AgentInfo, AfterContactWorkEndTimestamp.',
  })
  @Reads('DescribeContact')
  afterContactWorkEndedAt() {
    return this.contact.get('afterContactWorkEndedAt');
  }

  @Field(() => ConnectUser, {
    nullable: true,
    description:
      'The user who created the task, if the request named one. Source: DescribeContact, SegmentAttributes, connect:CreatedByUser.',
  })
  @Reads('DescribeContact', { reportedBy: ['SearchContacts', 'StartTaskContact'] })
  createdBy() {
    return this.contact.get('createdBy', (user) => this.#userOf(user));
  }

  @Field(() => ConnectAssignmentType, {
    nullable: true,
    description:
      'How the task was assigned at its creation; null if its flow decided. Source: DescribeContact, SegmentAttributes, connect:AssignmentType.',
  })
  @Reads('DescribeContact', { reportedBy: ['SearchContacts', 'StartTaskContact'] })
  assignmentType() {
    // A type that the service added later is not in the schema.
    return this.contact.get('assignmentType', (type) => (type === 'SELF' ? type : null));
  }

  @Field(() => ConnectTaskTemplate, {
    nullable: true,
    description: 'The template that the task was created from. Source: DescribeContact, TaskTemplateInfo.',
  })
  @Reads('DescribeContact', { reportedBy: ['StartTaskContact'] })
  taskTemplate() {
    return this.contact.get(
      'taskTemplate',
      (template) => template && new ConnectTaskTemplate(this.context, this.instanceId, template.id, template),
    );
  }

  @Field(() => [ConnectTag], {
    nullable: true,
    description: 'Tags, for reports and permissions: at most 6. Source: DescribeContact, Tags.',
  })
  @Reads('DescribeContact', { reportedBy: ['SearchContacts'] })
  tags() {
    return this.contact.get('tags');
  }

  @Field(() => [ConnectReference], {
    nullable: true,
    description: 'The references that the agent sees with the contact. Source: ListContactReferences.',
  })
  @Reads(['DescribeContact', 'ListContactReferences'], { reportedBy: ['StartTaskContact'] })
  references() {
    // Some adapters read references along with the contact, others by a call of their own.
    return this.#references();
  }

  @Field(() => [ConnectAttachment], {
    nullable: true,
    description: 'The files that are attached to the contact: at most 5 for a task. Source: ListContactReferences.',
  })
  @Reads(['DescribeContact', 'ListContactReferences'], { most: ATTACHMENTS })
  async attachments() {
    const references = await this.#references();
    const files = references?.filter(({ type }) => type === ATTACHMENT);
    return files?.map((file) => new ConnectAttachment(this.context, this.instanceId, this.id, file)) ?? null;
  }

  #references() {
    return this.contact.get('references', (references) => references ?? this.context.loaders.references.load(this));
  }

  /** Reads a metric, unless the contact is known to wait in no queue. */
  #metric(name: 'queuePosition' | 'estimatedWaitSeconds') {
    if (this.#isKnownNotToWait()) return null;
    return this.context.loaders.metrics.load(this, (metrics) => roundedOrNull(metrics?.[name]));
  }

  #isKnownNotToWait(): boolean {
    const { contact } = this;
    const isWithout = (name: 'enqueuedAt') => contact.knows(name) && contact.get(name) === null;
    const has = (name: 'connectedToAgentAt' | 'endedAt') => contact.knows(name) && contact.get(name) !== null;
    return isWithout('enqueuedAt') || has('connectedToAgentAt') || has('endedAt');
  }

  #userOf(user: (Known<User> & { readonly id: string }) | null): ConnectUser | null {
    return user && new ConnectUser(this.context, this.instanceId, user.id, user);
  }

  @Field(() => Int, {
    nullable: true,
    description: 'How often the contact was paused: 0 to 10. Source: DescribeContact, TotalPauseCount.',
  })
  @Reads('DescribeContact')
  pauseCount() {
    return this.contact.get('pauseCount');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the contact was last paused. Source: DescribeContact, LastPausedTimestamp.',
  })
  @Reads('DescribeContact')
  pausedAt() {
    return this.contact.get('pausedAt');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the contact was last resumed. Source: DescribeContact, LastResumedTimestamp.',
  })
  @Reads('DescribeContact')
  resumedAt() {
    return this.contact.get('resumedAt');
  }

  @Field(() => String, {
    nullable: true,
    description:
      'The priority in a queue: 1 (first) to 9,223,372,036,854,775,807, so a string. Amazon Connect starts with 5. Source: DescribeContact, QueuePriority.',
  })
  @Reads('DescribeContact')
  queuePriority() {
    return this.contact.get('queuePriority');
  }

  @Field(() => Int, {
    nullable: true,
    description:
      'Seconds that are added to the time in a queue; null if nothing changed it. Source: DescribeContact, QueueTimeAdjustmentSeconds.',
  })
  @Reads('DescribeContact')
  queueTimeAdjustmentSeconds() {
    return this.contact.get('queueTimeAdjustmentSeconds');
  }

  @Field(() => Int, {
    nullable: true,
    description:
      'Its place in the queue: 1 is next. Null if it waits in none, or if Amazon Connect does not report it. Source: GetContactMetrics, POSITION_IN_QUEUE.',
  })
  @Reads('GetContactMetrics')
  queuePosition() {
    return this.#metric('queuePosition');
  }

  @Field(() => Int, {
    nullable: true,
    description:
      'The predicted seconds until an agent has it. Null if it waits in no queue, or if Amazon Connect does not report it. Source: GetContactMetrics, ESTIMATED_WAIT_TIME.',
  })
  @Reads('GetContactMetrics')
  estimatedWaitSeconds() {
    return this.#metric('estimatedWaitSeconds');
  }

  @Field(() => [ConnectAttribute], {
    nullable: true,
    description:
      "The contact's own user-defined segment attributes, which its chain does not share. Null: none. Source: DescribeContact, SegmentAttributes.",
  })
  @Reads('DescribeContact', { reportedBy: ['StartTaskContact'] })
  segmentAttributes() {
    return this.contact.get('segmentAttributes');
  }

  @Field(() => ConnectEndpoint, {
    nullable: true,
    description:
      'How a linked call, chat or e-mail reaches its customer; null for tasks. Source: DescribeContact, CustomerEndpoint.',
  })
  @Reads('DescribeContact')
  customerEndpoint() {
    return this.contact.get('customerEndpoint');
  }
}

function roundedOrNull(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value);
}
