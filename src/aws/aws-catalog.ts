import {
  DescribeContactFlowCommand,
  DescribeInstanceCommand,
  DescribeQueueCommand,
  DescribeQuickConnectCommand,
  DescribeUserCommand,
  GetTaskTemplateCommand,
  ListContactFlowsCommand,
  ListInstancesCommand,
  ListQueuesCommand,
  ListQuickConnectsCommand,
  ListTaskTemplatesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-connect';
import type { Answers, CallOptions, Page } from '../connect/call.js';
import type {
  Catalog,
  ContactFlow,
  ContactFlowsRequest,
  Instance,
  InstancesRequest,
  ListContactFlowsRequest,
  ListInstancesRequest,
  ListQuickConnectsRequest,
  ListTaskTemplatesRequest,
  QuickConnect,
  QuickConnectsRequest,
  QuickConnectSummary,
  TaskTemplatesRequest,
} from '../connect/catalog.js';
import type { ListQueuesRequest, Queue, QueuesRequest } from '../connect/queue.js';
import type { GetTaskTemplateRequest, TaskTemplate, TaskTemplateSummary } from '../connect/task-template.js';
import type { ListUsersRequest, User, UsersRequest } from '../connect/user.js';
import { given } from '../util/given.js';
import { AwsContactReads } from './aws-contact-reads.js';
import { factsOf } from './call-facts.js';
import {
  toFlow,
  toInstance,
  toListedFlow,
  toListedQueue,
  toListedQuickConnect,
  toQueue,
  toQuickConnect,
  toUser,
} from './to-catalog.js';
import { toListedTemplate, toTaskTemplate } from './to-task-template.js';

/** The suffix of a flow's id that reads its saved content, published or not (DescribeContactFlow, ContactFlowId). */
const SAVED = ':$SAVED';

/**
 * Reads of the catalogue. Pages are in the API's order. Reads by id cost one call each, because the API has none for
 * several ids.
 */
export class AwsCatalog extends AwsContactReads implements Omit<Catalog, 'createTaskTemplate'> {
  async listContactFlows(request: ListContactFlowsRequest, options?: CallOptions): Promise<Page<ContactFlow>> {
    const { instanceId, types, maxResults, nextToken } = request;
    const { ContactFlowSummaryList, NextToken } = await this.service.read(
      factsOf('ListContactFlows', request),
      (client, how) =>
        client.send(
          new ListContactFlowsCommand({
            InstanceId: instanceId,
            ContactFlowTypes: types && ([...types] as never),
            MaxResults: maxResults,
            NextToken: nextToken,
          }),
          how,
        ),
      options,
    );
    return pageOf(ContactFlowSummaryList, NextToken, (summary) => toListedFlow(instanceId, summary));
  }

  /** Reads flows. A flow that was never published costs a second call, for its saved content. */
  async describeContactFlows(
    { instanceId, contactFlowIds: ids }: ContactFlowsRequest,
    options?: CallOptions,
  ): Promise<Answers<ContactFlow>> {
    const read = (requested: readonly string[], suffix: string) =>
      this.service.readEach(
        requested,
        (contactFlowId) => factsOf('DescribeContactFlow', { instanceId, contactFlowId }),
        (id) => (client, how) =>
          client.send(new DescribeContactFlowCommand({ InstanceId: instanceId, ContactFlowId: id + suffix }), how),
        ({ ContactFlow }) => (ContactFlow ? toFlow(instanceId, ContactFlow) : null),
        options,
      );
    const published = await read(ids, '');
    const unpublished = ids.filter((_, index) => isUnpublished(published[index]));
    if (unpublished.length === 0) return published;
    const saved = await read(unpublished, SAVED);
    const bySavedId = new Map(unpublished.map((id, index) => [id, saved[index] ?? null]));
    return ids.map((id, index) => bySavedId.get(id) ?? published[index] ?? null);
  }

  async listQuickConnects(
    request: ListQuickConnectsRequest,
    options?: CallOptions,
  ): Promise<Page<QuickConnectSummary>> {
    const { instanceId, types, maxResults, nextToken } = request;
    const { QuickConnectSummaryList, NextToken } = await this.service.read(
      factsOf('ListQuickConnects', request),
      (client, how) =>
        client.send(
          new ListQuickConnectsCommand({
            InstanceId: instanceId,
            QuickConnectTypes: types && [...types],
            MaxResults: maxResults,
            NextToken: nextToken,
          }),
          how,
        ),
      options,
    );
    return pageOf(QuickConnectSummaryList, NextToken, (summary) => toListedQuickConnect(instanceId, summary));
  }

  describeQuickConnects(
    { instanceId, quickConnectIds: ids }: QuickConnectsRequest,
    options?: CallOptions,
  ): Promise<Answers<QuickConnect>> {
    return this.service.readEach(
      ids,
      (quickConnectId) => factsOf('DescribeQuickConnect', { instanceId, quickConnectId }),
      (QuickConnectId) => (client, how) =>
        client.send(new DescribeQuickConnectCommand({ InstanceId: instanceId, QuickConnectId }), how),
      ({ QuickConnect }) => (QuickConnect ? toQuickConnect(instanceId, QuickConnect) : null),
      options,
    );
  }

  async listTaskTemplates(
    request: ListTaskTemplatesRequest,
    options?: CallOptions,
  ): Promise<Page<TaskTemplateSummary>> {
    const { instanceId, status, name, maxResults, nextToken } = request;
    const { TaskTemplates, NextToken } = await this.service.read(
      factsOf('ListTaskTemplates', request),
      (client, how) =>
        client.send(
          new ListTaskTemplatesCommand({
            InstanceId: instanceId,
            Status: status,
            Name: name,
            MaxResults: maxResults,
            NextToken: nextToken,
          }),
          how,
        ),
      options,
    );
    return pageOf(TaskTemplates, NextToken, (summary) => toListedTemplate(instanceId, summary));
  }

  getTaskTemplates(
    { instanceId, taskTemplateIds: ids }: TaskTemplatesRequest,
    options?: CallOptions,
  ): Promise<Answers<TaskTemplate>> {
    return this.service.readEach(
      ids,
      (taskTemplateId) => factsOf('GetTaskTemplate', { instanceId, taskTemplateId }),
      (TaskTemplateId) => (client, how) =>
        client.send(new GetTaskTemplateCommand({ InstanceId: instanceId, TaskTemplateId }), how),
      (output) => toTaskTemplate(instanceId, output),
      options,
    );
  }

  async getTaskTemplate(request: GetTaskTemplateRequest, options?: CallOptions): Promise<TaskTemplate> {
    const { instanceId, taskTemplateId, snapshotVersion } = request;
    const output = await this.service.read(
      factsOf('GetTaskTemplate', request),
      (client, how) =>
        client.send(
          new GetTaskTemplateCommand({
            InstanceId: instanceId,
            TaskTemplateId: taskTemplateId,
            SnapshotVersion: snapshotVersion,
          }),
          how,
        ),
      options,
    );
    return toTaskTemplate(instanceId, output);
  }

  async listQueues(request: ListQueuesRequest, options?: CallOptions): Promise<Page<Queue>> {
    const { instanceId, types, maxResults, nextToken } = request;
    const { QueueSummaryList, NextToken } = await this.service.read(
      factsOf('ListQueues', request),
      (client, how) =>
        client.send(
          new ListQueuesCommand({
            InstanceId: instanceId,
            QueueTypes: types && [...types],
            MaxResults: maxResults,
            NextToken: nextToken,
          }),
          how,
        ),
      options,
    );
    return pageOf(QueueSummaryList, NextToken, (summary) => toListedQueue(instanceId, summary));
  }

  describeQueues({ instanceId, queueIds: ids }: QueuesRequest, options?: CallOptions): Promise<Answers<Queue>> {
    return this.service.readEach(
      ids,
      (queueId) => factsOf('DescribeQueue', { instanceId, queueId }),
      (QueueId) => (client, how) => client.send(new DescribeQueueCommand({ InstanceId: instanceId, QueueId }), how),
      ({ Queue }) => (Queue ? toQueue(instanceId, Queue) : null),
      options,
    );
  }

  async listUsers(request: ListUsersRequest, options?: CallOptions): Promise<Page<User>> {
    const { instanceId, maxResults, nextToken } = request;
    const { UserSummaryList, NextToken } = await this.service.read(
      factsOf('ListUsers', request),
      (client, how) =>
        client.send(
          new ListUsersCommand({ InstanceId: instanceId, MaxResults: maxResults, NextToken: nextToken }),
          how,
        ),
      options,
    );
    return pageOf(UserSummaryList, NextToken, (summary) => toUser(instanceId, summary));
  }

  describeUsers({ instanceId, userIds: ids }: UsersRequest, options?: CallOptions): Promise<Answers<User>> {
    return this.service.readEach(
      ids,
      (userId) => factsOf('DescribeUser', { instanceId, userId }),
      (UserId) => (client, how) => client.send(new DescribeUserCommand({ InstanceId: instanceId, UserId }), how),
      ({ User }) => (User ? toUser(instanceId, User) : null),
      options,
    );
  }

  async listInstances({ maxResults, nextToken }: ListInstancesRequest, options?: CallOptions): Promise<Page<Instance>> {
    const { InstanceSummaryList, NextToken } = await this.service.read(
      factsOf('ListInstances', {}),
      (client, how) => client.send(new ListInstancesCommand({ MaxResults: maxResults, NextToken: nextToken }), how),
      options,
    );
    return pageOf(InstanceSummaryList, NextToken, toInstance);
  }

  describeInstances({ instanceIds: ids }: InstancesRequest, options?: CallOptions): Promise<Answers<Instance>> {
    return this.service.readEach(
      ids,
      (instanceId) => factsOf('DescribeInstance', { instanceId }),
      (InstanceId) => (client, how) => client.send(new DescribeInstanceCommand({ InstanceId }), how),
      ({ Instance }) => (Instance ? toInstance(Instance) : null),
      options,
    );
  }
}

/** Returns whether an answer is ContactFlowNotPublishedException, which is an InvalidRequestException in the port. */
function isUnpublished(answer: Answers<ContactFlow>[number] | undefined): boolean {
  return answer instanceof Error && answer.code === 'InvalidRequestException';
}

function pageOf<Summary, Item>(
  list: readonly Summary[] | undefined,
  nextToken: string | undefined,
  toItem: (summary: Summary) => Item,
): Page<Item> {
  return { items: (list ?? []).map(toItem), ...given({ nextToken: nextToken || undefined }) };
}
