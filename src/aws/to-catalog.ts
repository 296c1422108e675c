import type {
  ContactFlowSummary,
  InstanceSummary,
  Queue as SdkQueue,
  QueueSummary,
  QuickConnectConfig,
  QuickConnectSummary as SdkQuickConnectSummary,
  QuickConnect as SdkQuickConnect,
  ContactFlow as SdkContactFlow,
  UserSummary,
} from '@aws-sdk/client-connect';
import type { ContactFlow, Instance, QuickConnect, QuickConnectSummary, QuickConnectType } from '../connect/catalog.js';
import type { Queue, QueueType } from '../connect/queue.js';
import type { User } from '../connect/user.js';
import { given } from '../util/given.js';
import { requireMember } from './members.js';

/** Converts a flow of ListContactFlows. */
export function toListedFlow(instanceId: string, output: ContactFlowSummary): ContactFlow {
  return {
    instanceId,
    id: requireMember('Id', output.Id),
    arn: requireMember('Arn', output.Arn),
    name: requireMember('Name', output.Name),
    type: requireMember('ContactFlowType', output.ContactFlowType),
    state: output.ContactFlowState ?? 'ACTIVE',
    status: output.ContactFlowStatus ?? 'PUBLISHED',
  };
}

/** Converts a flow of DescribeContactFlow. */
export function toFlow(instanceId: string, output: SdkContactFlow): ContactFlow {
  return {
    instanceId,
    id: requireMember('Id', output.Id),
    arn: requireMember('Arn', output.Arn),
    name: requireMember('Name', output.Name),
    type: requireMember('Type', output.Type),
    state: output.State ?? 'ACTIVE',
    status: output.Status ?? 'PUBLISHED',
    ...given({ description: output.Description }),
  };
}

/** Converts a quick connect of ListQuickConnects. */
export function toListedQuickConnect(instanceId: string, output: SdkQuickConnectSummary): QuickConnectSummary {
  return {
    instanceId,
    id: requireMember('Id', output.Id),
    arn: requireMember('Arn', output.Arn),
    name: requireMember('Name', output.Name),
    type: requireMember('QuickConnectType', output.QuickConnectType) as QuickConnectType,
  };
}

/** Converts a quick connect of DescribeQuickConnect. */
export function toQuickConnect(instanceId: string, output: SdkQuickConnect): QuickConnect {
  const config: QuickConnectConfig = requireMember('QuickConnectConfig', output.QuickConnectConfig);
  const { UserConfig, QueueConfig, PhoneConfig, FlowConfig } = config;
  return {
    instanceId,
    id: requireMember('QuickConnectId', output.QuickConnectId),
    arn: requireMember('QuickConnectARN', output.QuickConnectARN),
    name: requireMember('Name', output.Name),
    type: config.QuickConnectType as QuickConnectType,
    ...given({
      description: output.Description,
      contactFlowId: (UserConfig ?? QueueConfig ?? FlowConfig)?.ContactFlowId,
      queueId: QueueConfig?.QueueId,
      userId: UserConfig?.UserId,
      phoneNumber: PhoneConfig?.PhoneNumber,
    }),
  };
}

/** Converts a queue of ListQueues. */
export function toListedQueue(instanceId: string, output: QueueSummary): Queue {
  return {
    instanceId,
    id: requireMember('Id', output.Id),
    arn: requireMember('Arn', output.Arn),
    name: requireMember('Name', output.Name),
    type: requireMember('QueueType', output.QueueType),
  };
}

/** The part of an ARN that marks an agent queue (service authorization reference, agent-queue). */
const AGENT_QUEUE = '/queue/agent/';

/** Converts a queue of DescribeQueue, which reports no type: its ARN shows it. */
export function toQueue(instanceId: string, output: SdkQueue): Queue {
  const arn = requireMember('QueueArn', output.QueueArn);
  const type: QueueType = arn.includes(AGENT_QUEUE) ? 'AGENT' : 'STANDARD';
  return {
    instanceId,
    id: requireMember('QueueId', output.QueueId),
    arn,
    name: requireMember('Name', output.Name),
    type,
  };
}

/** Converts a user of ListUsers or DescribeUser. */
export function toUser(instanceId: string, output: UserSummary): User {
  return {
    instanceId,
    id: requireMember('Id', output.Id),
    arn: requireMember('Arn', output.Arn),
    username: requireMember('Username', output.Username),
  };
}

/** Converts an instance of ListInstances or DescribeInstance. */
export function toInstance(output: InstanceSummary): Instance {
  return {
    id: requireMember('Id', output.Id),
    arn: requireMember('Arn', output.Arn),
    ...given({ alias: output.InstanceAlias, createdAt: output.CreatedTime }),
  };
}
