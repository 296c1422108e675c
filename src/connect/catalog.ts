import type { Answers, CallOptions, Page, PageRequest } from './call.js';
import type { ListQueuesRequest, Queue, QueuesRequest } from './queue.js';
import type {
  CreateTaskTemplateRequest,
  CreateTaskTemplateResult,
  GetTaskTemplateRequest,
  TaskTemplate,
  TaskTemplateSummary,
} from './task-template.js';
import type { ListUsersRequest, User, UsersRequest } from './user.js';

/** The types of contact flows (service model, ContactFlowType). */
export const CONTACT_FLOW_TYPES = [
  'CONTACT_FLOW',
  'CUSTOMER_QUEUE',
  'CUSTOMER_HOLD',
  'CUSTOMER_WHISPER',
  'AGENT_HOLD',
  'AGENT_WHISPER',
  'OUTBOUND_WHISPER',
  'AGENT_TRANSFER',
  'QUEUE_TRANSFER',
  'CAMPAIGN',
] as const;

/**
 * The flow types that can start a task (administrator guide, flow types). CUSTOMER_QUEUE and AGENT_WHISPER can continue
 * a task, but not start one. The other types are for voice or campaigns.
 */
export const TASK_FLOW_TYPES: readonly string[] = ['CONTACT_FLOW', 'QUEUE_TRANSFER', 'AGENT_TRANSFER'];

/**
 * Maximum number of calls that read any number of queues, or of users, before a real instance. More than 5 of them are
 * read by a list, whose 5 pages hold 5,000.
 */
export const MAX_CALLS_OF_NAMES = 5;

/** An Amazon Connect instance. */
export interface Instance {
  readonly id: string;
  readonly arn: string;
  readonly alias?: string;
  readonly createdAt?: Date;
}

/** A contact flow. */
export interface ContactFlow {
  readonly instanceId: string;
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** One of {@link CONTACT_FLOW_TYPES}, or a type that the service added later. */
  readonly type: string;
  readonly state: 'ACTIVE' | 'ARCHIVED';
  readonly status: 'PUBLISHED' | 'SAVED';
  readonly description?: string;
}

/** Returns whether a flow can start a task, by its type, state and status. */
export function canStartTask(flow: Pick<ContactFlow, 'type' | 'state' | 'status'>): boolean {
  return flow.state === 'ACTIVE' && flow.status === 'PUBLISHED' && TASK_FLOW_TYPES.includes(flow.type);
}

/** The types of quick connects (service model, QuickConnectType). */
export const QUICK_CONNECT_TYPES = ['USER', 'QUEUE', 'PHONE_NUMBER', 'FLOW'] as const;

/** One of {@link QUICK_CONNECT_TYPES}. */
export type QuickConnectType = (typeof QUICK_CONNECT_TYPES)[number];

/** A quick connect, as ListQuickConnects returns it. */
export interface QuickConnectSummary {
  readonly instanceId: string;
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: QuickConnectType;
}

/** A quick connect, as DescribeQuickConnect returns it. */
export interface QuickConnect extends QuickConnectSummary {
  readonly description?: string;
  /** Absent for a phone number. */
  readonly contactFlowId?: string;
  readonly queueId?: string;
  readonly userId?: string;
  readonly phoneNumber?: string;
}

/** A request of ListContactFlows. maxResults: 1 to 1000. Default: 100. */
export interface ListContactFlowsRequest extends PageRequest {
  readonly instanceId: string;
  /** Default: all types. */
  readonly types?: readonly string[];
}

/** A request of ListQuickConnects. maxResults: 1 to 1000. Default: 100. */
export interface ListQuickConnectsRequest extends PageRequest {
  readonly instanceId: string;
  /** Default: all types. */
  readonly types?: readonly QuickConnectType[];
}

/** A request of ListTaskTemplates. maxResults: 1 to 100. Default: 100. */
export interface ListTaskTemplatesRequest extends PageRequest {
  readonly instanceId: string;
  readonly status?: 'ACTIVE' | 'INACTIVE';
  /** The complete name. Default: any name. */
  readonly name?: string;
}

/** A request of ListInstances. maxResults: 1 to 10. Default: 10. */
export type ListInstancesRequest = PageRequest;

/** A request that reads contact flows. */
export interface ContactFlowsRequest {
  readonly instanceId: string;
  /** Answered in this order, as in every batch read. */
  readonly contactFlowIds: readonly string[];
}

/** A request that reads quick connects. */
export interface QuickConnectsRequest {
  readonly instanceId: string;
  readonly quickConnectIds: readonly string[];
}

/** A request that reads task templates. */
export interface TaskTemplatesRequest {
  readonly instanceId: string;
  readonly taskTemplateIds: readonly string[];
}

/** A request that reads instances. */
export interface InstancesRequest {
  readonly instanceIds: readonly string[];
}

/** The parts of Amazon Connect's configuration that the gateway reads, and the templates that it creates. */
export interface Catalog {
  /** Lists the instance's flows by name, then id. */
  listContactFlows(request: ListContactFlowsRequest, options?: CallOptions): Promise<Page<ContactFlow>>;

  /** Reads flows. */
  describeContactFlows(request: ContactFlowsRequest, options?: CallOptions): Promise<Answers<ContactFlow>>;

  /** Lists the instance's quick connects by name, then id. */
  listQuickConnects(request: ListQuickConnectsRequest, options?: CallOptions): Promise<Page<QuickConnectSummary>>;

  /** Reads quick connects. */
  describeQuickConnects(request: QuickConnectsRequest, options?: CallOptions): Promise<Answers<QuickConnect>>;

  /** Lists the instance's task templates by name, then id. */
  listTaskTemplates(request: ListTaskTemplatesRequest, options?: CallOptions): Promise<Page<TaskTemplateSummary>>;

  /** Reads task templates. */
  getTaskTemplates(request: TaskTemplatesRequest, options?: CallOptions): Promise<Answers<TaskTemplate>>;

  /** Reads one version of a task template. A version that does not exist is not found. */
  getTaskTemplate(request: GetTaskTemplateRequest, options?: CallOptions): Promise<TaskTemplate>;

  /** Creates a task template. */
  createTaskTemplate(request: CreateTaskTemplateRequest, options?: CallOptions): Promise<CreateTaskTemplateResult>;

  /** Lists the instance's queues by name, then id. */
  listQueues(request: ListQueuesRequest, options?: CallOptions): Promise<Page<Queue>>;

  /** Reads queues. */
  describeQueues(request: QueuesRequest, options?: CallOptions): Promise<Answers<Queue>>;

  /** Lists the instance's users by username, then id. */
  listUsers(request: ListUsersRequest, options?: CallOptions): Promise<Page<User>>;

  /** Reads users. */
  describeUsers(request: UsersRequest, options?: CallOptions): Promise<Answers<User>>;

  /** Lists the instances. */
  listInstances(request: ListInstancesRequest, options?: CallOptions): Promise<Page<Instance>>;

  /** Reads instances. */
  describeInstances(request: InstancesRequest, options?: CallOptions): Promise<Answers<Instance>>;
}
