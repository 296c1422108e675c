import type {
  ContactFlowSummary,
  InstanceSummary,
  QuickConnectConfig,
  QuickConnectSummary as SdkQuickConnectSummary,
  QuickConnect as SdkQuickConnect,
  ContactFlow as SdkContactFlow,
} from '@aws-sdk/client-connect';
import type { ContactFlow, Instance, QuickConnect, QuickConnectSummary, QuickConnectType } from '../connect/catalog.js';
import { given } from '../util/given.js';
import { demanded } from './members.js';

/** A flow of ListContactFlows. */
export function toListedFlow(instanceId: string, told: ContactFlowSummary): ContactFlow {
  return {
    instanceId,
    id: demanded('Id', told.Id),
    arn: demanded('Arn', told.Arn),
    name: demanded('Name', told.Name),
    type: demanded('ContactFlowType', told.ContactFlowType),
    state: told.ContactFlowState ?? 'ACTIVE',
    status: told.ContactFlowStatus ?? 'PUBLISHED',
  };
}

/** A flow of DescribeContactFlow. */
export function toFlow(instanceId: string, told: SdkContactFlow): ContactFlow {
  return {
    instanceId,
    id: demanded('Id', told.Id),
    arn: demanded('Arn', told.Arn),
    name: demanded('Name', told.Name),
    type: demanded('Type', told.Type),
    state: told.State ?? 'ACTIVE',
    status: told.Status ?? 'PUBLISHED',
    ...given({ description: told.Description }),
  };
}

/** A quick connect of ListQuickConnects. */
export function toListedQuickConnect(instanceId: string, told: SdkQuickConnectSummary): QuickConnectSummary {
  return {
    instanceId,
    id: demanded('Id', told.Id),
    arn: demanded('Arn', told.Arn),
    name: demanded('Name', told.Name),
    type: demanded('QuickConnectType', told.QuickConnectType) as QuickConnectType,
  };
}

/** A quick connect of DescribeQuickConnect. */
export function toQuickConnect(instanceId: string, told: SdkQuickConnect): QuickConnect {
  const config: QuickConnectConfig = demanded('QuickConnectConfig', told.QuickConnectConfig);
  const { UserConfig, QueueConfig, PhoneConfig, FlowConfig } = config;
  return {
    instanceId,
    id: demanded('QuickConnectId', told.QuickConnectId),
    arn: demanded('QuickConnectARN', told.QuickConnectARN),
    name: demanded('Name', told.Name),
    type: config.QuickConnectType as QuickConnectType,
    ...given({
      description: told.Description,
      contactFlowId: (UserConfig ?? QueueConfig ?? FlowConfig)?.ContactFlowId,
      queueId: QueueConfig?.QueueId,
      userId: UserConfig?.UserId,
      phoneNumber: PhoneConfig?.PhoneNumber,
    }),
  };
}

/** An instance of ListInstances or DescribeInstance. */
export function toInstance(told: InstanceSummary): Instance {
  return {
    id: demanded('Id', told.Id),
    arn: demanded('Arn', told.Arn),
    ...given({ alias: told.InstanceAlias, createdAt: told.CreatedTime }),
  };
}
