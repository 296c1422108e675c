import {
  DescribeContactFlowCommand,
  DescribeInstanceCommand,
  DescribeQuickConnectCommand,
  GetTaskTemplateCommand,
  ListContactFlowsCommand,
  ListInstancesCommand,
  ListQuickConnectsCommand,
  ListTaskTemplatesCommand,
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
import type { GetTaskTemplateRequest, TaskTemplate, TaskTemplateSummary } from '../connect/task-template.js';
import { given } from '../util/given.js';
import { AwsContactReads } from './aws-contact-reads.js';
import { factsOf } from './call-facts.js';
import { toFlow, toInstance, toListedFlow, toListedQuickConnect, toQuickConnect } from './to-catalog.js';
import { toListedTemplate, toTaskTemplate } from './to-task-template.js';

/** What follows an unpublished flow's id to read it all the same (DescribeContactFlow, ContactFlowId). */
const SAVED = ':$SAVED';

/** The catalogue: pages as the API gives them, in its order; things by id with a call each, since there is none for several. */
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
    return pageOf(ContactFlowSummaryList, NextToken, (told) => toListedFlow(instanceId, told));
  }

  /** A flow that was never published is read by its saved content: one call more. */
  async describeContactFlows(
    { instanceId, contactFlowIds: ids }: ContactFlowsRequest,
    options?: CallOptions,
  ): Promise<Answers<ContactFlow>> {
    const read = (asked: readonly string[], suffix: string) =>
      this.service.readEach(
        asked,
        (contactFlowId) => factsOf('DescribeContactFlow', { instanceId, contactFlowId }),
        (id) => (client, how) =>
          client.send(new DescribeContactFlowCommand({ InstanceId: instanceId, ContactFlowId: id + suffix }), how),
        ({ ContactFlow }) => (ContactFlow ? toFlow(instanceId, ContactFlow) : null),
        options,
      );
    const published = await read(ids, '');
    const refused = ids.filter((_, index) => isRefused(published[index]));
    if (refused.length === 0) return published;
    const saved = await read(refused, SAVED);
    const bySavedId = new Map(refused.map((id, index) => [id, saved[index] ?? null]));
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
    return pageOf(QuickConnectSummaryList, NextToken, (told) => toListedQuickConnect(instanceId, told));
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
    return pageOf(TaskTemplates, NextToken, (told) => toListedTemplate(instanceId, told));
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

/** ContactFlowNotPublishedException, as the port tells it. */
function isRefused(answer: Answers<ContactFlow>[number] | undefined): boolean {
  return answer instanceof Error && answer.code === 'InvalidRequestException';
}

function pageOf<Told, Item>(
  told: readonly Told[] | undefined,
  nextToken: string | undefined,
  toItem: (told: Told) => Item,
): Page<Item> {
  return { items: (told ?? []).map(toItem), ...given({ nextToken: nextToken || undefined }) };
}
